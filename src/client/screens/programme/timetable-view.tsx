import { ChevronLeft, ChevronRight, MapPin } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { memo, useMemo, useRef, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { LocalDate } from '#domain/dates.ts';
import { areOver, localOf } from '#domain/dates.ts';
import type { EventCard as Card } from '#domain/event-card.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { Button } from '#client/components/button.tsx';
import { classNames } from '#client/components/class-names.ts';
import { EventCard, FROM_LIST, STATUS_LOOKS } from '#client/components/event/event-card.tsx';
import { SelectField } from '#client/components/forms/field.tsx';
import { FoundText } from '#client/components/event/found-text.tsx';
import { Icon } from '#client/components/icon.tsx';
import { useClock } from '#client/hooks/use-clock.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import type { Found } from '#domain/found.ts';
import type { Block, Column, Timetable } from './timetable.ts';
import { daysWith, neighbour, timetableOf } from './timetable.ts';
import styles from './timetable-view.module.css';
import { useWide } from './use-wide.ts';

/** Pixels a minute: a quarter of an hour has room for a line of text. */
const MINUTE = 2.4;
/** Places side by side; of more nobody finds one, and filters are the better way. */
const MOST = 60;

export interface TimetableViewProps {
  readonly cards: readonly Card[];
  readonly today: LocalDate;
  readonly noted: ReadonlySet<string>;
  readonly found?: Found | undefined;
}

/** A day of the programme by place and hour: side by side where there is room, one place at a time on a phone. */
export function TimetableView({ cards, today, noted, found }: TimetableViewProps) {
  const t = useT();
  const format = useFormat();
  const wide = useWide();
  const [params, setParams] = useSearchParams();
  const days = useMemo(() => daysWith(cards), [cards]);
  const asked = params.get('jour');
  const day = days.find((one) => one === asked) ?? days.find((one) => one >= today) ?? days[0];
  const online = t('mode.online');
  const table = useMemo(
    () => (day === undefined ? undefined : timetableOf(cards, day, online, format.compare)),
    [cards, day, online, format],
  );
  if (day === undefined || !table) return null;
  const at = days.indexOf(day);
  const go = (to: LocalDate | undefined): void => {
    if (to === undefined) return;
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        next.set('jour', to);
        return next;
      },
      { replace: true, preventScrollReset: true },
    );
  };
  return (
    <div className={styles.view}>
      <div className={styles.days}>
        <Button variant="quiet" icon={ChevronLeft} iconOnly disabled={at === 0} onClick={() => go(days[at - 1])}>
          {t('timetable.previous')}
        </Button>
        <SelectField
          className={styles.day ?? ''}
          label={t('programme.filter.day')}
          value={day}
          options={days.map((one) => ({ value: one, label: format.day(one, 'weekday') }))}
          onChange={go}
        />
        <Button
          variant="quiet"
          icon={ChevronRight}
          iconOnly
          disabled={at === days.length - 1}
          onClick={() => go(days[at + 1])}
        >
          {t('timetable.next')}
        </Button>
      </div>
      {table.columns.length === 0 ? <p className={styles.quiet}>{t('timetable.none')}</p> : null}
      {wide && table.columns.length > MOST ? (
        <p className={styles.quiet}>{t('timetable.many', { shown: MOST, count: table.columns.length })}</p>
      ) : null}
      {table.columns.length === 0 ? null : wide ? (
        <Grid key={day} table={table} day={day} noted={noted} found={found} />
      ) : (
        <OnePlace key={day} table={table} day={day} noted={noted} found={found} />
      )}
      {table.untimed.length > 0 ? (
        <section className={styles.untimed} aria-labelledby="sans-heure">
          <h2 id="sans-heure">{t('timetable.untimed')}</h2>
          <ul className={styles.list}>
            {table.untimed.map((card) => (
              <li key={card.id}>
                <EventCard card={card} noted={noted.has(card.id)} found={found} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  );
}

interface PartProps {
  readonly table: Timetable;
  readonly day: LocalDate;
  readonly noted: ReadonlySet<string>;
  readonly found?: Found | undefined;
}

/** The hour of the clock on the wall of the programme's places, in minutes; undefined on another day. */
function useNowOn(table: Timetable, day: LocalDate): number | undefined {
  const now = useClock();
  const zone = table.columns[0]?.blocks[0]?.card.slots[0]?.zone;
  if (!zone) return undefined;
  const here = localOf(now, zone);
  const minutes = Number(here.time.slice(0, 2)) * 60 + Number(here.time.slice(3));
  return here.date === day && minutes >= table.from && minutes <= table.to ? minutes : undefined;
}

/** For a screen reader a list a place, in the order of the hours; drawn as a grid. The arrow keys go from event to event. */
function Grid({ table, day, noted, found }: PartProps) {
  const t = useT();
  const now = useNowOn(table, day);
  const frame = useRef<HTMLDivElement>(null);
  const columns = useMemo(() => table.columns.slice(0, MOST), [table]);
  const hours = Array.from({ length: (table.to - table.from) / 60 + 1 }, (_, i) => table.from + i * 60);

  const onKeyDown = (event: KeyboardEvent): void => {
    const from = (event.target as HTMLElement).dataset['block'];
    if (!from || event.altKey || event.ctrlKey || event.metaKey) return;
    const [column = 0, block = 0] = from.split(' ').map(Number);
    const to = neighbour(columns, { column, block }, event.key);
    if (!to) return;
    event.preventDefault();
    const link = frame.current?.querySelector<HTMLElement>(`[data-block="${to.column} ${to.block}"]`);
    link?.focus();
    link?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys are those of the links in it
    <div
      ref={frame}
      className={styles.frame}
      role="region"
      aria-label={t('timetable.title')}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls both ways, by keyboard too
      tabIndex={0}
      onKeyDown={onKeyDown}
      style={{ '--minute': `${MINUTE}px`, '--from': table.from, '--length': table.to - table.from }}
    >
      <div className={styles.hours} aria-hidden="true">
        {hours.map((minutes) => (
          <span key={minutes} className={styles.hour} style={{ '--at': minutes - table.from }}>
            {clockOf(minutes)}
          </span>
        ))}
        {now === undefined ? null : (
          <span className={classNames(styles.hour, styles.nowHour)} style={{ '--at': now - table.from }}>
            {clockOf(now)}
          </span>
        )}
      </div>
      {columns.map((column, at) => (
        <GridColumn key={column.key} column={column} at={at} noted={noted} found={found} />
      ))}
      {now === undefined ? null : (
        <div className={styles.now} style={{ '--at': now - table.from }}>
          <span className={styles.unseen}>{t('programme.when.now')}</span>
        </div>
      )}
    </div>
  );
}

const GridColumn = memo(function GridColumn({
  column,
  at,
  noted,
  found,
}: Pick<PartProps, 'noted' | 'found'> & { readonly column: Column; readonly at: number }) {
  const id = `lieu-${at}`;
  return (
    <section className={styles.column} aria-labelledby={id}>
      <h2 id={id} className={styles.place}>
        <span className={styles.placeName}>{column.name}</span>
        {column.within ? <span className={styles.within}>{column.within}</span> : null}
      </h2>
      <ol className={styles.blocks} aria-labelledby={id}>
        {column.blocks.map((block, i) => (
          <li
            key={`${block.card.id} ${block.from}`}
            className={styles.slot}
            style={{
              '--at': block.from,
              '--for': block.to - block.from,
              '--lane': block.lane,
              '--lanes': block.lanes,
            }}
          >
            <GridBlock block={block} place={`${at} ${i}`} noted={noted.has(block.card.id)} found={found} />
          </li>
        ))}
      </ol>
    </section>
  );
});

function GridBlock({
  block,
  place,
  noted,
  found,
}: {
  readonly block: Block;
  readonly place: string;
  readonly noted: boolean;
  readonly found: Found | undefined;
}) {
  const t = useT();
  const { language } = useFormat();
  const { card, start, end } = block;
  const title = shownIn(card.title, language);
  const hours = end ? `${start}–${end}` : start;
  const status = STATUS_LOOKS[card.status] ? t(`status.${card.status}`) : undefined;
  return (
    <Link
      to={`/evenements/${card.slug}`}
      state={FROM_LIST}
      className={classNames(styles.block, noted && styles.noted, block.to - block.from < 25 && styles.short) ?? ''}
      data-block={place}
      data-status={card.status}
      title={`${hours} ${title.text}`}
      {...(title.lang === language ? {} : { lang: title.lang })}
    >
      <span className={styles.when}>{hours}</span>{' '}
      <span className={styles.what}>
        <FoundText text={title.text} found={found} />
      </span>
      {status ? <span className={styles.state}> {status}</span> : null}
      {noted ? <span className={styles.unseen}> ({t('programme.noted')})</span> : null}
    </Link>
  );
}

/** One place at a time, its day as a list; the next one is a tap away. */
function OnePlace({ table, day, noted, found }: PartProps) {
  const t = useT();
  const now = useClock();
  const [chosen, setChosen] = useState<string>();
  const at = Math.max(
    0,
    table.columns.findIndex((column) => column.key === chosen),
  );
  const column = table.columns[at]!;
  const to = (index: number): void => setChosen(table.columns[index]?.key);
  return (
    <section className={styles.one} aria-labelledby="lieu-choisi">
      <div className={styles.days}>
        <Button variant="quiet" icon={ChevronLeft} iconOnly disabled={at === 0} onClick={() => to(at - 1)}>
          {t('timetable.place.previous')}
        </Button>
        <SelectField
          className={styles.day ?? ''}
          label={t('timetable.place')}
          value={column.key}
          options={table.columns.map((one) => ({
            value: one.key,
            label: [one.name, one.within].filter(Boolean).join(' · '),
          }))}
          onChange={setChosen}
        />
        <Button
          variant="quiet"
          icon={ChevronRight}
          iconOnly
          disabled={at === table.columns.length - 1}
          onClick={() => to(at + 1)}
        >
          {t('timetable.place.next')}
        </Button>
      </div>
      <h2 id="lieu-choisi" className={styles.oneName}>
        <Icon of={MapPin} /> {[column.name, column.within].filter(Boolean).join(' · ')}
      </h2>
      <p className={styles.quiet} role="status">
        {t('timetable.count', { count: column.blocks.length })}
      </p>
      <ol className={styles.list}>
        {column.blocks.map((block) => {
          const zone = block.card.slots[0]?.zone ?? 'UTC';
          return (
            <li key={`${block.card.id} ${block.from}`}>
              <EventCard
                card={block.card}
                day={day}
                slot={{ date: day, start: block.start, ...(block.end ? { end: block.end } : {}), zone }}
                over={areOver(block.card.slots, now)}
                noted={noted.has(block.card.id)}
                found={found}
              />
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function clockOf(minutes: number): string {
  const part = (of: number): string => String(of).padStart(2, '0');
  return `${part(Math.floor(minutes / 60) % 24)}:${part(minutes % 60)}`;
}
