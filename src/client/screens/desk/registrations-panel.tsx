import { Ban, CircleCheck, Clock, FileUp, Hourglass, Mail, SearchX, Undo2, UserPlus, Users } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useCallback, useState } from 'react';
import { Link } from 'react-router';
import type { RegistrationState } from '#domain/registration.ts';
import { registrationStates } from '#domain/registration.ts';
import type { DeskEventDetail, DeskRegistration } from '#protocol/desk.ts';
import { presences } from '#protocol/desk.ts';
import { answerLines } from '#client/components/forms/answer-lines.ts';
import { Button } from '#client/components/button.tsx';
import { CallNotice } from '#client/components/call-notice.tsx';
import type { Column } from '#client/components/data-table.tsx';
import { DataTable } from '#client/components/data-table.tsx';
import { EmptyState } from '#client/components/empty-state.tsx';
import { Field, SelectField } from '#client/components/forms/field.tsx';
import { ReadOnlyNote } from '#client/components/read-only.tsx';
import type { Tone } from '#client/components/status-pill.tsx';
import { StatusPill } from '#client/components/status-pill.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { PAGE, readRegistrations } from '#client/platform/desk.ts';
import { ByHandDialog } from './by-hand-dialog.tsx';
import { DecisionBar } from './decision-bar.tsx';
import styles from './desk.module.css';
import { ListDialog } from './list-dialog.tsx';
import { MessageDialog } from './message-dialog.tsx';
import { Pager } from './pager.tsx';
import { subjectName, subjectOptions } from './subject-name.ts';
import { useCalled } from '#client/hooks/use-called.ts';
import { useDelayed } from '#client/hooks/use-delayed.ts';
import { useReadOnly } from '#client/hooks/use-read-only.ts';

const states: Readonly<Record<RegistrationState, { tone: Tone; icon: LucideIcon }>> = {
  requested: { tone: 'sun', icon: Hourglass },
  confirmed: { tone: 'leaf', icon: CircleCheck },
  waitlisted: { tone: 'sun', icon: Clock },
  refused: { tone: 'brick', icon: Ban },
  cancelled: { tone: 'neutral', icon: Undo2 },
};

interface RegistrationsPanelProps {
  readonly eventId: string;
  readonly detail: DeskEventDetail;
}

/** Registrations, searched and filtered by the server, a page at a time. */
export function RegistrationsPanel({ eventId, detail }: RegistrationsPanelProps) {
  const t = useT();
  const format = useFormat();
  const [query, setQuery] = useState('');
  const [filter, setFilter] = useState({ state: '', subject: '', presence: '' });
  const [offset, setOffset] = useState(0);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [dialog, setDialog] = useState<'message' | 'byHand' | 'list'>();
  const q = useDelayed(query.trim(), 250);
  const { state, subject, presence } = filter;
  const load = useCallback(
    () => readRegistrations(eventId, { q, state, subject, presence, offset }),
    [eventId, q, state, subject, presence, offset],
  );
  const { value, failure, loading, reload } = useCalled(load);
  const readOnly = useReadOnly();
  const change = (more: Partial<typeof filter>): void => {
    setFilter({ ...filter, ...more });
    setOffset(0);
  };
  const subjects = subjectOptions(detail.subjects, eventId, t, format);
  const choices = detail.subjects.map((one) => ({ value: one.id, label: subjectName(one, eventId, t, format) }));
  const all = { value: '', label: t('desk.filter.all') };
  const filtered = q !== '' || state !== '' || subject !== '' || presence !== '';
  const chosen = (value?.registrations ?? []).filter((one) => ticked.has(one.id));
  return (
    <>
      {readOnly ? (
        <ReadOnlyNote />
      ) : (
        <div className={styles.decisionRow}>
          <Button icon={UserPlus} onClick={() => setDialog('byHand')}>
            {t('desk.byHand.title')}
          </Button>
          <Button icon={FileUp} onClick={() => setDialog('list')}>
            {t('desk.list.title')}
          </Button>
          <Button icon={Mail} onClick={() => setDialog('message')}>
            {t('desk.message.title')}
          </Button>
        </div>
      )}
      <MessageDialog
        eventId={eventId}
        subjects={subjects}
        open={dialog === 'message'}
        onClose={() => setDialog(undefined)}
      />
      <ListDialog
        eventId={eventId}
        subjects={choices}
        open={dialog === 'list'}
        onClose={() => setDialog(undefined)}
        onAdded={reload}
      />
      <ByHandDialog
        eventId={eventId}
        subjects={choices}
        open={dialog === 'byHand'}
        onClose={() => setDialog(undefined)}
        onAdded={reload}
      />
      <div className={styles.filters}>
        <Field
          className={styles.filterWide ?? ''}
          label={t('desk.registrations.search')}
          type="search"
          value={query}
          maxLength={100}
          onChange={(event) => {
            setQuery(event.target.value);
            setOffset(0);
          }}
        />
        <SelectField
          label={t('desk.registrations.state')}
          value={state}
          options={[all, ...registrationStates.map((one) => ({ value: one, label: t(`desk.state.${one}`) }))]}
          onChange={(value) => change({ state: value })}
        />
        <SelectField
          label={t('desk.registrations.presence')}
          value={presence}
          options={[all, ...presences.map((one) => ({ value: one, label: t(`desk.presence.${one}`) }))]}
          onChange={(value) => change({ presence: value })}
        />
        {subjects.length > 0 ? (
          <SelectField
            label={t('desk.arrivals.session')}
            value={subject}
            options={subjects}
            onChange={(value) => change({ subject: value })}
          />
        ) : null}
      </div>
      {failure ? <CallNotice reason={failure} onRetry={reload} /> : null}
      {value ? (
        <>
          <p className={styles.count} role="status">
            {t('desk.registrations.count', { n: value.total })}
          </p>
          {readOnly ? null : (
            <DecisionBar
              eventId={eventId}
              chosen={chosen}
              onDone={() => {
                setTicked(new Set());
                reload();
              }}
            />
          )}
          {value.registrations.length === 0 ? (
            <EmptyState
              icon={filtered ? SearchX : Users}
              text={t(filtered ? 'desk.registrations.noMatch' : 'desk.registrations.none')}
            />
          ) : (
            <Rows rows={value.registrations} eventId={eventId} detail={detail} ticked={ticked} onTick={setTicked} />
          )}
          <Pager offset={offset} page={PAGE} total={value.total} busy={loading} onOffset={setOffset} />
        </>
      ) : loading ? (
        <p role="status">{t('desk.loading')}</p>
      ) : null}
    </>
  );
}

interface RowsProps extends RegistrationsPanelProps {
  readonly rows: readonly DeskRegistration[];
  readonly ticked: ReadonlySet<string>;
  readonly onTick: (ticked: ReadonlySet<string>) => void;
}

function Rows({ rows, eventId, detail, ticked, onTick }: RowsProps) {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const readOnly = useReadOnly();
  const columns: Column<DeskRegistration>[] = [
    {
      key: 'name',
      head: t('desk.registrations.name'),
      cell: (r) => (
        <>
          <span className={styles.tick}>
            {decidable(r) && !readOnly ? (
              <input
                type="checkbox"
                className={styles.box}
                aria-label={t('desk.decision.tick', { name: `${r.firstName} ${r.lastName}` })}
                checked={ticked.has(r.id)}
                onChange={(event) => {
                  const next = new Set(ticked);
                  if (event.target.checked) next.add(r.id);
                  else next.delete(r.id);
                  onTick(next);
                }}
              />
            ) : null}
            <span>
              {r.firstName} {r.lastName}
            </span>
          </span>
          <span className={styles.after}>{r.email}</span>
          {r.needs ? <span className={styles.after}>{r.needs}</span> : null}
          {answerLines(detail.form, r, `${r.firstName} ${r.lastName}`, { t, language }).map(({ key, label, value }) => (
            <span key={key} className={styles.after}>
              {t('answers.line', { label, value })}
            </span>
          ))}
        </>
      ),
    },
    {
      key: 'code',
      head: t('desk.registrations.code'),
      cell: (r) => (r.code ? <span className={styles.code}>{r.code}</span> : null),
    },
    ...(detail.subjects.length > 1
      ? [
          {
            key: 'subject',
            head: t('desk.arrivals.session'),
            cell: (r: DeskRegistration) => {
              const subject = detail.subjects.find((one) => one.id === r.subjectId);
              return subject ? subjectName(subject, eventId, t, format) : null;
            },
          },
        ]
      : []),
    {
      key: 'state',
      head: t('desk.registrations.state'),
      cell: (r) => <StatusPill {...states[r.state]} text={t(`desk.state.${r.state}`)} />,
    },
    {
      key: 'arrived',
      head: t('desk.registrations.arrived'),
      numeric: true,
      cell: (r) => (
        <span className={styles.code}>{t('desk.registrations.arrivedOf', { n: r.arrived, party: r.party })}</span>
      ),
    },
    { key: 'at', head: t('desk.registrations.at'), cell: (r) => format.moment(Date.parse(r.requestedAt)) },
    {
      key: 'certificate',
      head: t('desk.certificate'),
      cell: (r) =>
        r.arrived > 0 ? (
          <Link
            to={`/espace/evenements/${eventId}/attestations?inscription=${r.id}`}
            aria-label={t('desk.certificate.of', { name: `${r.firstName} ${r.lastName}` })}
          >
            {t('desk.certificate')}
          </Link>
        ) : null,
    },
  ];
  return (
    <DataTable caption={t('desk.registrations')} captionHidden columns={columns} rows={rows} rowKey={(r) => r.id} />
  );
}

function decidable({ state }: DeskRegistration): boolean {
  return state !== 'refused' && state !== 'cancelled';
}
