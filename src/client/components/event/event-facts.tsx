import type { LucideIcon } from 'lucide-react';
import {
  Accessibility,
  Armchair,
  Building2,
  CalendarDays,
  ClipboardList,
  MapPin,
  Monitor,
  Hash,
  Phone,
  Tag,
  UsersRound,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Instant, Slot } from '#domain/dates.ts';
import { compareSlots, instantOf } from '#domain/dates.ts';
import { placeIdOf } from '#domain/place-id.ts';
import type { Edition, ProgrammeEvent, Venue } from '#domain/programme.ts';
import { subjectsOf } from '#domain/programme.ts';
import { isOver } from '#domain/registration.ts';
import { departmentOf, NATIONAL, regionOf } from '#domain/regions.ts';
import { shownIn } from '#client/i18n/shown.ts';
import type { DayStyle } from '#client/i18n/days.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import styles from './event-view.module.css';
import type { Fact } from '../facts.tsx';
import { Facts } from '../facts.tsx';
import { Localized } from '../localized.tsx';

/** Slots said among the facts; the rest stands in the schedule. */
const SLOTS_SAID = 3;

interface EventFactsProps {
  readonly event: ProgrammeEvent;
  readonly edition: Edition | undefined;
  /** By the server's clock. */
  readonly now: Instant;
}

/** When, where, for whom, by whom, in one line each. */
export function EventFacts({ event, edition, now }: EventFactsProps) {
  const t = useT();
  const { language } = useFormat();
  const facts: Fact[] = [];
  const add = (icon: LucideIcon, term: string, value: ReactNode): void => {
    facts.push({ icon, term: t(term), value });
  };

  if (event.sessions.length > 0 || event.availability)
    add(CalendarDays, 'event.when', <When event={event} now={now} />);
  if (event.venues.length > 0 && event.attendanceMode !== 'online') add(MapPin, 'event.where', <Where event={event} />);
  if (event.attendanceMode !== 'on_site') {
    add(
      Monitor,
      'event.online',
      <>
        {t(`mode.${event.attendanceMode}`)}
        {event.onlineUrl ? (
          <>
            {' · '}
            <a href={event.onlineUrl} rel="noreferrer">
              {t('event.online.link')}
            </a>
          </>
        ) : null}
      </>,
    );
  }
  const places = placesText(event, now);
  if (places) add(Armchair, 'event.places', t(places));
  if (event.accessibility.length > 0) {
    add(
      Accessibility,
      'event.access',
      <ul className={styles.plain}>
        {event.accessibility.map((code) => (
          <li key={code}>{t(`event.access.${code}`)}</li>
        ))}
      </ul>,
    );
  }
  if (event.audiences.length > 0)
    add(UsersRound, 'event.audience', event.audiences.map((audience) => t(`audience.${audience}`)).join(' · '));
  if (event.organisers.length > 0) {
    add(
      Building2,
      'event.organiser',
      <ul className={styles.plain}>
        {event.organisers.map((body) => (
          <li key={body.name}>{body.url ? <a href={body.url}>{body.name}</a> : body.name}</li>
        ))}
      </ul>,
    );
  }
  if (event.conditions) add(ClipboardList, 'event.conditions', <Localized prose of={event.conditions} />);
  if (event.age) add(UsersRound, 'event.age', <Age age={event.age} />);
  if (event.contacts && event.contacts.length > 0) {
    add(
      Phone,
      'event.contacts',
      <ul className={styles.plain}>
        {event.contacts.map(({ kind, value }) => (
          <li key={value}>
            <a href={kind === 'email' ? `mailto:${value}` : `tel:${value.replace(/[^+\d]/g, '')}`}>{value}</a>
          </li>
        ))}
      </ul>,
    );
  }
  const themes = event.themes.map((code) => {
    const theme = edition?.themes.find((one) => one.code === code);
    return theme ? shownIn(theme.label, language).text : code;
  });
  if (themes.length > 0) add(Tag, 'event.theme', themes.join(' · '));
  const [tongue, keywords = []] =
    Object.entries(event.keywords ?? {}).toSorted(([a], [b]) => rank(a, language) - rank(b, language))[0] ?? [];
  if (keywords.length > 0) {
    add(Hash, 'event.keywords', <span {...(tongue === language ? {} : { lang: tongue })}>{keywords.join(' · ')}</span>);
  }
  return <Facts items={facts} />;
}

/** The reader's language first, then French, as for texts. */
function rank(tongue: string, language: string): number {
  return tongue === language ? 0 : tongue === 'fr' ? 1 : 2;
}

/** What is public of the free places for what is still to come: never a number. */
function placesText(event: ProgrammeEvent, now: number): string | undefined {
  if (event.status === 'cancelled' || event.status === 'postponed') return undefined;
  const policies = subjectsOf(event)
    .filter((subject) => !isOver(event, subject, now))
    .map((subject) => subject.policy)
    .filter((policy) => policy.capacity !== undefined);
  if (policies.length === 0) return undefined;
  const best = (['open', 'few', 'full'] as const).find((one) =>
    policies.some((policy) => (policy.places ?? 'open') === one),
  );
  if (best === 'full' && policies.some((policy) => policy.waitingList)) return 'event.places.waiting';
  return best ? `event.places.${best}` : undefined;
}

function Age({ age: { min, max } }: { readonly age: NonNullable<ProgrammeEvent['age']> }) {
  const t = useT();
  if (min === undefined) return max === undefined ? null : t('event.age.to', { max });
  return max === undefined ? t('event.age.from', { min }) : t('event.age.between', { min, max });
}

function When({ event, now }: Pick<EventFactsProps, 'event' | 'now'>) {
  const t = useT();
  const format = useFormat();
  const { language } = format;
  const { availability } = event;
  if (event.sessions.length === 0 && availability) {
    const { from, to } = availability;
    const said = {
      ...(from ? { from: format.day(from, 'full') } : {}),
      ...(to ? { to: format.day(to, 'full') } : {}),
    };
    const key = from && to ? '' : from ? '.from' : to ? '.to' : '.always';
    return (
      <>
        {t(`event.available${key}`, said)}
        {' · '}
        <a href={availability.url} rel="noreferrer">
          {t('event.available.link', { title: shownIn(event.title, language).text })}
        </a>
      </>
    );
  }
  const slots = distinct(event.sessions.map((session) => session.slot));
  const year = new Date(now).getFullYear() === Number(slots[0]?.date.slice(0, 4));
  const said = slots.slice(0, SLOTS_SAID);
  return (
    <>
      <ul className={styles.plain}>
        {said.map((slot) => (
          <li key={`${slot.date} ${slot.start ?? ''}`} className={styles.slot}>
            <time dateTime={slot.start ? `${slot.date}T${slot.start}` : slot.date}>
              <SlotText slot={slot} style={year ? 'weekday' : 'full'} />
            </time>
          </li>
        ))}
      </ul>
      {slots.length > SLOTS_SAID ? (
        <p className={styles.more}>{t('event.ahead', { count: slots.length - SLOTS_SAID })}</p>
      ) : null}
      {said[0] ? <ElsewhereTime slot={said[0]} /> : null}
    </>
  );
}

/** Day and hours; the hours stay on one line. */
function SlotText({ slot, style }: { readonly slot: Slot; readonly style: DayStyle }) {
  const format = useFormat();
  const text = format.slot(slot, style);
  const hours = format.hours(slot);
  if (!hours || !text.endsWith(hours)) return text;
  return (
    <>
      {text.slice(0, -hours.length)}
      <span className={styles.hours}>{hours}</span>
    </>
  );
}

/** Where the event's clock shows another time than the device's, both are said. */
function ElsewhereTime({ slot }: { readonly slot: Slot }) {
  const t = useT();
  const format = useFormat();
  if (!slot.start) return null;
  const at = instantOf(slot.date, slot.start, slot.zone);
  const here = format.moment(at);
  if (here === format.moment(at, slot.zone)) return null;
  return <p className={styles.more}>{t('event.zone', { zone: format.zone(slot.zone, at), here })}</p>;
}

/** Parallel sessions share their slot: it is said once. One that lies within the whole of a day is left to the schedule. */
function distinct(slots: readonly Slot[]): Slot[] {
  const days = new Map<string, Slot>();
  for (const slot of slots.toSorted(compareSlots)) {
    const day = days.get(slot.date);
    if (!day) days.set(slot.date, slot);
    else if (day.start && slot.end && (day.end ?? '') < slot.end) days.set(slot.date, { ...day, end: slot.end });
  }
  return [...days.values()];
}

function Where({ event }: { readonly event: ProgrammeEvent }) {
  const { language } = useFormat();
  const department = event.department ? departmentOf(event.department)?.name : undefined;
  const region = event.region === NATIONAL ? undefined : regionOf(event.region);
  const within = [...new Set([department, region && shownIn(region.name, language).text])].filter(Boolean).join(', ');
  const rooms = new Set(event.sessions.map((session) => session.room));
  const room = rooms.size === 1 && event.venues.length === 1 ? [...rooms][0] : undefined;
  return (
    <>
      <ul className={styles.venues}>
        {event.venues.map((venue) => (
          <li key={venue.id}>
            <VenueLines venue={venue} room={room} editionId={event.editionId} alone={event.venues.length === 1} />
          </li>
        ))}
      </ul>
      {within ? <p className={styles.more}>{within}</p> : null}
    </>
  );
}

interface VenueLinesProps {
  readonly venue: Venue;
  /** Where in it, when everything takes place in one room. */
  readonly room: string | undefined;
  readonly editionId: string;
  /** The event's only venue. */
  readonly alone: boolean;
}

function VenueLines({ venue, room, editionId, alone }: VenueLinesProps) {
  const t = useT();
  const town = [venue.postalCode, venue.city].filter(Boolean).join(' ');
  const address = [venue.address, town].filter(Boolean).join(', ');
  return (
    <>
      <span className={styles.strong}>{[room, venue.name].filter(Boolean).join(' · ')}</span>
      {address && address !== venue.name ? <span className={styles.line}>{address}</span> : null}
      {venue.transport ? (
        <span className={styles.line}>
          {t('event.transport')} <Localized of={venue.transport} />
        </span>
      ) : null}
      {venue.access ? (
        <span className={styles.line}>
          <Localized prose of={venue.access} />
        </span>
      ) : null}
      {venue.position?.approximate ? <span className={styles.more}>{t('event.approximate')}</span> : null}
      {venue.position ? (
        <Link
          className={styles.onMap ?? ''}
          to={`/carte?${new URLSearchParams({ edition: editionId, lieu: placeIdOf(venue.position) })}`}
          {...(alone ? {} : { 'aria-label': t('event.map.of', { place: venue.name }) })}
        >
          {t('event.map')}
        </Link>
      ) : null}
    </>
  );
}
