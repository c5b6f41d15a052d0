import { Footprints, History, LogOut, UserCheck } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { RosterEntry } from '#domain/check-in.ts';
import { subjectsOf } from '#domain/programme.ts';
import { readCode } from '#domain/ticket.ts';
import { Button } from '#client/components/button.tsx';
import { usePainted } from '#client/hooks/first-paint.ts';
import { useTicketKeys } from '#client/hooks/use-door.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { play, wakeSound } from '#client/platform/sound.ts';
import { keepAwake } from '#client/platform/wake-lock.ts';
import { correctedNow } from '#client/store/clock.ts';
import type { AllotmentRow } from '#client/store/database.ts';
import { database } from '#client/store/database.ts';
import { chooseList } from '#client/store/door.ts';
import { heldSeats } from '#client/store/door-seats.ts';
import type { Door } from '#client/store/door-view.ts';
import type { RosterIndex } from '#client/store/roster-index.ts';
import { AfterVerdict } from './after-verdict.tsx';
import type { CameraHandle } from './camera-view.tsx';
import { CameraView } from './camera-view.tsx';
import { CodeBox } from './code-box.tsx';
import { DoorBar } from './door-bar.tsx';
import { DoublesSheet } from './doubles-sheet.tsx';
import { ExitSwitch } from './exit-switch.tsx';
import type { GateContext } from './gate-ports.ts';
import { seatsAreCounted } from './gate-ports.ts';
import styles from './gate-view.module.css';
import { isNoTicket } from './judge.ts';
import { PersonList, PersonSearch } from './person-search.tsx';
import { RecentSheet } from './recent-sheet.tsx';
import { useExitMode } from './use-exit-mode.ts';
import { useFlood } from './use-flood.ts';
import type { Shown } from './use-gate.ts';
import { useGate } from './use-gate.ts';
import { useMuted } from './use-muted.ts';
import { VerdictPanel } from './verdict-panel.tsx';
import { asOfText, NOT_YET, timeText, toneOf } from './verdict-text.ts';
import { WalkInSheet } from './walk-in-sheet.tsx';

/** Characters; nobody types more by hand. */
const TYPED = 20;

interface GateViewProps {
  readonly door: Door & { readonly eventId: string };
  readonly roster: RosterIndex;
  readonly allotments: readonly AllotmentRow[];
  readonly asOf: number | undefined;
  readonly pending: number;
}

/** The working door. Nothing on it waits for a network. */
export function GateView({ door, roster, allotments, asOf, pending }: GateViewProps) {
  const t = useT();
  const format = useFormat();
  const keys = useTicketKeys();
  const painted = usePainted();
  const [muted, setMuted] = useMuted();
  const [code, setCode] = useState('');
  const [query, setQuery] = useState('');
  const [sheet, setSheet] = useState<'walkIn' | 'recent' | 'doubles'>();
  const camera = useRef<CameraHandle>(null);
  const recordButton = useRef<HTMLButtonElement>(null);
  const { rules } = roster;
  const way = useExitMode(rules.countsInside);

  const onShown = (shown: Shown): void => {
    sound(shown, muted);
    if (shown.kind === 'verdict' && shown.finding.verdict === 'left') way.used();
  };
  const { deviceId, door: doorName, eventId, profile, listId } = door;
  const context = useMemo<GateContext>(() => {
    const list = rules.lists.find((one) => one.id === listId);
    return { deviceId, door: doorName, eventId, profile, roster, keys, list, exit: way.exit, allotments };
  }, [deviceId, doorName, eventId, profile, listId, rules, roster, keys, way.exit, allotments]);
  const gate = useGate(context, onShown);
  const { shown, read } = gate;
  const flooded = useFlood(shown);
  // Whoever is looking a name up needs to see the names.
  const flood = query === '' ? flooded : undefined;

  useEffect(() => keepAwake(), []);
  useEffect(() => {
    const gestures = ['pointerdown', 'pointerup', 'keydown'] as const;
    for (const gesture of gestures) document.addEventListener(gesture, wakeSound);
    return () => {
      for (const gesture of gestures) document.removeEventListener(gesture, wakeSound);
    };
  }, []);

  const onCode = useCallback(
    (text: string, by: 'camera' | 'photo' = 'camera') => {
      void read(text, by).then((next) => {
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
  const listTime = painted ? asOfText({ format, now, zone, asOf }) : NOT_YET;
  const walkIns = rules.walkIns && profile === 'full';
  const named = profile !== 'scan' && !rules.hiddenNames;
  return (
    <div className={styles.door} data-flood={flood} data-exit={way.exit || undefined}>
      <DoorBar
        door={door}
        roster={roster}
        list={context.list}
        pending={pending}
        listTime={listTime}
        muted={muted}
        onMuted={setMuted}
        onList={(id) => void chooseList(database(), deviceId, id)}
        onDoubles={() => setSheet('doubles')}
        small={flood !== undefined}
      />
      {rules.countsInside ? (
        <div className={styles.way}>
          <ExitSwitch exit={way.exit} onExit={way.set} />
        </div>
      ) : null}
      <div className={styles.camera}>
        <CameraView onCode={onCode} handle={camera} />
      </div>
      <div className={styles.answer}>
        <VerdictPanel ref={panel} gate={gate} context={context} asOf={asOf} large={flood !== undefined} />
        {shown.kind === 'choose' ? (
          <PersonList label={t('door.search.results')} entries={shown.entries} roster={roster} onChoose={choose} />
        ) : null}
        {shown.kind === 'person' || code.trim() !== '' ? (
          <Button
            ref={recordButton}
            variant="primary"
            size="large"
            wide
            icon={way.exit ? LogOut : UserCheck}
            onClick={() => void record()}
          >
            {t(way.exit ? 'door.record.exit' : 'door.record')}
          </Button>
        ) : null}
        <AfterVerdict
          gate={gate}
          context={context}
          at={(iso) => timeText(Date.parse(iso), { format, now, zone })}
          onNext={next}
          onSeats={walkIns ? () => setSheet('walkIn') : undefined}
        />
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
        {named ? (
          <PersonSearch
            roster={roster}
            listId={context.list?.id}
            asOf={listTime}
            query={query}
            onQuery={(text) => {
              setCode('');
              setQuery(text);
            }}
            onChoose={choose}
          />
        ) : null}
        <div className={styles.others}>
          {walkIns ? (
            <Button size="large" icon={Footprints} aria-haspopup="dialog" onClick={() => setSheet('walkIn')}>
              {t('door.walkIn')}
            </Button>
          ) : null}
          <Button size="large" icon={History} aria-haspopup="dialog" onClick={() => setSheet('recent')}>
            {t('door.recent.open')}
          </Button>
          {walkIns ? <SeatsLine context={context} /> : null}
        </div>
      </div>
      <WalkInSheet
        open={sheet === 'walkIn'}
        context={context}
        onClose={() => setSheet(undefined)}
        onAdmit={(party) => {
          setSheet(undefined);
          focusNext.current = true;
          gate.admitWalkIn(party);
        }}
      />
      <RecentSheet
        open={sheet === 'recent'}
        context={context}
        onClose={() => setSheet(undefined)}
        onUndo={(arrival) => {
          setSheet(undefined);
          focusNext.current = true;
          gate.undo(arrival);
        }}
        onReview={(arrival) => {
          setSheet(undefined);
          gate.review(arrival);
        }}
      />
      <DoublesSheet open={sheet === 'doubles'} context={context} onClose={() => setSheet(undefined)} />
    </div>
  );
}

/** How many seats this phone still has for people without a registration, where seats are counted. */
function SeatsLine({ context }: { readonly context: GateContext }) {
  const t = useT();
  const { roster, allotments } = context;
  const counted = roster.event ? subjectsOf(roster.event).filter(seatsAreCounted) : [];
  if (counted.length === 0) return null;
  const held = counted.map((one) => heldSeats(allotments, one.id, correctedNow()));
  const left = held.reduce((sum, one) => sum + one.left, 0);
  const seats = held.reduce((sum, one) => sum + one.seats, 0);
  return <p className={styles.seats}>{t(seats > 0 ? 'door.seats.left' : 'door.seats.none', { left, seats })}</p>;
}

function sound(shown: Shown, silent: boolean): void {
  if (shown.kind === 'verdict') {
    const tone = toneOf(shown.finding.verdict);
    play(tone === 'leaving' ? 'good' : tone, silent);
  } else if (shown.kind === 'failed') play('bad', silent);
}

/** A reader that types sends a ticket's first eight characters on the way to its last. */
function isWholeShortCode(text: string): boolean {
  const code = readCode(text);
  return code.kind === 'short' && !/^\s*escale/i.test(text);
}
