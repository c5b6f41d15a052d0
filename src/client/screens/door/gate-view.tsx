import { Send, UserCheck, Undo2, Volume2, VolumeX, LogOut, ArrowRight, Check } from 'lucide-react';
import type { FormEvent } from 'react';
import { useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { RosterEntry } from '#domain/check-in.ts';
import { textIn } from '#domain/text.ts';
import { readCode } from '#domain/ticket.ts';
import { Button } from '#client/components/button.tsx';
import { Icon } from '#client/components/icon.tsx';
import { usePageTitle } from '#client/components/page-title.ts';
import { useTicketKeys } from '#client/hooks/use-door.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { play, wakeSound } from '#client/platform/sound.ts';
import { keepAwake } from '#client/platform/wake-lock.ts';
import { correctedNow } from '#client/store/clock.ts';
import type { Door } from '#client/store/door-view.ts';
import type { RosterIndex } from '#client/store/roster-index.ts';
import type { CameraHandle } from './camera-view.tsx';
import { CameraView } from './camera-view.tsx';
import styles from './gate-view.module.css';
import { isNoTicket } from './judge.ts';
import { LeaveDialog } from './leave-dialog.tsx';
import { PersonList, PersonSearch } from './person-search.tsx';
import { useMuted } from './use-muted.ts';
import type { Gate, Shown } from './use-gate.ts';
import { useGate } from './use-gate.ts';
import { VerdictPanel, nameOf } from './verdict-panel.tsx';
import { asOfText, doorText, timeText, toneOf } from './verdict-text.ts';

/** Characters; nobody types more by hand. */
const TYPED = 20;

interface GateViewProps {
  readonly door: Door & { readonly eventId: string };
  readonly roster: RosterIndex;
  readonly asOf: number | undefined;
  readonly pending: number;
}

/** The working door. Nothing on it waits for a network. */
export function GateView({ door, roster, asOf, pending }: GateViewProps) {
  const t = useT();
  const format = useFormat();
  const keys = useTicketKeys();
  const [muted, setMuted] = useMuted();
  const [code, setCode] = useState('');
  const [query, setQuery] = useState('');
  const camera = useRef<CameraHandle>(null);
  const recordButton = useRef<HTMLButtonElement>(null);

  const onShown = useCallback(
    (shown: Shown) => {
      if (!muted) sound(shown);
    },
    [muted],
  );
  const { deviceId, door: doorName, eventId } = door;
  const place = useMemo(() => ({ deviceId, door: doorName, eventId }), [deviceId, doorName, eventId]);
  const gate = useGate(place, roster, keys, onShown);
  const { shown, read } = gate;

  useEffect(() => keepAwake(), []);
  useEffect(() => {
    document.addEventListener('pointerdown', wakeSound);
    return () => document.removeEventListener('pointerdown', wakeSound);
  }, []);

  const onCode = useCallback(
    (text: string) => {
      void read(text, 'camera').then((next) => {
        // Only a ticket takes away what is being typed, not a poster behind the guest.
        if (!next || (next.kind === 'verdict' && isNoTicket(next.finding.verdict))) return;
        setCode('');
        setQuery('');
      });
    },
    [read],
  );

  const lastRead = useRef('');
  const readTyped = useCallback(
    async (text: string): Promise<Shown | undefined> => {
      lastRead.current = text;
      const next = await read(text, 'hand');
      // So much came from a reader that types: the box is ready for the next one.
      if (next?.kind === 'verdict' && text.length > TYPED) setCode('');
      return next;
    },
    [read],
  );

  // The person shows as soon as the last character of a printed code is typed.
  useEffect(() => {
    if (!isWholeShortCode(code)) return undefined;
    const timer = setTimeout(() => {
      if (lastRead.current !== code) void readTyped(code);
    }, 250);
    return () => clearTimeout(timer);
  }, [code, readTyped]);

  // Who came here by keyboard goes on by keyboard: to the button, which is there only now, and from it to the answer.
  const focusNext = useRef(false);
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!focusNext.current) return;
    focusNext.current = false;
    (shown.kind === 'person' ? recordButton.current : panel.current)?.focus({ preventScroll: true });
  }, [shown]);

  const choose = (entry: RosterEntry): void => {
    setCode('');
    setQuery('');
    focusNext.current = true;
    gate.choose(entry);
  };

  const record = async (): Promise<void> => {
    if (shown.kind !== 'person') {
      const next = await readTyped(code);
      if (next?.kind !== 'person') return;
    }
    focusNext.current = true;
    gate.record();
    setCode('');
  };

  const next = (): void => {
    camera.current?.again();
    setCode('');
    setQuery('');
    gate.next();
  };

  const now = correctedNow();
  const zone = roster.event?.sessions[0]?.slot.zone;
  const listTime = asOfText({ format, now, zone, asOf });
  return (
    <div className={styles.door}>
      <DoorBar door={door} roster={roster} pending={pending} listTime={listTime} muted={muted} onMuted={setMuted} />
      <div className={styles.camera}>
        <CameraView onCode={onCode} handle={camera} />
      </div>
      <div className={styles.answer}>
        <VerdictPanel ref={panel} gate={gate} event={roster.event} asOf={asOf} />
        {shown.kind === 'choose' ? (
          <PersonList label={t('door.search.results')} entries={shown.entries} roster={roster} onChoose={choose} />
        ) : null}
        {shown.kind === 'person' || code.trim() !== '' ? (
          <Button ref={recordButton} variant="primary" size="large" wide icon={UserCheck} onClick={() => void record()}>
            {t('door.record')}
          </Button>
        ) : null}
        <div className={styles.actions}>
          <Undo gate={gate} roster={roster} at={(iso) => timeText(Date.parse(iso), { format, now, zone })} />
          {shown.kind === 'idle' ? null : (
            <Button variant="quiet" size="large" icon={ArrowRight} onClick={next}>
              {t('door.next')}
            </Button>
          )}
        </div>
      </div>
      <div className={styles.typed}>
        <CodeBox
          code={code}
          onCode={(text) => {
            lastRead.current = '';
            setQuery('');
            setCode(text);
          }}
          onEnter={() => {
            if (code.trim() === '') return;
            if (shown.kind === 'person' && lastRead.current === code) recordButton.current?.focus();
            else void readTyped(code).then((s) => s?.kind === 'person' && recordButton.current?.focus());
          }}
        />
        <PersonSearch
          roster={roster}
          asOf={listTime}
          query={query}
          onQuery={(text) => {
            setCode('');
            setQuery(text);
          }}
          onChoose={choose}
        />
      </div>
    </div>
  );
}

function sound(shown: Shown): void {
  if (shown.kind === 'verdict') play(toneOf(shown.finding.verdict));
  else if (shown.kind === 'failed') play('bad');
}

/** A reader that types sends a ticket's first eight characters on the way to its last. */
function isWholeShortCode(text: string): boolean {
  const code = readCode(text);
  return code.kind === 'short' && !/^\s*escale/i.test(text);
}

interface DoorBarProps {
  readonly door: Door;
  readonly roster: RosterIndex;
  readonly pending: number;
  readonly listTime: string;
  readonly muted: boolean;
  readonly onMuted: (muted: boolean) => void;
}

function DoorBar({ door, roster, pending, listTime, muted, onMuted }: DoorBarProps) {
  const t = useT();
  const language = useLanguage();
  const format = useFormat();
  const [leaving, setLeaving] = useState(false);
  usePageTitle(t('door.title'));
  const title = roster.event ? textIn(roster.event.title, language) : undefined;
  const { arrived, seats } = roster.counts;
  return (
    <header className={styles.bar}>
      <div className={styles.titles}>
        <h1 className={styles.title} tabIndex={-1}>
          {t('door.title')}
        </h1>
        {title ? (
          <p className={styles.event} lang={title.lang}>
            {title.text}
          </p>
        ) : null}
      </div>
      <div className={styles.tools}>
        <Button
          variant="quiet"
          size="large"
          icon={muted ? VolumeX : Volume2}
          iconOnly
          className={styles.tool ?? ''}
          onClick={() => onMuted(!muted)}
        >
          {t(muted ? 'door.sound.off' : 'door.sound.on')}
        </Button>
        <Button
          variant="quiet"
          size="large"
          icon={LogOut}
          iconOnly
          className={styles.tool ?? ''}
          onClick={() => setLeaving(true)}
        >
          {t('door.leave')}
        </Button>
      </div>
      <dl className={styles.state}>
        <div>
          <dt>{t('door.arrivals.label')}</dt>
          <dd className={styles.count}>
            {t('door.arrivals', { arrived: format.number(arrived), expected: format.number(seats) })}
          </dd>
        </div>
        <div>
          <dt>{t('door.toSend.label')}</dt>
          <dd className={pending > 0 ? styles.unsent : undefined}>
            <Icon of={pending > 0 ? Send : Check} size="1.1em" />
            {pending > 0 ? t('door.toSend', { n: pending }) : t('door.toSend.none')}
          </dd>
        </div>
        <div>
          <dt>{t('door.at.label')}</dt>
          <dd className={styles.place}>{doorText(door.door, t)}</dd>
        </div>
        <div>
          <dt>{t('door.roster.label')}</dt>
          <dd>{t('door.roster.asOf', { time: listTime })}</dd>
        </div>
      </dl>
      <LeaveDialog open={leaving} deviceId={door.deviceId} onClose={() => setLeaving(false)} />
    </header>
  );
}

interface UndoProps {
  readonly gate: Gate;
  readonly roster: RosterIndex;
  readonly at: (iso: string) => string;
}

/** Says whose arrival it would take back, for it is not always the person in front. */
function Undo({ gate, roster, at }: UndoProps) {
  const t = useT();
  const id = useId();
  const { undoable } = gate;
  if (!undoable) return null;
  const entry = roster.byTicket(undoable.ticketId);
  const time = at(undoable.at);
  return (
    <div className={styles.undo}>
      <Button size="large" icon={Undo2} aria-describedby={id} onClick={gate.undo}>
        {t('door.undo')}
      </Button>
      <span id={id} className={styles.undoOf}>
        {entry ? t('door.undo.of', { name: nameOf(entry), time }) : time}
      </span>
    </div>
  );
}

interface CodeBoxProps {
  readonly code: string;
  readonly onCode: (code: string) => void;
  readonly onEnter: () => void;
}

function CodeBox({ code, onCode, onEnter }: CodeBoxProps) {
  const t = useT();
  const id = useId();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onEnter();
  };
  return (
    <form className={styles.code} onSubmit={submit}>
      <label className={styles.label} htmlFor={id}>
        {t('door.code.label')}
      </label>
      <input
        id={id}
        className={styles.input}
        value={code}
        placeholder="K7PM-3QXD"
        aria-describedby={`${id}-hint`}
        autoComplete="off"
        autoCorrect="off"
        autoCapitalize="characters"
        spellCheck={false}
        enterKeyHint="go"
        maxLength={400}
        onChange={(event) => onCode(event.target.value)}
      />
      <p id={`${id}-hint`} hidden>
        {t('door.code.hint')}
      </p>
    </form>
  );
}
