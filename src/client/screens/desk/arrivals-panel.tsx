import { CircleDot, RotateCw, TimerReset, WifiOff } from 'lucide-react';
import { useEffect } from 'react';
import { areOver } from '#domain/dates.ts';
import { shownIn } from '#client/i18n/shown.ts';
import type { DeskArrivals, DeskEventDetail } from '#protocol/desk.ts';
import { Button } from '#client/components/button.tsx';
import { CallNotice } from '#client/components/call-notice.tsx';
import type { Column } from '#client/components/data-table.tsx';
import { DataTable } from '#client/components/data-table.tsx';
import { StatusPill } from '#client/components/status-pill.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { rememberDesk } from '#client/platform/desk-memory.ts';
import { correctedNow } from '#client/store/clock.ts';
import styles from './desk.module.css';
import { Doubles } from './doubles.tsx';
import { subjectName } from './subject-name.ts';
import type { Arrivals } from './use-arrivals.ts';
import { useArrivals } from './use-arrivals.ts';

interface ArrivalsPanelProps {
  readonly eventId: string;
  readonly detail: DeskEventDetail;
}

type Tally = DeskArrivals['event'];
interface Line extends Tally {
  readonly id: string;
  readonly name: string;
}

/** Who has come, over all doors, as it happens. */
export function ArrivalsPanel({ eventId, detail }: ArrivalsPanelProps) {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const arrivals = useArrivals(eventId);
  const { value, at, state, failure, loading, reload } = arrivals;

  useEffect(() => {
    if (value && at !== undefined && state !== 'recalled') rememberDesk(eventId, at, detail, value);
  }, [eventId, detail, value, at, state]);

  if (!value)
    return failure ? <CallNotice reason={failure} onRetry={reload} /> : <p role="status">{t('desk.loading')}</p>;
  const sessions: Line[] =
    detail.subjects.length > 1
      ? detail.subjects.flatMap((subject) => {
          const tally = value.subjects.find((one) => one.id === subject.id);
          return tally ? { ...tally, name: subjectName(subject, eventId, t, format) } : [];
        })
      : [];
  const lists: Line[] = value.lists.map((list) => ({ ...list, name: shownIn(list.name, language).text }));
  const slots = detail.subjects.flatMap((subject) => subject.slots);
  const over = areOver(slots, correctedNow());
  const columns = tallyColumns({ countsInside: value.countsInside, over }, t, format.number);
  return (
    <>
      <div className={styles.sectionHead}>
        <Freshness arrivals={arrivals} />
        <Button variant="quiet" icon={RotateCw} busy={loading} onClick={reload}>
          {t('desk.event.refresh')}
        </Button>
      </div>
      <Figures tally={value.event} countsInside={value.countsInside} over={over} />
      {state === 'recalled' ? null : <Doubles eventId={eventId} doubles={value.doubles} onSettled={reload} />}
      <div className={styles.columns}>
        {sessions.length > 0 ? (
          <DataTable
            caption={t('desk.arrivals.sessions')}
            columns={[{ key: 'name', head: t('desk.arrivals.session'), cell: (row) => row.name }, ...columns]}
            rows={sessions}
            rowKey={(row) => row.id}
          />
        ) : null}
        {lists.length > 0 ? (
          <DataTable
            caption={t('desk.arrivals.lists')}
            columns={[{ key: 'name', head: t('desk.arrivals.list'), cell: (row) => row.name }, ...columns]}
            rows={lists}
            rowKey={(row) => row.id}
          />
        ) : null}
        <Doors doors={value.doors} countsInside={value.countsInside} />
      </div>
    </>
  );
}

/** How old the numbers are, said when it changes its kind and not at every minute. */
function Freshness({ arrivals: { state, at, failure } }: { readonly arrivals: Arrivals }) {
  const t = useT();
  const format = useFormat();
  const time = at === undefined ? '—' : format.moment(at);
  const gone = failure !== undefined || state === 'recalled';
  return (
    <div className={styles.freshness}>
      {gone ? (
        <StatusPill tone="sun" icon={WifiOff} text={t('desk.arrivals.offline', { time })} status />
      ) : (
        <StatusPill
          tone={state === 'live' ? 'leaf' : 'neutral'}
          icon={state === 'live' ? CircleDot : TimerReset}
          text={t(state === 'live' ? 'desk.arrivals.live' : 'desk.arrivals.asking')}
          status
        />
      )}
      {gone ? null : <span className={styles.count}>{t('desk.event.asOf', { time })}</span>}
    </div>
  );
}

interface Kind {
  readonly countsInside: boolean;
  /** Who has not come will not. */
  readonly over: boolean;
}

function Figures({ tally, countsInside, over }: Kind & { readonly tally: Tally }) {
  const t = useT();
  const format = useFormat();
  const figures = [
    { name: 'arrived', value: tally.arrived, note: t('desk.arrivals.of', { n: tally.expected }) },
    ...(countsInside ? [{ name: 'inside', value: tally.inside }] : []),
    { name: 'absent', value: tally.absent },
    { name: 'walkIns', value: tally.walkIns },
  ];
  return (
    <dl className={styles.figures} aria-live="polite">
      {figures.map(({ name, value, note }) => (
        <div key={name} className={styles.figure}>
          <dt>
            {t(`desk.arrivals.${name === 'absent' && over ? 'noShows' : name}`)}
            {note ? <span className={styles.figureNote}> {note}</span> : null}
          </dt>
          <dd className={styles.figureNumber}>{format.number(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

function tallyColumns(
  { countsInside, over }: Kind,
  t: ReturnType<typeof useT>,
  number: (n: number) => string,
): Column<Line>[] {
  const names = ['expected', 'arrived', ...(countsInside ? (['inside'] as const) : []), 'absent', 'walkIns'] as const;
  return names.map((name) => ({
    key: name,
    head: t(`desk.arrivals.${name === 'absent' && over ? 'noShows' : name}`),
    numeric: true,
    cell: (row) => number(row[name]),
  }));
}

interface DoorsProps {
  readonly doors: DeskArrivals['doors'];
  readonly countsInside: boolean;
}

function Doors({ doors, countsInside }: DoorsProps) {
  const t = useT();
  const format = useFormat();
  if (doors.length === 0) return <p className={styles.count}>{t('desk.arrivals.none')}</p>;
  const columns: Column<DeskArrivals['doors'][number]>[] = [
    { key: 'door', head: t('desk.devices.door'), cell: (row) => row.door },
    { key: 'arrived', head: t('desk.arrivals.arrived'), numeric: true, cell: (row) => format.number(row.arrived) },
    ...(countsInside
      ? [
          {
            key: 'left',
            head: t('desk.arrivals.left'),
            numeric: true,
            cell: (row: DeskArrivals['doors'][number]) => format.number(row.left),
          },
        ]
      : []),
    {
      key: 'last',
      head: t('desk.arrivals.last'),
      cell: (row) => (row.lastAt ? format.moment(Date.parse(row.lastAt)) : null),
    },
  ];
  return <DataTable caption={t('desk.arrivals.doors')} columns={columns} rows={doors} rowKey={(row) => row.door} />;
}
