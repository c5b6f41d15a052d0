import { CircleHelp, FileInput, Mail, PencilLine, Phone, UserRound } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useParams } from 'react-router';
import type { Edition, ProgrammeEvent } from '#domain/programme.ts';
import type { ProposalContent } from '#domain/proposal.ts';
import { contentOf } from '#domain/proposal.ts';
import { changedFields, mergeEdit } from '#domain/proposal-diff.ts';
import { eventOf } from '#domain/proposal-event.ts';
import { Button, LinkButton } from '#client/components/button.tsx';
import { shownIn } from '#client/i18n/shown.ts';
import { EmptyState } from '#client/components/empty-state.tsx';
import { EventView } from '#client/components/event/event-view.tsx';
import type { Fact } from '#client/components/facts.tsx';
import { Facts } from '#client/components/facts.tsx';
import { Notice } from '#client/components/notice.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { ProposalHistory } from '#client/components/proposal/proposal-history.tsx';
import { ProposalPill } from '#client/components/proposal/proposal-pill.tsx';
import { useClock } from '#client/hooks/use-clock.ts';
import { useEditions } from '#client/hooks/use-editions.ts';
import { useEventById } from '#client/hooks/use-event.ts';
import { useProposal } from '#client/hooks/use-proposals.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { dropCorrection, mayCorrect } from '#client/store/proposals.ts';
import type { ProposalView } from '#client/store/proposals-view.ts';
import { CommentForm } from './comment-form.tsx';
import type { Asking } from './decision-panel.tsx';
import { DecisionPanel } from './decision-panel.tsx';
import { Difference, rowId } from './difference.tsx';
import { Doubles } from './doubles.tsx';
import { linesOf } from './field-lines.ts';
import styles from './moderation.module.css';
import { Expired } from './moderation-screen.tsx';
import { Refusals } from './refusals.tsx';
import type { Moderator } from './use-moderation.ts';
import { useModerated, useModerator } from './use-moderation.ts';

/** `/moderation/:id`: one proposal as attendees would read it, what was said of it, and the moderator's word. */
export function ReviewScreen() {
  const t = useT();
  const { id = '' } = useParams();
  const proposal = useProposal(id);
  const moderator = useModerator();
  if (proposal === undefined || (proposal === null && moderator.kind === 'unknown')) {
    return <p role="status">{t('moderation.loading')}</p>;
  }
  if (proposal === null || moderator.kind !== 'moderator') {
    return (
      <div className={styles.page}>
        <PageHeader title={t('moderation.absent.title')} back={{ to: '/moderation', label: t('moderation.title') }} />
        <EmptyState
          icon={CircleHelp}
          text={t(moderator.kind === 'moderator' ? 'moderation.absent' : 'moderation.signIn')}
          action={
            moderator.kind === 'moderator' ? (
              <LinkButton to="/moderation">{t('moderation.back')}</LinkButton>
            ) : (
              <LinkButton to="/connexion">{t('moderation.signIn.action')}</LinkButton>
            )
          }
        />
      </div>
    );
  }
  return <Review proposal={proposal} moderator={moderator} />;
}

function Review({ proposal, moderator }: { readonly proposal: ProposalView; readonly moderator: Moderator }) {
  const t = useT();
  const format = useFormat();
  const now = useClock();
  const { editions } = useEditions();
  const edition = editions.find((one) => one.id === proposal.editionId);
  const { event: published } = useEventById(proposal.eventId);
  const all = useModerated() ?? [];
  const { content, before, submittedAt } = proposal;
  const current = useMemo(() => (published ? contentOf(published) : before), [published, before]);
  const held = useMemo(
    () => (before && current ? mergeEdit(before, content, current) : content),
    [before, content, current],
  );
  const event = useMemo(() => previewOf(proposal, held, published), [proposal, held, published]);
  const [asking, setAsking] = useState<Asking>();
  const mine = moderator.isMine(proposal);
  const correctable = mayCorrect(moderator.account, proposal);
  const changed = useMemo(() => (current ? changedFields(current, held) : []), [current, held]);
  const title = shownIn(content.title, format.language);
  const next = all.find((one) => one.id !== proposal.id && moderator.isMine(one));
  return (
    <div className={styles.page}>
      <PageHeader
        title={title.text || t('moderation.untitled')}
        {...(title.lang === format.language ? {} : { lang: title.lang })}
        back={{ to: '/moderation', label: t('moderation.title') }}
        lead={[
          edition ? shownIn(edition.title, format.language).text : proposal.editionId,
          submittedAt ? t('moderation.submitted.at', { at: format.moment(Date.parse(submittedAt)) }) : '',
        ]
          .filter(Boolean)
          .join(' · ')}
      />
      <div className={styles.pills} aria-live="polite">
        <ProposalPill proposal={proposal} status />
        {proposal.pending ? <span className={styles.quiet}>{t('moderation.pending.text')}</span> : null}
      </div>
      {moderator.expired ? <Expired /> : null}
      <Refusals proposal={proposal} />
      {proposal.correction ? <Begun proposal={proposal} open={correctable} /> : null}
      <div className={styles.columns}>
        <aside className={styles.side}>
          <DecisionPanel
            proposal={proposal}
            edition={edition}
            mine={mine}
            national={moderator.account?.role === 'national'}
            next={next}
            asking={asking}
            onAsk={setAsking}
          />
          {correctable ? (
            <LinkButton icon={PencilLine} to={`/proposer/${proposal.id}`}>
              {t(proposal.correction ? 'moderation.correct.resume' : 'moderation.correct')}
            </LinkButton>
          ) : null}
          <Doubles proposal={proposal} all={all} />
          <section className={styles.part} aria-labelledby="contact">
            <h2 id="contact">{t('moderation.author')}</h2>
            <Contact proposal={proposal} />
          </section>
          <Custom content={content} edition={edition} />
          <section className={styles.part} aria-labelledby="echanges">
            <h2 id="echanges">{t('moderation.history')}</h2>
            <ProposalHistory
              proposal={proposal}
              reader={moderator.account?.id}
              leadsTo={(field) => (changed.includes(field) ? rowId(field) : undefined)}
            />
            {moderator.account?.role === 'auditor' ? null : <CommentForm proposalId={proposal.id} />}
          </section>
        </aside>
        <div className={styles.main}>
          {current ? (
            <section className={styles.part} aria-labelledby="difference">
              <h2 id="difference">{t('moderation.diff')}</h2>
              <p className={styles.quiet}>
                {t('moderation.diff.text')}{' '}
                {published ? <a href={`/evenements/${published.slug}`}>{t('moderation.diff.see')}</a> : null}
              </p>
              <Difference
                before={current}
                after={held}
                edition={edition}
                {...(mine
                  ? {
                      onAsk: (field) =>
                        setAsking((now) => ({
                          for: 'request_changes',
                          fields: [...new Set([...(now?.fields ?? []), field])],
                        })),
                    }
                  : {})}
              />
            </section>
          ) : null}
          <section className={styles.part} aria-labelledby="apercu">
            <h2 id="apercu">{t('moderation.preview')}</h2>
            <div className={styles.preview}>
              <EventView event={event} edition={edition} now={now} preview narrow />
            </div>
          </section>
        </div>
      </div>
    </div>
  );
}

/** Corrections that were begun here and not sent; `open`: they still can be. */
function Begun({ proposal, open }: { readonly proposal: ProposalView; readonly open: boolean }) {
  const t = useT();
  if (open) return <Notice tone="attention">{t('moderation.correct.begun')}</Notice>;
  return (
    <Notice
      tone="attention"
      actions={<Button onClick={() => void dropCorrection(proposal.id)}>{t('moderation.correct.drop')}</Button>}
    >
      {t('moderation.correct.late')}
    </Notice>
  );
}

function previewOf(proposal: ProposalView, content: ProposalContent, published: ProgrammeEvent | undefined) {
  const { id, eventId, editionId, updatedAt } = proposal;
  return eventOf(content, { id: eventId ?? id, editionId, at: updatedAt, ...(published ? { published } : {}) });
}

function Contact({ proposal }: { readonly proposal: ProposalView }) {
  const t = useT();
  const { author, content, source } = proposal;
  const { name, email, phone } = content.privateContact ?? {};
  const facts: Fact[] = [];
  const said = [t(`proposal.role.${author.role}`), author.name].filter(Boolean).join(' · ');
  facts.push({ icon: UserRound, term: t('moderation.author.account'), value: said });
  if (email?.trim()) {
    const value = (
      <>
        {name ? `${name} · ` : null}
        <a href={`mailto:${email}`}>{email}</a>
      </>
    );
    facts.push({ icon: Mail, term: t('moderation.author.email'), value });
  }
  if (phone?.trim()) {
    const value = <a href={`tel:${phone.replace(/[^+\d]/g, '')}`}>{phone}</a>;
    facts.push({ icon: Phone, term: t('moderation.author.phone'), value });
  }
  if (source) {
    const value = source.url ? (
      <a href={source.url} rel="noreferrer">
        {source.name}
      </a>
    ) : (
      source.name
    );
    facts.push({ icon: FileInput, term: t('moderation.source'), value });
  }
  return <Facts items={facts} />;
}

/** The answers to the edition's own fields, which attendees do not see. */
function Custom({ content, edition }: { readonly content: ProposalContent; readonly edition: Edition | undefined }) {
  const t = useT();
  const format = useFormat();
  const lines = linesOf('custom', content, { t, format, edition });
  if (lines.length === 0) return null;
  return (
    <section className={styles.part} aria-labelledby="propres">
      <h2 id="propres">{t('moderation.custom')}</h2>
      <ul className={styles.plain}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}
