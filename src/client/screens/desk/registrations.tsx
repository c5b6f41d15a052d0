import { Ban, CircleCheck, Clock, Hourglass, SearchX, Undo2, Users } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { fold } from '#domain/text.ts';
import type { RegistrationState } from '#domain/registration.ts';
import type { DeskEventDetail } from '#protocol/desk.ts';
import type { Column } from '#client/components/data-table.tsx';
import { DataTable } from '#client/components/data-table.tsx';
import { EmptyState } from '#client/components/empty-state.tsx';
import { Field } from '#client/components/field.tsx';
import type { Tone } from '#client/components/status-pill.tsx';
import { StatusPill } from '#client/components/status-pill.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import styles from './desk.module.css';

type DeskRegistration = DeskEventDetail['registrations'][number];

/** Rows that are drawn: a table of thousands is read by no one, and searched by all. */
const SHOWN = 200;

const states: Readonly<Record<RegistrationState, { tone: Tone; icon: LucideIcon }>> = {
  requested: { tone: 'sun', icon: Hourglass },
  confirmed: { tone: 'leaf', icon: CircleCheck },
  waitlisted: { tone: 'sun', icon: Clock },
  refused: { tone: 'brick', icon: Ban },
  cancelled: { tone: 'neutral', icon: Undo2 },
};

export function Registrations({ registrations }: { readonly registrations: readonly DeskRegistration[] }) {
  const t = useT();
  const format = useFormat();
  const [query, setQuery] = useState('');
  const wanted = fold(useDeferredValue(query));
  const found = useMemo(() => matching(registrations, wanted), [registrations, wanted]);

  if (registrations.length === 0) return <EmptyState icon={Users} text={t('desk.registrations.none')} />;

  const columns: Column<DeskRegistration>[] = [
    { key: 'name', head: t('desk.registrations.name'), cell: (r) => `${r.firstName} ${r.lastName}` },
    { key: 'email', head: t('desk.registrations.email'), cell: (r) => <span className={styles.email}>{r.email}</span> },
    { key: 'party', head: t('desk.registrations.party'), numeric: true, cell: (r) => format.number(r.party) },
    {
      key: 'state',
      head: t('desk.registrations.state'),
      cell: (r) => <StatusPill {...states[r.state]} text={t(`desk.state.${r.state}`)} />,
    },
    { key: 'arrived', head: t('desk.registrations.arrived'), numeric: true, cell: (r) => format.number(r.arrived) },
    { key: 'at', head: t('desk.registrations.at'), cell: (r) => format.moment(Date.parse(r.requestedAt)) },
  ];
  return (
    <>
      <Field
        label={t('desk.registrations.search')}
        type="search"
        value={query}
        maxLength={100}
        onChange={(event) => setQuery(event.target.value)}
      />
      {found.length === 0 ? (
        <EmptyState icon={SearchX} text={t('desk.registrations.noMatch')} />
      ) : (
        <DataTable
          caption={t('desk.registrations')}
          captionHidden
          columns={columns}
          rows={found.slice(0, SHOWN)}
          rowKey={(r) => r.id}
        />
      )}
      {found.length > SHOWN ? (
        <p className={styles.count} role="status">
          {t('desk.registrations.more', { shown: SHOWN, total: found.length })}
        </p>
      ) : null}
    </>
  );
}

function matching(registrations: readonly DeskRegistration[], wanted: string): readonly DeskRegistration[] {
  if (!wanted) return registrations;
  const words = wanted.split(' ');
  return registrations.filter((r) => {
    const text = fold(`${r.firstName} ${r.lastName} ${r.email}`);
    return words.every((word) => text.includes(word));
  });
}
