import { Inbox, LogIn, SearchX, ShieldQuestion, SlidersHorizontal } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { moderationSteps } from '#domain/proposal.ts';
import { regionsAndNational } from '#domain/regions.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { Button, LinkButton } from '#client/components/button.tsx';
import { Chip } from '#client/components/chip.tsx';
import { EmptyState } from '#client/components/empty-state.tsx';
import { Field, SelectField } from '#client/components/forms/field.tsx';
import { Notice } from '#client/components/notice.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { useEditions } from '#client/hooks/use-editions.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import type { ProposalView } from '#client/store/proposals-view.ts';
import { BulkBar } from './bulk-bar.tsx';
import styles from './moderation.module.css';
import { QueueItem } from './queue-item.tsx';
import type { QueueFilter } from './queue.ts';
import { queueOf, queueStates, readFilter, writeFilter } from './queue.ts';
import type { Moderator } from './use-moderation.ts';
import { useModerated, useModerator } from './use-moderation.ts';

/** Lines shown at first: a region's queue fits, a whole edition's archive need not. */
const SHOWN = 50;

/** `/moderation`: what waits for a decision, and what has had one. */
export function ModerationScreen() {
  const t = useT();
  const moderator = useModerator();
  const all = useModerated();
  const { account } = moderator;
  const lead = account
    ? t('moderation.me', { email: account.email, role: t(`proposal.role.${account.role}`) })
    : undefined;
  return (
    <div className={styles.page}>
      <PageHeader
        title={t('moderation.title')}
        lead={lead}
        back={{ to: '/espace', label: t('moderation.desk') }}
        actions={
          account?.role === 'national' ? (
            <LinkButton to="/espace/edition" icon={SlidersHorizontal}>
              {t('moderation.rules.link')}
            </LinkButton>
          ) : null
        }
      />
      {moderator.kind === 'unknown' || (moderator.kind === 'moderator' && !all) ? (
        <p role="status">{t('moderation.loading')}</p>
      ) : null}
      {moderator.kind === 'nobody' ? <Nobody moderator={moderator} /> : null}
      {moderator.kind === 'moderator' && all ? (
        <>
          {moderator.expired ? <Expired /> : null}
          <Queue all={all} moderator={moderator} />
        </>
      ) : null}
    </div>
  );
}

function Nobody({ moderator }: { readonly moderator: Moderator }) {
  const t = useT();
  return moderator.account ? (
    <EmptyState
      icon={ShieldQuestion}
      text={t('moderation.notYours')}
      action={<LinkButton to="/proposer">{t('moderation.propose')}</LinkButton>}
    />
  ) : (
    <EmptyState
      icon={LogIn}
      text={t('moderation.signIn')}
      action={
        <LinkButton to="/connexion" variant="primary">
          {t('moderation.signIn.action')}
        </LinkButton>
      }
    />
  );
}

/** The session has ended: what is here can be read, and what is decided waits. */
export function Expired() {
  const t = useT();
  return (
    <Notice
      tone="attention"
      title={t('moderation.expired')}
      actions={<LinkButton to="/connexion">{t('moderation.signIn.action')}</LinkButton>}
    >
      {t('moderation.expired.text')}
    </Notice>
  );
}

function Queue({ all, moderator }: { readonly all: readonly ProposalView[]; readonly moderator: Moderator }) {
  const t = useT();
  const { language } = useFormat();
  const [search, setSearch] = useSearchParams();
  const filter = readFilter(search);
  const [typed, setTyped] = useState(filter.text);
  const text = useDeferredValue(typed);
  const [more, setMore] = useState(false);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const { editions } = useEditions();
  const set = (change: Partial<QueueFilter>): void => {
    setMore(false);
    setChosen(new Set());
    setSearch(writeFilter({ ...filter, text: typed, ...change }), { replace: true });
  };
  const { shown, counts } = queueOf(all, { ...filter, text }, moderator.isMine);
  const listed = more ? shown : shown.slice(0, SHOWN);
  const regions = useMemo(
    () => regionsAndNational.filter((one) => all.some((p) => p.content.region === one.code)),
    [all],
  );
  const editionIds = [...new Set(all.map((one) => one.editionId))];
  const audits = moderator.account?.role === 'auditor';
  const states = queueStates.filter((state) =>
    state === 'mine' ? !audits : counts[state] > 0 || state === filter.state,
  );
  const toggle = (id: string): void => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  return (
    <>
      <ul className={styles.states} aria-label={t('moderation.states')}>
        {states.map((state) => (
          <li key={state}>
            <Chip
              text={t('moderation.state.count', { state: t(`moderation.state.${state}`), n: counts[state] })}
              pressed={filter.state === state}
              onPress={() => set({ state })}
            />
          </li>
        ))}
      </ul>
      <div className={styles.filters}>
        <Field
          label={t('moderation.search')}
          type="search"
          value={typed}
          maxLength={100}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={() => set({})}
        />
        {regions.length > 1 ? (
          <SelectField
            label={t('moderation.region')}
            value={filter.region}
            options={[
              { value: '', label: t('moderation.region.all') },
              ...regions.map((one) => ({ value: one.code, label: shownIn(one.name, language).text })),
            ]}
            onChange={(region) => set({ region })}
          />
        ) : null}
        <SelectField
          label={t('moderation.step')}
          value={filter.step}
          options={[
            { value: '', label: t('moderation.step.all') },
            ...moderationSteps.map((step) => ({ value: step, label: t(`moderation.step.${step}`) })),
          ]}
          onChange={(step) => set({ step: step as QueueFilter['step'] })}
        />
        {editionIds.length > 1 ? (
          <SelectField
            label={t('moderation.edition')}
            value={filter.editionId}
            options={[
              { value: '', label: t('moderation.edition.all') },
              ...editionIds.map((id) => ({
                value: id,
                label: shownIn(editions.find((one) => one.id === id)?.title, language).text || id,
              })),
            ]}
            onChange={(editionId) => set({ editionId })}
          />
        ) : null}
      </div>
      {shown.length === 0 ? (
        <None
          all={all.length}
          filter={filter}
          text={text}
          onClear={() => set({ region: '', step: '', editionId: '' })}
        />
      ) : (
        <>
          <p className={styles.count} role="status">
            {t('moderation.count', { n: shown.length })}
          </p>
          <BulkBar
            decidable={shown.filter(moderator.isMine)}
            chosen={chosen}
            onChoose={(ids) => setChosen(new Set(ids))}
          />
          <ul className={styles.list}>
            {listed.map((one) => (
              <QueueItem
                key={one.id}
                proposal={one}
                others={all}
                {...(moderator.isMine(one) ? { chosen: chosen.has(one.id), onToggle: () => toggle(one.id) } : {})}
              />
            ))}
          </ul>
          {listed.length < shown.length ? (
            <Button onClick={() => setMore(true)}>{t('moderation.more', { n: shown.length - listed.length })}</Button>
          ) : null}
        </>
      )}
    </>
  );
}

interface NoneProps {
  readonly all: number;
  readonly filter: QueueFilter;
  readonly text: string;
  readonly onClear: () => void;
}

function None({ all, filter, text, onClear }: NoneProps) {
  const t = useT();
  if (all === 0) return <EmptyState icon={Inbox} text={t('moderation.empty')} />;
  if (filter.region || filter.step || filter.editionId) {
    return (
      <EmptyState
        icon={SearchX}
        text={t('moderation.none')}
        action={<Button onClick={onClear}>{t('moderation.none.clear')}</Button>}
      />
    );
  }
  return (
    <EmptyState icon={Inbox} text={t(filter.state === 'mine' && !text ? 'moderation.none.mine' : 'moderation.none')} />
  );
}
