import { ScrollText } from 'lucide-react';
import { useCallback, useState } from 'react';
import { Link } from 'react-router';
import { shownIn } from '#client/i18n/shown.ts';
import type { JournalEntry } from '#protocol/desk.ts';
import { CallNotice } from '#client/components/call-notice.tsx';
import type { Column } from '#client/components/data-table.tsx';
import { DataTable } from '#client/components/data-table.tsx';
import { EmptyState } from '#client/components/empty-state.tsx';
import { OlderNewer } from '#client/components/older-newer.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { useCalled } from '#client/hooks/use-called.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { readJournal } from '#client/platform/team.ts';
import styles from './team.module.css';

/** `/espace/journal`: who did what at the desk, for the national team and the auditor. */
export function JournalScreen() {
  const t = useT();
  /** The places at which the pages before this one began. */
  const [places, setPlaces] = useState<readonly string[]>([]);
  const before = places.at(-1);
  const { value, failure, loading, reload } = useCalled(useCallback(() => readJournal(before), [before]));
  return (
    <div className={styles.page}>
      <PageHeader
        title={t('journal.title')}
        lead={t('journal.lead')}
        back={{ to: '/espace', label: t('desk.title') }}
      />
      {failure ? <CallNotice reason={failure} onRetry={reload} /> : null}
      {!value && loading ? <p role="status">{t('desk.loading')}</p> : null}
      {value && value.entries.length === 0 ? <EmptyState icon={ScrollText} text={t('journal.none')} /> : null}
      {value && value.entries.length > 0 ? <Entries entries={value.entries} /> : null}
      <OlderNewer places={places} next={value?.next} busy={loading} onPlaces={setPlaces} />
    </div>
  );
}

function Entries({ entries }: { readonly entries: readonly JournalEntry[] }) {
  const t = useT();
  const format = useFormat();
  const columns: Column<JournalEntry>[] = [
    {
      key: 'at',
      head: t('desk.audit.at'),
      cell: ({ at }) => <span className="tabular">{format.moment(Date.parse(at))}</span>,
    },
    { key: 'what', head: t('desk.audit.what'), cell: ({ deed }) => t(`desk.audit.deed.${deed}`) },
    { key: 'by', head: t('journal.by'), cell: ({ by }) => by ?? t('journal.gone') },
    {
      key: 'about',
      head: t('journal.about'),
      cell: ({ deed, event, about }) => (
        <>
          {event ? (
            <Link to={`/espace/evenements/${event.id}`}>{shownIn(event.title, format.language).text}</Link>
          ) : null}
          {about && !CODED.has(deed) ? <span className={styles.after}>{about}</span> : null}
          {event || (about && !CODED.has(deed)) ? null : '—'}
        </>
      ),
    },
    {
      key: 'count',
      head: t('journal.count'),
      numeric: true,
      cell: ({ count }) => (count === undefined ? null : format.number(count)),
    },
  ];
  return (
    <DataTable caption={t('journal.title')} captionHidden columns={columns} rows={entries} rowKey={({ id }) => id} />
  );
}

/** Whose `about` is a code of ours and no word. */
const CODED: ReadonlySet<JournalEntry['deed']> = new Set(['exported', 'featured', 'unfeatured']);
