/* oxlint-disable jsx-a11y/prefer-tag-over-role -- the items of a list stand in parts that come and go with the scroll; `ul` allows nothing
   between itself and its items */
import { memo, startTransition, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { LocalDate } from '#domain/dates.ts';
import { areOver } from '#domain/dates.ts';
import type { EventCard as Card } from '#domain/event-card.ts';
import type { Found } from '#domain/found.ts';
import type { Day, Entry } from '#domain/programme-days.ts';
import { EventCard } from '#client/components/event/event-card.tsx';
import { useClock } from '#client/hooks/use-clock.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import styles from './day-list.module.css';

/** Lines that come and go together: so few that to draw them keeps no key waiting. */
const PART = 10;
/** Parts that do, as long as they are far away: a programme of ten thousand lines is a few dozen boxes. */
const PARTS = 20;
/** Those that a phone shows at once are drawn first, and the ones below them a frame later. */
const FIRST = 8;
/** How far beyond the window lines are there: a fast thumb never sees them come. */
const AHEAD = '1200px 0px';
/** A line's height before any was measured, in pixels. */
const GUESS = 132;

interface DayListProps {
  readonly days: readonly Day[];
  readonly today: LocalDate;
  /** Ids of the events in the person's agenda. */
  readonly noted: ReadonlySet<string>;
  readonly pictures: boolean;
  /** The search that the lines answer. */
  readonly found?: Found | undefined;
  /** Metres from the person, where they asked for it. */
  readonly distanceOf?: ((card: Card) => number | undefined) | undefined;
}

/**
 * A programme by day. Only the lines near the window are in the page, so that ten thousand cost no more than sixty; each says
 * where in its day's list it stands, and the rest of the list keeps its room.
 */
export const DayList = memo(function DayList({ days, today, noted, pictures, found, distanceOf }: DayListProps) {
  const t = useT();
  const format = useFormat();
  let before = 0;
  return days.map((day) => {
    const start = before;
    before += day.entries.length;
    const id = `jour-${day.date ?? 'sans-date'}`;
    return (
      <section key={id} className={styles.day} aria-labelledby={id}>
        <h2 id={id} className={styles.head}>
          <span>{day.date ? format.day(day.date, 'weekday') : t('programme.undated')}</span>
          {day.date === today ? <span className={styles.today}>{t('programme.today')}</span> : null}
        </h2>
        <div role="list" aria-labelledby={id} className={styles.list}>
          {partsOf(day.entries, FIRST, PART * PARTS).map(({ entries, from }) => (
            <Part
              key={entries[0]!.key}
              entries={entries}
              from={from}
              total={day.entries.length}
              atOnce={start + from < FIRST}
              noted={noted}
              pictures={pictures}
              found={found}
              distanceOf={distanceOf}
            />
          ))}
        </div>
      </section>
    );
  });
});

function partsOf(entries: readonly Entry[], first: number, size: number): { entries: Entry[]; from: number }[] {
  const parts: { entries: Entry[]; from: number }[] = [];
  for (let from = 0; from < entries.length;) {
    const to = from === 0 ? first : from + size;
    parts.push({ entries: entries.slice(from, to), from });
    from = to;
  }
  return parts;
}

interface PartProps extends Pick<DayListProps, 'noted' | 'pictures' | 'found' | 'distanceOf'> {
  readonly entries: readonly Entry[];
  /** How many lines of the day come before. */
  readonly from: number;
  readonly total: number;
  /** In sight from the start. */
  readonly atOnce: boolean;
}

/** Heights of parts by their first line and number, so that going back finds everything where it was. */
const heights = new Map<string, number>();
let perLine = GUESS;
// Another width is another height.
window.addEventListener('resize', () => heights.clear());

const Part = memo(function Part({ entries, from, total, atOnce, ...lines }: PartProps) {
  const ref = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(atOnce);
  const key = `${entries[0]!.key} ${entries.length}`;

  useEffect(() => {
    const part = ref.current;
    if (!part) return undefined;
    return observe(part, (isNear, inSight) => {
      // The part that holds the focus stays: taking it away would throw a keyboard back to the top.
      const change = (): void => setNear((before) => isNear || (before && part.contains(document.activeElement)));
      // What is in sight is drawn now, what is ahead of the thumb beside whatever else there is to do.
      if (inSight) change();
      else startTransition(change);
    });
  }, []);

  // The browser says it by itself once it has laid the page out: to ask for it would have that done before its time.
  useLayoutEffect(() => {
    const part = ref.current;
    if (!near || !part) return undefined;
    return measure(part, (height) => {
      heights.set(key, height);
      perLine = height / entries.length;
    });
  }, [near, key, entries.length]);

  return (
    <div
      ref={ref}
      className={styles.part}
      style={near ? undefined : { height: heights.get(key) ?? perLine * entries.length }}
    >
      {near ? <Content entries={entries} from={from} total={total} {...lines} /> : null}
    </div>
  );
});

/** A part's lines, or the smaller parts that it consists of. */
function Content({ entries, from, total, ...lines }: Omit<PartProps, 'atOnce'>) {
  if (entries.length <= PART) return <Lines entries={entries} from={from} total={total} {...lines} />;
  return partsOf(entries, PART, PART).map((part) => (
    <Part
      key={part.entries[0]!.key}
      entries={part.entries}
      from={from + part.from}
      total={total}
      atOnce={false}
      {...lines}
    />
  ));
}

function Lines({ entries, from, total, noted, pictures, found, distanceOf }: Omit<PartProps, 'atOnce'>) {
  const now = useClock();
  return entries.map((entry, at) => (
    <div key={entry.key} role="listitem" aria-setsize={total} aria-posinset={from + at + 1} className={styles.line}>
      <EventCard
        card={entry.card}
        slot={entry.slot}
        day={entry.day}
        over={areOver(entry.card.slots, now)}
        noted={noted.has(entry.card.id)}
        picture={pictures}
        found={found}
        distance={distanceOf?.(entry.card)}
      />
    </div>
  ));
}

type Tell = (isNear: boolean, inSight: boolean) => void;
const watched = new Map<Element, Tell>();
const measured = new Map<Element, (height: number) => void>();

/** One observer for all parts. */
const observer = new IntersectionObserver(
  (changes) => {
    for (const { target, isIntersecting, boundingClientRect: box } of changes)
      watched.get(target)?.(isIntersecting, box.bottom > 0 && box.top < window.innerHeight);
  },
  { rootMargin: AHEAD },
);

const sizes = new ResizeObserver((changes) => {
  for (const { target, contentRect } of changes) if (contentRect.height > 0) measured.get(target)?.(contentRect.height);
});

function observe(element: Element, tell: Tell): () => void {
  watched.set(element, tell);
  observer.observe(element);
  return () => {
    watched.delete(element);
    observer.unobserve(element);
  };
}

function measure(element: Element, tell: (height: number) => void): () => void {
  measured.set(element, tell);
  sizes.observe(element);
  return () => {
    measured.delete(element);
    sizes.unobserve(element);
  };
}
