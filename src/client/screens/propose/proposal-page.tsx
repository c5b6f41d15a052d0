import { ExternalLink, PencilLine } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Edition } from '#domain/programme.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { Button, LinkButton } from '#client/components/button.tsx';
import { Notice } from '#client/components/notice.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { ProposalPill } from '#client/components/proposal/proposal-pill.tsx';
import { useEventById } from '#client/hooks/use-event.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import type { ProposalView } from '#client/store/proposals-view.ts';
import { openDraft } from '#client/store/proposals.ts';
import { Preview } from './preview.tsx';
import styles from './propose.module.css';
import { Refusals } from './refusals.tsx';
import { REQUEST_ID, RequestedFields } from './requested.tsx';
import { Talk } from './talk.tsx';
import { Withdraw } from './withdraw.tsx';
import { WritePage } from './write-page.tsx';

interface ProposalPageProps {
  readonly view: ProposalView;
  readonly edition: Edition;
}

/** One proposal, as far as it has come: written on, or read with what the moderators said. */
export function ProposalPage({ view, edition }: ProposalPageProps) {
  const [resumed, setResumed] = useState(false);
  const { id, state } = view;
  const writing = state === 'draft' || state === 'changes_requested' || resumed;
  useEffect(() => {
    if (writing) void openDraft(id);
  }, [id, writing]);
  // Handed in: to write on is a new decision.
  const [before, setBefore] = useState(state);
  if (before !== state) {
    setBefore(state);
    if (state === 'submitted') setResumed(false);
  }
  if (!writing) return <ReadPage view={view} edition={edition} onResume={() => setResumed(true)} />;
  return (
    <WritePage start={{ id, editionId: view.editionId, content: view.content }} view={view} edition={edition}>
      <Answer view={view} />
      <Refusals view={view} />
      <Talk view={view} folded />
    </WritePage>
  );
}

interface ReadPageProps extends ProposalPageProps {
  readonly onResume: () => void;
}

function ReadPage({ view, edition, onResume }: ReadPageProps) {
  const t = useT();
  const language = useLanguage();
  const title = shownIn(view.content.title, language);
  const { state, mine } = view;
  const published = useEventById(state === 'approved' ? (view.eventId ?? view.id) : undefined).event;
  return (
    <div className={styles.page}>
      <PageHeader
        title={title.text || t('propose.untitled')}
        lang={title.lang}
        within={t('propose.title')}
        lead={shownIn(edition.title, language).text}
        back={{ to: '/espace', label: t('desk.title') }}
      />
      <div className={styles.saved}>
        <ProposalPill proposal={view} status />
        {view.pending ? <span role="status">{t('propose.waiting')}</span> : null}
      </div>
      <Answer view={view} />
      <Refusals view={view} />
      <div className={styles.tools}>
        {published ? (
          <LinkButton variant="primary" icon={ExternalLink} to={`/evenements/${published.slug}`}>
            {t('propose.see')}
          </LinkButton>
        ) : null}
        {state === 'approved' ? (
          <LinkButton to={`/espace/evenements/${view.eventId ?? view.id}`}>{t('propose.manage')}</LinkButton>
        ) : null}
        {mine && (state === 'submitted' || state === 'withdrawn') ? (
          <Button icon={PencilLine} onClick={onResume}>
            {t(`propose.resume.${state}`)}
          </Button>
        ) : null}
        <Withdraw view={view} />
      </div>
      {state === 'submitted' && mine ? <p className={styles.quiet}>{t('propose.resume.hint')}</p> : null}
      <Talk view={view} />
      <section className={styles.section} aria-labelledby="propose-preview">
        <h2 id="propose-preview">{t('propose.preview')}</h2>
        <Preview content={view.content} id={view.eventId ?? view.id} edition={edition} />
      </section>
    </div>
  );
}

/** What the moderators decided last, where it asks something of the author or ends it. */
function Answer({ view }: { readonly view: ProposalView }) {
  const t = useT();
  const { state, history } = view;
  const last = history.findLast((deed) => deed.kind === 'changes_requested' || deed.kind === 'refused');
  if (state === 'submitted') return <Notice>{t('propose.answer.submitted')}</Notice>;
  if (state === 'approved') return <Notice tone="success">{t('propose.answer.approved')}</Notice>;
  if (state === 'withdrawn') return <Notice>{t('propose.answer.withdrawn')}</Notice>;
  if ((state !== 'changes_requested' && state !== 'refused') || !last) return null;
  return (
    <div id={REQUEST_ID} tabIndex={-1}>
      <Notice tone={state === 'refused' ? 'problem' : 'attention'} title={t(`propose.answer.${state}`)}>
        <p className={styles.words}>{last.text}</p>
        {state === 'changes_requested' && last.fields ? <RequestedFields fields={last.fields} /> : null}
      </Notice>
    </div>
  );
}
