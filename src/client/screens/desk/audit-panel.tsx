import { Download, ScrollText } from 'lucide-react';
import { useCallback, useState } from 'react';
import { verdicts } from '#domain/check-in.ts';
import { shownIn } from '#client/i18n/shown.ts';
import type { AuditEntry, DeskEventDetail } from '#protocol/desk.ts';
import { auditKinds } from '#protocol/desk.ts';
import { LinkButton } from '#client/components/button.tsx';
import { CallNotice } from '#client/components/call-notice.tsx';
import type { Column } from '#client/components/data-table.tsx';
import { DataTable } from '#client/components/data-table.tsx';
import { EmptyState } from '#client/components/empty-state.tsx';
import { OlderNewer } from '#client/components/older-newer.tsx';
import { SelectField } from '#client/components/forms/field.tsx';
import { useFormat } from '#client/i18n/format.ts';
import type { Translate } from '#client/i18n/i18n.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { exportAddress, readAudit, readDoorRules } from '#client/platform/desk.ts';
import styles from './desk.module.css';
import { useCalled } from '#client/hooks/use-called.ts';

interface AuditPanelProps {
  readonly eventId: string;
  readonly detail: DeskEventDetail;
}

/** Whom a door turned away has a verdict of its own; the others say it by their kind. */
const turnedAway = verdicts.filter((one) => one !== 'admitted' && one !== 'left' && one !== 'admitted_walk_in');

/** Milliseconds after which it is said that the server heard of it later. */
const LATE = 5 * 60_000;

/** Everything that the doors did, refusals too. */
export function AuditPanel({ eventId, detail }: AuditPanelProps) {
  const t = useT();
  const language = useLanguage();
  const [filter, setFilter] = useState({ what: '', device: '' });
  /** The places at which the pages before this one began. */
  const [places, setPlaces] = useState<readonly string[]>([]);
  const before = places.at(-1);
  const isKind = (auditKinds as readonly string[]).includes(filter.what);
  const load = useCallback(
    () =>
      readAudit(eventId, {
        [isKind ? 'kind' : 'verdict']: filter.what,
        device: filter.device,
        before,
      }),
    [eventId, filter, isKind, before],
  );
  const { value, failure, loading, reload } = useCalled(load);
  const change = (more: Partial<typeof filter>): void => {
    setFilter({ ...filter, ...more });
    setPlaces([]);
  };
  return (
    <>
      <div className={styles.filters}>
        <SelectField
          label={t('desk.audit.what')}
          value={filter.what}
          options={[
            { value: '', label: t('desk.filter.all') },
            ...auditKinds.map((one) => ({ value: one, label: t(`desk.audit.kind.${one}`) })),
            ...turnedAway.map((one) => ({ value: one, label: t(`desk.verdict.${one}`) })),
          ]}
          onChange={(what) => change({ what })}
        />
        {detail.devices.length > 0 ? (
          <SelectField
            label={t('desk.audit.device')}
            value={filter.device}
            options={[
              { value: '', label: t('desk.filter.all') },
              ...detail.devices.map((d) => ({ value: d.id, label: `${d.name} (${d.door})` })),
            ]}
            onChange={(device) => change({ device })}
          />
        ) : null}
        <LinkButton
          icon={Download}
          href={exportAddress(eventId, 'audit', { language, separator: ';' })}
          download=""
          className={styles.filterEnd ?? ''}
        >
          {t('desk.audit.csv')}
        </LinkButton>
      </div>
      {failure ? <CallNotice reason={failure} onRetry={reload} /> : null}
      {!value && loading ? <p role="status">{t('desk.loading')}</p> : null}
      {value ? (
        value.entries.length === 0 ? (
          <EmptyState icon={ScrollText} text={t('desk.audit.none')} />
        ) : (
          <Entries entries={value.entries} eventId={eventId} />
        )
      ) : null}
      <OlderNewer places={places} next={value?.next} busy={loading} onPlaces={setPlaces} />
    </>
  );
}

/** Whom a door turned away has a verdict of its own; what was done at the desk says what it was. */
function whatOf({ kind, verdict, deed }: AuditEntry, t: Translate): string {
  if (kind === 'not_admitted') return t(`desk.verdict.${verdict ?? 'unknown'}`);
  return kind === 'desk' && deed ? t(`desk.audit.deed.${deed}`) : t(`desk.audit.kind.${kind}`);
}

function Entries({ entries, eventId }: { readonly entries: readonly AuditEntry[]; readonly eventId: string }) {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const rules = useCalled(useCallback(() => readDoorRules(eventId), [eventId]));
  const lists = new Map(rules.value?.lists.map((list) => [list.id, shownIn(list.name, language).text]));
  const columns: Column<AuditEntry>[] = [
    {
      key: 'at',
      head: t('desk.audit.at'),
      cell: (e) => (
        <span className="tabular">
          {format.moment(Date.parse(e.at))}
          {Date.parse(e.receivedAt) - Date.parse(e.at) > LATE ? (
            <span className={styles.after}>
              {t('desk.audit.received', { time: format.moment(Date.parse(e.receivedAt)) })}
            </span>
          ) : null}
        </span>
      ),
    },
    {
      key: 'what',
      head: t('desk.audit.what'),
      cell: (e) => (
        <>
          {whatOf(e, t)}
          {e.undoneAt ? (
            <span className={styles.after}>
              {t('desk.audit.undone', { time: format.clock(Date.parse(e.undoneAt)) })}
              {e.undoneFor ? ` (${t(`desk.audit.undone.${e.undoneFor}`)})` : ''}
            </span>
          ) : null}
          {e.settledAs ? <span className={styles.after}>{t(`desk.audit.settled.${e.settledAs}`)}</span> : null}
        </>
      ),
    },
    {
      key: 'who',
      head: t('desk.audit.who'),
      cell: (e) => (
        <>
          {e.kind === 'desk'
            ? e.deed === 'messaged' || e.deed === 'door_revoked'
              ? e.name
              : '—'
            : (e.name ?? t('desk.audit.unnamed'))}
          {e.code ? <span className={styles.after}>{e.code}</span> : null}
        </>
      ),
    },
    {
      key: 'count',
      head: t('desk.audit.count'),
      numeric: true,
      cell: (e) => (e.count ? format.number(e.count) : null),
    },
    {
      key: 'door',
      head: t('desk.devices.door'),
      cell: (e) => (
        <>
          {e.door || '—'}
          {e.listId ? <span className={styles.after}>{lists.get(e.listId) ?? t('desk.arrivals.list')}</span> : null}
        </>
      ),
    },
    { key: 'device', head: t('desk.audit.device'), cell: (e) => e.device ?? e.by },
  ];
  return (
    <DataTable caption={t('desk.view.audit')} captionHidden columns={columns} rows={entries} rowKey={(e) => e.id} />
  );
}
