import { Ban, CircleCheck, Clock, Hourglass, LogOut, Search, Undo2, UserRoundCheck } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useDeferredValue, useId, useMemo, useRef } from 'react';
import type { RosterEntry } from '#domain/check-in.ts';
import { onList } from '#domain/presence.ts';
import { fold } from '#domain/text.ts';
import { Icon } from '#client/components/icon.tsx';
import type { Tone } from '#client/components/status-pill.tsx';
import { StatusPill } from '#client/components/status-pill.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import type { RosterIndex } from '#client/store/roster-index.ts';
import { correctedNow } from '#client/store/clock.ts';
import styles from './person-search.module.css';
import { idOf } from './judge.ts';
import { timeText } from './verdict-text.ts';
import { nameOf } from './who.tsx';

/** Names that are shown at once; more is a list that nobody reads with a queue in front. */
const LIMIT = 20;

interface PersonSearchProps {
  readonly roster: RosterIndex;
  /** The list that this phone works on. */
  readonly listId: string | undefined;
  readonly asOf: string;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly onChoose: (entry: RosterEntry) => void;
}

/** A person by name, without accents or case; arrows go through the names found. */
export function PersonSearch({ roster, listId, asOf, query, onQuery, onChoose }: PersonSearchProps) {
  const t = useT();
  const id = useId();
  const wanted = useDeferredValue(query);
  const asked = fold(wanted).length >= 2;
  const found = useMemo(() => (asked ? roster.search(wanted, LIMIT + 1) : []), [roster, wanted, asked]);
  const list = useRef<HTMLUListElement>(null);
  const input = useRef<HTMLInputElement>(null);

  const move = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && query) {
      event.preventDefault();
      onQuery('');
      input.current?.focus();
      return;
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    const stops = [input.current, ...(list.current?.querySelectorAll('button') ?? [])];
    const at = stops.indexOf(document.activeElement as HTMLButtonElement);
    const next = stops[at + (event.key === 'ArrowDown' ? 1 : -1)];
    if (at < 0 || !next) return;
    event.preventDefault();
    next.focus();
  };

  return (
    // The arrows belong to the box and its list together.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className={styles.search} onKeyDown={move}>
      <div className={styles.field}>
        <label className={styles.label} htmlFor={id}>
          {t('door.search.label')}
        </label>
        <div className={styles.box}>
          <Icon of={Search} className={styles.glass} />
          <input
            ref={input}
            id={id}
            type="search"
            className={styles.input}
            value={query}
            placeholder={t('door.search.hint')}
            autoComplete="off"
            autoCorrect="off"
            spellCheck={false}
            enterKeyHint="search"
            maxLength={100}
            onChange={(event) => onQuery(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && found.length === 1) onChoose(found[0]!);
            }}
          />
        </div>
      </div>
      <div className={styles.found}>
        <p className={styles.note} role="status">
          {asked && found.length === 0 ? t('door.search.none', { time: asOf }) : null}
          {found.length > LIMIT ? t('door.search.more', { n: LIMIT }) : null}
        </p>
        {found.length > 0 ? (
          <PersonList
            ref={list}
            label={t('door.search.results')}
            entries={found.slice(0, LIMIT)}
            roster={roster}
            listId={listId}
            onChoose={onChoose}
          />
        ) : null}
      </div>
    </div>
  );
}

interface PersonListProps {
  readonly ref?: React.Ref<HTMLUListElement>;
  readonly label: string;
  readonly entries: readonly RosterEntry[];
  readonly roster: RosterIndex;
  readonly listId?: string | undefined;
  readonly onChoose: (entry: RosterEntry) => void;
}

export function PersonList({ ref, label, entries, roster, listId, onChoose }: PersonListProps) {
  const t = useT();
  return (
    <ul ref={ref} className={styles.list} aria-label={label}>
      {entries.map((entry) => (
        <li key={entry.registrationId}>
          <button type="button" className={styles.person} onClick={() => onChoose(entry)}>
            <span className={styles.name}>{[nameOf(entry, t), ...companions(entry)].join(', ')}</span>
            <span className={styles.party}>{t('door.party', { n: entry.party })}</span>
            <State entry={entry} roster={roster} listId={listId} />
          </button>
        </li>
      ))}
    </ul>
  );
}

function companions({ people = [] }: RosterEntry): string[] {
  return people.flatMap((person) => person.name ?? []);
}

const looks: Readonly<Record<Exclude<RosterEntry['state'], 'confirmed'>, { tone: Tone; icon: LucideIcon }>> = {
  requested: { tone: 'sun', icon: Hourglass },
  waitlisted: { tone: 'sun', icon: Clock },
  refused: { tone: 'brick', icon: Ban },
  cancelled: { tone: 'brick', icon: Undo2 },
};

interface StateProps {
  readonly entry: RosterEntry;
  readonly roster: RosterIndex;
  readonly listId: string | undefined;
}

function State({ entry, roster, listId }: StateProps) {
  const t = useT();
  const format = useFormat();
  const { inside, arrived } = roster.presence(idOf(entry), entry.party, listId);
  if (arrived === 0 && entry.state !== 'confirmed')
    return <StatusPill {...looks[entry.state]} text={t(`door.state.${entry.state}`)} />;
  if (arrived === 0) return <StatusPill tone="river" icon={CircleCheck} text={t('door.state.expected')} />;
  if (inside === 0) return <StatusPill tone="plum" icon={LogOut} text={t('door.state.left')} />;
  if (inside < entry.party)
    return (
      <StatusPill tone="leaf" icon={UserRoundCheck} text={t('door.state.partly', { inside, party: entry.party })} />
    );
  const last = onList(roster.checkIns(idOf(entry)), listId)
    .filter((c) => c.undoneAt === undefined)
    .map((c) => c.at)
    .toSorted()
    .at(-1);
  const zone = roster.event?.sessions[0]?.slot.zone;
  const time = last === undefined ? '' : timeText(Date.parse(last), { format, now: correctedNow(), zone });
  return <StatusPill tone="leaf" icon={UserRoundCheck} text={t('door.state.inside', { time })} />;
}
