import { CircleAlert, CircleCheck, Hourglass, Undo2 } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { FormEvent, KeyboardEvent } from 'react';
import { useId, useRef, useState } from 'react';
import type { LocalDate, LocalTime } from '#domain/dates.ts';
import { instantOf, isLocalTime } from '#domain/dates.ts';
import type { PaperOutcome, SheetPerson } from '#protocol/desk.ts';
import { Button } from '../button.tsx';
import { classNames } from '../class-names.ts';
import { Field, SelectField } from '../forms/field.tsx';
import { Icon } from '../icon.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import styles from './paper-entry.module.css';

/** A line of the paper that was typed in. */
export interface EnteredLine {
  readonly checkInId: string;
  /** The person's name, or their code where the list is not at hand any more. */
  readonly name: string;
  readonly count: number;
  /** ISO 8601. */
  readonly at: string;
  /** `waiting`: not yet answered. */
  readonly state: 'waiting' | 'taken_back' | PaperOutcome;
}

interface PaperEntryProps {
  readonly days: readonly LocalDate[];
  readonly zone: string;
  /** What the time field begins with. */
  readonly start: LocalTime;
  /** By name or code, as at the door; `limit` at most. */
  readonly find: (text: string, limit: number) => readonly SheetPerson[];
  /** The latest first. */
  readonly entered: readonly EnteredLine[];
  readonly onEnter: (person: SheetPerson, count: number, at: string) => void;
  readonly onTakeBack: (line: EnteredLine) => void;
  /** Corrected by the measured offset, milliseconds. */
  readonly now: () => number;
}

const FOUND = 8;

/** A signed list typed in by keyboard alone: letters, Enter, and for a party how many, Enter. */
export function PaperEntry(props: PaperEntryProps) {
  const { days, zone, start, find, entered, onEnter, onTakeBack, now } = props;
  const t = useT();
  const format = useFormat();
  const id = useId();
  const [day, setDay] = useState(days[0] ?? '');
  const [time, setTime] = useState(start);
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const [chosen, setChosen] = useState<SheetPerson>();
  const [count, setCount] = useState(1);
  const [error, setError] = useState<string>();
  const search = useRef<HTMLInputElement>(null);
  const number = useRef<HTMLInputElement>(null);
  const found = query.trim() === '' || chosen ? [] : find(query, FOUND);
  const picked = Math.min(active, found.length - 1);

  const enter = (person: SheetPerson, people: number): void => {
    const moment = isLocalTime(time) && day !== '' ? instantOf(day, time, zone) : undefined;
    const wrong =
      moment === undefined ? 'time' : moment > now() ? 'future' : people < 1 || people > person.party ? 'count' : '';
    if (moment === undefined || wrong) {
      setError(t(`paper.error.${wrong}`, { party: person.party }));
      return;
    }
    setError(undefined);
    onEnter(person, people, new Date(moment).toISOString());
    setChosen(undefined);
    setQuery('');
    setActive(0);
    search.current?.focus();
  };
  const choose = (person: SheetPerson): void => {
    const left = Math.max(1, person.party - person.arrived);
    if (person.party === 1) {
      enter(person, 1);
      return;
    }
    setChosen(person);
    setQuery(nameOf(person));
    setCount(left);
    // The field is there only once a party is chosen.
    requestAnimationFrame(() => {
      number.current?.focus();
      number.current?.select();
    });
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive((picked + step + found.length) % Math.max(1, found.length));
    } else if (event.key === 'Escape') {
      setQuery('');
      setChosen(undefined);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const person = chosen ?? found[picked];
    if (chosen) enter(chosen, count);
    else if (person) choose(person);
  };
  return (
    <div className={styles.entry}>
      <form className={styles.form} onSubmit={submit} noValidate>
        <div className={styles.when}>
          {days.length > 1 ? (
            <SelectField
              label={t('paper.day')}
              value={day}
              options={days.map((one) => ({ value: one, label: format.day(one) }))}
              onChange={setDay}
            />
          ) : null}
          <Field
            label={t('paper.time')}
            type="time"
            required
            value={time}
            onChange={(event) => setTime(event.target.value)}
          />
        </div>
        <div className={styles.person}>
          <label htmlFor={`${id}-person`} className={styles.label}>
            {t('paper.person')}
          </label>
          <input
            ref={search}
            id={`${id}-person`}
            className={styles.input}
            role="combobox"
            aria-expanded={found.length > 0}
            aria-controls={`${id}-found`}
            aria-autocomplete="list"
            aria-describedby={`${id}-hint`}
            {...(found[picked] ? { 'aria-activedescendant': `${id}-${picked}` } : {})}
            autoComplete="off"
            autoCorrect="off"
            spellCheck={false}
            value={query}
            onChange={(event) => {
              setQuery(event.target.value);
              setChosen(undefined);
              setActive(0);
              setError(undefined);
            }}
            onKeyDown={onKey}
          />
          <p id={`${id}-hint`} className={styles.hint}>
            {t('paper.person.hint')}
          </p>
          <div id={`${id}-found`} role="listbox" aria-label={t('paper.found')} className={styles.found}>
            {found.map((person, i) => (
              // The keyboard goes through the list from the box above, which says which one is active.
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
              <div
                key={person.registrationId}
                id={`${id}-${i}`}
                role="option"
                tabIndex={-1}
                aria-selected={i === picked}
                className={classNames(styles.option, i === picked && styles.active)}
                onClick={() => choose(person)}
              >
                <span>{nameOf(person)}</span>
                <span className={styles.note}>
                  {person.code} · {t('paper.party', { n: person.party })}
                  {person.arrived > 0 ? ` · ${t('sheet.arrived', { n: person.arrived })}` : ''}
                </span>
              </div>
            ))}
          </div>
          {query.trim() !== '' && !chosen && found.length === 0 ? <p role="status">{t('paper.none')}</p> : null}
        </div>
        {chosen ? (
          <Field
            ref={number}
            className={styles.count ?? ''}
            label={t('paper.count', { party: chosen.party })}
            type="number"
            min={1}
            max={chosen.party}
            value={Number.isNaN(count) ? '' : count}
            onChange={(event) => setCount(event.target.valueAsNumber)}
          />
        ) : null}
        <p className={styles.error} role="alert" hidden={!error}>
          {error}
        </p>
        <Button type="submit" variant="primary">
          {t('paper.record')}
        </Button>
      </form>
      <section className={styles.lines} aria-labelledby={`${id}-lines`}>
        <h2 id={`${id}-lines`}>{t('paper.lines', { n: entered.length })}</h2>
        <ul className={styles.list} aria-live="polite" aria-relevant="additions">
          {entered.map((line) => (
            <li key={line.checkInId} className={styles.line}>
              <Icon of={looks[line.state]} className={styles[tones[line.state]]} />
              <span className={styles.who}>
                {line.name} {line.count > 1 ? t('paper.party', { n: line.count }) : ''}
                <span className={styles.note}>
                  {format.moment(Date.parse(line.at), zone)} · {t(`paper.state.${line.state}`)}
                </span>
              </span>
              {line.state === 'recorded' ? (
                <Button
                  variant="quiet"
                  icon={Undo2}
                  aria-label={t('paper.undo.of', { name: line.name })}
                  onClick={() => onTakeBack(line)}
                >
                  {t('paper.undo')}
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

const looks: Readonly<Record<EnteredLine['state'], LucideIcon>> = {
  waiting: Hourglass,
  recorded: CircleCheck,
  already: CircleAlert,
  not_admitted: CircleAlert,
  unknown: CircleAlert,
  taken_back: Undo2,
};
const tones: Readonly<Record<EnteredLine['state'], 'waits' | 'good' | 'bad'>> = {
  waiting: 'waits',
  recorded: 'good',
  already: 'bad',
  not_admitted: 'bad',
  unknown: 'bad',
  taken_back: 'waits',
};

function nameOf({ firstName, lastName, code }: SheetPerson): string {
  return [firstName, lastName].filter(Boolean).join(' ') || code;
}
