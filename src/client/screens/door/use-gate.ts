import { useEffect, useMemo, useRef, useState } from 'react';
import type { CheckIn, RosterEntry, UndoReason, Verdict } from '#domain/check-in.ts';
import { UNDO_WITHIN } from '#domain/check-in.ts';
import type { Answers } from '#domain/door-rules.ts';
import type { Uuid } from '#domain/ids.ts';
import { correctedNow } from '#client/store/clock.ts';
import {
  admitWalkIn,
  answerQuestions,
  carryRequest,
  checkIn,
  logScan,
  undoCheckIn,
} from '#client/store/door-actions.ts';
import type { GateContext } from './gate-ports.ts';
import { mayUndo, portsOf } from './gate-ports.ts';
import type { Finding, Judgement, JudgePorts, ReadBy } from './judge.ts';
import { idOf, isNoTicket, judgeEntry, judgeText } from './judge.ts';
import { RecentArrivals } from './recent-arrivals.ts';
import { ScanLog } from './scan-log.ts';

/** What the panel shows. */
export type Shown =
  | { readonly kind: 'idle' }
  | { readonly kind: 'verdict'; readonly finding: Finding; readonly recorded?: CheckIn }
  /** Found by a code or a name, and waiting for the button. */
  | { readonly kind: 'person'; readonly finding: Finding; readonly entry: RosterEntry }
  | { readonly kind: 'choose'; readonly entries: readonly RosterEntry[] }
  /** Recorded some time ago, and looked at again. */
  | { readonly kind: 'arrival'; readonly recorded: CheckIn; readonly entry?: RosterEntry }
  | { readonly kind: 'undone'; readonly checkIn: CheckIn; readonly entry?: RosterEntry }
  /** The device could not write the arrival down. */
  | { readonly kind: 'failed' };

export type Recorded = { readonly finding: Finding; readonly recorded: CheckIn };

/** People who came without a registration. */
export interface WalkInParty {
  readonly subjectId: Uuid;
  readonly count: number;
  readonly name?: string;
  /** Seats are counted: only out of what this phone keeps. */
  readonly limited: boolean;
}

export interface Gate {
  readonly shown: Shown;
  /**
   * A code from the camera or a picture, or one that was typed to its end.
   * @returns the answer; undefined where the camera saw no ticket and what is shown stays
   */
  readonly read: (text: string, by: ReadBy) => Promise<Shown | undefined>;
  readonly choose: (entry: RosterEntry) => void;
  /** How many of the person's party come in, or leave. */
  readonly setCount: (count: number) => void;
  /** Records the person who is shown. */
  readonly record: () => void;
  /** Changes how many came in with an arrival that was just recorded, also when the next guest is on the screen by now. */
  readonly correct: (of: Recorded, count: number) => void;
  /** Records the person who is shown the other way: who was taken to come in is leaving, or the reverse. */
  readonly turn: () => void;
  readonly admitWalkIn: (party: WalkInParty) => void;
  /** What the person who was just let in answered. */
  readonly answer: (arrival: CheckIn, answers: Answers) => void;
  /** The arrival that `undo` would take back: of the person who is shown, else this phone's latest. */
  readonly undoable: CheckIn | undefined;
  /** @param arrival another one than `undoable` */
  readonly undo: (arrival?: CheckIn) => void;
  /** Why the arrival that was just taken back was. */
  readonly giveReason: (reason: UndoReason) => void;
  /** Shows an arrival again that was recorded before. */
  readonly review: (arrival: CheckIn) => void;
  readonly next: () => void;
}

/** Verdicts with which somebody goes through the door; all others are noted for the audit trail. */
const through = new Set<Verdict>(['admitted', 'admitted_walk_in', 'left']);

/**
 * The working door: judges what is read, records what is admitted, one after the other in the order in which it came.
 * @param onShown told of each new answer, for sound and hand
 */
export function useGate(context: GateContext, onShown: (shown: Shown) => void): Gate {
  const [shown, setShown] = useState<Shown>({ kind: 'idle' });
  const recent = useMemo(() => new RecentArrivals(), []);
  const latest = useRef({ context, onShown, shown });
  useEffect(() => {
    latest.current = { context, onShown, shown };
    recent.settle((id) => context.roster.checkIns(id));
  });

  const undoable = useMemo(() => undoableOf(shown, context, portsOf(context, recent)), [shown, context, recent]);
  const actions = useMemo(() => {
    let turn: Promise<unknown> = Promise.resolve();
    const scans = new ScanLog();
    /** What was answered for an arrival, and which record took its place when it was corrected. */
    const answered = new Map<Uuid, Answers>();
    const replaced = new Map<Uuid, Uuid>();
    /** One answer after the other: two codes in quick succession must not overtake each other's arrival. */
    const inTurn = (work: () => Promise<Shown | undefined>, silent = false): Promise<Shown | undefined> => {
      const done = turn.then(async () => {
        const next = await work().catch((): Shown => ({ kind: 'failed' }));
        if (!next) return undefined;
        latest.current.shown = next;
        setShown(next);
        if (!silent) latest.current.onShown(next);
        return next;
      });
      turn = done;
      return done;
    };
    const now = (): GateContext => latest.current.context;
    const ports = (exit = now().exit): JudgePorts => portsOf({ ...now(), exit }, recent);
    const onThisList = (): { listId?: Uuid } => {
      const { list } = now();
      return list ? { listId: list.id } : {};
    };

    /** For the audit trail; that it could not be written takes no verdict back. */
    const note = (finding: Finding, by: ReadBy, what: string): void => {
      const { verdict, ticket, entry } = finding;
      if (through.has(verdict) || !scans.isNew(what, verdict, Date.now())) return;
      const ticketId = ticket?.ticketId ?? entry?.ticketId;
      const known = entry && !finding.request ? { registrationId: entry.registrationId } : {};
      const { eventId } = now();
      void logScan({ eventId, verdict, by, ...known, ...(ticketId ? { ticketId } : {}), ...onThisList() }).catch(
        () => undefined,
      );
    };

    const record = async (finding: Finding, answers?: Answers): Promise<Shown> => {
      const { entry, ticket, text, count, verdict, request, carried } = finding;
      const { eventId, list, roster } = now();
      if (request && carried && text !== undefined) {
        // Somebody who was only read before is not brought a second time for nothing.
        if (carried === 'outside' && roster.isCarried(request.registrationId)) return { kind: 'verdict', finding };
        const recorded = await carryRequest(text, request, carried, list?.id);
        if (recorded) recent.add(recorded);
        else if (carried !== 'outside')
          return { kind: 'verdict', finding: { ...finding, verdict: 'requested', count: 0 } };
        return { kind: 'verdict', finding, ...(recorded ? { recorded } : {}) };
      }
      if (verdict !== 'admitted' && verdict !== 'left') return { kind: 'verdict', finding };
      const ticketId = ticket?.ticketId ?? (entry && idOf(entry));
      if (ticketId === undefined) return { kind: 'verdict', finding };
      const recorded = await checkIn({
        eventId,
        ticketId,
        count,
        ...(entry ? { registrationId: entry.registrationId } : {}),
        ...(entry || text === undefined ? {} : { ticket: text }),
        ...onThisList(),
        ...(verdict === 'left' ? { exit: true as const } : {}),
        ...(answers ? { answers } : {}),
      });
      recent.add(recorded);
      return { kind: 'verdict', finding, recorded };
    };

    const takeBack = async (arrival: CheckIn, reason?: UndoReason): Promise<void> => {
      await undoCheckIn({ checkInId: arrival.id, eventId: arrival.eventId, ...(reason ? { reason } : {}) });
      recent.undo(arrival, new Date(correctedNow()).toISOString());
    };

    const present = (entry: RosterEntry, count?: number): Shown => {
      const { finding } = judgeEntry(entry, ports(), count);
      const waits = finding.verdict === 'admitted' || finding.verdict === 'left';
      return waits ? { kind: 'person', finding, entry } : { kind: 'verdict', finding };
    };

    return {
      read: (text, by) =>
        inTurn(async () => {
          const judgement = await judgeText(text, by, ports());
          if (judgement.kind === 'scanned') note(judgement.finding, by, text);
          // A poster behind the guest must not take away a person who waits for the button.
          if (by === 'camera' && keeps(latest.current.shown, judgement)) return undefined;
          if (judgement.kind === 'choose') return judgement;
          if (judgement.kind === 'scanned') return record(judgement.finding);
          note(judgement.finding, by, text);
          return present(judgement.entry);
        }),
      choose: (entry) =>
        void inTurn(async () => {
          const next = present(entry);
          if (next.kind === 'verdict') note(next.finding, 'search', entry.registrationId);
          return next;
        }, true),
      setCount: (count) =>
        void inTurn(async () => {
          const { shown: on } = latest.current;
          return on.kind === 'person' ? present(on.entry, count) : undefined;
        }, true),
      record: () =>
        void inTurn(async () => {
          const { shown: on } = latest.current;
          if (on.kind !== 'person') return undefined;
          // Judged again: another door's arrival may have come in since the person was looked up.
          return record(judgeEntry(on.entry, ports(), on.finding.count).finding);
        }),
      correct: ({ finding, recorded }, count) =>
        void inTurn(async () => {
          await takeBack(recorded, 'wrong_count');
          const next = await record({ ...finding, count }, answered.get(recorded.id));
          if (next.kind === 'verdict' && next.recorded) replaced.set(recorded.id, next.recorded.id);
          const { shown: on } = latest.current;
          return on.kind === 'verdict' && on.recorded?.id === recorded.id ? next : undefined;
        }, true),
      turn: () =>
        void inTurn(async () => {
          const { shown: on } = latest.current;
          if (on.kind !== 'verdict') return undefined;
          const leaving = on.finding.verdict !== 'left';
          if (on.recorded) await takeBack(on.recorded, 'mistake');
          const { entry, ticket, text } = on.finding;
          if (text !== undefined && ticket) {
            const judgement = await judgeText(text, 'camera', ports(leaving));
            return judgement.kind === 'scanned' ? record(judgement.finding) : undefined;
          }
          return entry ? record(judgeEntry(entry, ports(leaving)).finding) : undefined;
        }),
      admitWalkIn: ({ subjectId, count, name, limited }) =>
        void inTurn(async () => {
          const { eventId } = now();
          const named = name === undefined ? {} : { name };
          const outcome = await admitWalkIn({ eventId, subjectId, count, ...named, ...onThisList() }, limited);
          const walkIn = { subjectId, ...named };
          if (outcome.kind === 'full') {
            const finding: Finding = { verdict: 'refused_full', count: 0, inside: 0, walkIn };
            note(finding, 'search', subjectId);
            return { kind: 'verdict', finding };
          }
          for (const one of outcome.checkIns) recent.add(one);
          const [recorded] = outcome.checkIns;
          const finding: Finding = { verdict: 'admitted_walk_in', count, inside: 0, walkIn };
          return { kind: 'verdict', finding, ...(recorded ? { recorded } : {}) };
        }),
      answer: ({ id, eventId }, answers) =>
        void inTurn(async () => {
          const checkInId = replaced.get(id) ?? id;
          answered.set(checkInId, answers);
          await answerQuestions({ checkInId, eventId, answers });
          return undefined;
        }, true),
      undo: (chosen) =>
        void inTurn(async () => {
          const arrival = chosen ?? undoableOf(latest.current.shown, now(), ports());
          if (!arrival) return undefined;
          await takeBack(arrival);
          const entry = entryOf(arrival, now());
          return { kind: 'undone', checkIn: arrival, ...(entry ? { entry } : {}) };
        }, true),
      giveReason: (reason) =>
        void inTurn(async () => {
          const { shown: on } = latest.current;
          if (on.kind !== 'undone') return undefined;
          await takeBack(on.checkIn, reason);
          return { ...on, checkIn: { ...on.checkIn, undoneFor: reason } };
        }, true),
      review: (arrival) =>
        void inTurn(async () => {
          const entry = entryOf(arrival, now());
          return { kind: 'arrival', recorded: arrival, ...(entry ? { entry } : {}) };
        }, true),
      next: () => void inTurn(async () => ({ kind: 'idle' }), true),
    } satisfies Partial<Gate>;
  }, [recent]);
  return useMemo(() => ({ ...actions, shown, undoable }), [actions, shown, undoable]);
}

/** Whether what is shown stays although the camera read a code. */
export function keeps(shown: Shown, judgement: Judgement): boolean {
  const waits = shown.kind === 'person' || shown.kind === 'choose';
  return waits && judgement.kind === 'scanned' && isNoTicket(judgement.finding.verdict);
}

/** Whom an arrival is about, where the roster knows. */
export function entryOf(arrival: CheckIn, { roster }: Pick<GateContext, 'roster'>): RosterEntry | undefined {
  return (
    roster.byTicket(arrival.ticketId) ??
    (arrival.registrationId === undefined ? undefined : roster.byRegistration(arrival.registrationId))
  );
}

function undoableOf(shown: Shown, context: GateContext, ports: JudgePorts): CheckIn | undefined {
  const inTime = (c: CheckIn): boolean => correctedNow() - Date.parse(c.at) < UNDO_WITHIN;
  const last = (checkIns: readonly CheckIn[]): CheckIn | undefined =>
    checkIns.filter((c) => mayUndo(context, c) && inTime(c)).toSorted((a, b) => (a.at < b.at ? 1 : -1))[0];
  if (shown.kind === 'verdict' && shown.recorded) return shown.recorded;
  if (shown.kind === 'arrival') return mayUndo(context, shown.recorded) ? shown.recorded : undefined;
  if (shown.kind === 'undone') return undefined;
  if (shown.kind === 'person' || shown.kind === 'verdict') {
    const { ticket, entry } = shown.finding;
    const id = ticket?.ticketId ?? (entry && idOf(entry));
    return id === undefined ? undefined : last(ports.roster.checkIns(id));
  }
  const { roster, deviceId } = context;
  return last(
    roster
      .latest(20, (c) => c.deviceId === deviceId)
      .flatMap((c) => ports.roster.checkIns(c.ticketId).filter((now) => now.id === c.id)),
  );
}
