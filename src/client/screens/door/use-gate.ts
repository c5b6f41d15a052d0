import { useEffect, useMemo, useRef, useState } from 'react';
import type { CheckIn, RosterEntry } from '#domain/check-in.ts';
import type { Uuid } from '#domain/ids.ts';
import type { TicketKey } from '#protocol/ticket-key.ts';
import { readPublicKey, verifyTicket } from '#client/platform/signatures.ts';
import { checkIn, undoCheckIn } from '#client/store/actions.ts';
import { correctedNow } from '#client/store/clock.ts';
import type { RosterIndex } from '#client/store/roster-index.ts';
import type { Finding, Judgement, JudgePorts, ReadBy } from './judge.ts';
import { isNoTicket, judgeEntry, judgeText } from './judge.ts';
import { RecentArrivals } from './recent-arrivals.ts';

/** What the panel shows. */
export type Shown =
  | { readonly kind: 'idle' }
  | { readonly kind: 'verdict'; readonly finding: Finding; readonly recorded?: CheckIn }
  /** Found by a code or a name, and waiting for the button. */
  | { readonly kind: 'person'; readonly finding: Finding; readonly entry: RosterEntry }
  | { readonly kind: 'choose'; readonly entries: readonly RosterEntry[] }
  | { readonly kind: 'undone'; readonly checkIn: CheckIn; readonly entry?: RosterEntry }
  /** The device could not write the arrival down. */
  | { readonly kind: 'failed' };

export interface Gate {
  readonly shown: Shown;
  /**
   * A code from the camera, or one that was typed to its end.
   * @returns the answer; undefined where the camera saw no ticket and what is shown stays
   */
  readonly read: (text: string, by: ReadBy) => Promise<Shown | undefined>;
  readonly choose: (entry: RosterEntry) => void;
  /** How many of the person's party come in. */
  readonly setCount: (count: number) => void;
  /** Records the person who is shown. */
  readonly record: () => void;
  /** Changes how many came in with the arrival that was just recorded. */
  readonly correct: (count: number) => void;
  /** The arrival that `undo` would take back: of the person who is shown, else this phone's latest. */
  readonly undoable: CheckIn | undefined;
  readonly undo: () => void;
  readonly next: () => void;
}

/**
 * The working door: judges what is read, records what is admitted, one after the other in the order in which it came.
 * @param onShown told of each new answer, for sound and hand
 */
export function useGate(
  door: { readonly deviceId: Uuid; readonly door: string; readonly eventId: Uuid },
  roster: RosterIndex,
  keys: readonly TicketKey[],
  onShown: (shown: Shown) => void,
): Gate {
  const [shown, setShown] = useState<Shown>({ kind: 'idle' });
  const recent = useMemo(() => new RecentArrivals(), []);
  const latest = useRef({ door, roster, keys, onShown, shown });
  useEffect(() => {
    latest.current = { door, roster, keys, onShown, shown };
    recent.settle((ticketId) => roster.checkIns(ticketId));
  });

  const undoable = useMemo(
    () => undoableOf(shown, door.deviceId, roster, portsOf(door.eventId, roster, keys, recent)),
    [shown, door, roster, keys, recent],
  );
  const actions = useMemo(() => {
    let turn: Promise<unknown> = Promise.resolve();
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
    const ports = (): JudgePorts =>
      portsOf(latest.current.door.eventId, latest.current.roster, latest.current.keys, recent);

    const record = async (finding: Finding): Promise<Shown> => {
      const { entry, ticket, text, count } = finding;
      const ticketId = ticket?.ticketId ?? entry?.ticketId;
      if (finding.verdict !== 'admitted' || ticketId === undefined) return { kind: 'verdict', finding };
      const { eventId, deviceId, door: name } = latest.current.door;
      const facts = {
        eventId,
        ticketId,
        count,
        ...(entry ? { registrationId: entry.registrationId } : {}),
      };
      const id = await checkIn({ ...facts, ...(entry || text === undefined ? {} : { ticket: text }) });
      const recorded: CheckIn = { ...facts, id, at: new Date(correctedNow()).toISOString(), deviceId, door: name };
      recent.add(recorded);
      return { kind: 'verdict', finding, recorded };
    };

    const takeBack = async (arrival: CheckIn): Promise<void> => {
      await undoCheckIn({ checkInId: arrival.id, eventId: arrival.eventId });
      recent.undo(arrival, new Date(correctedNow()).toISOString());
    };

    const present = (entry: RosterEntry, count?: number): Shown => {
      const { finding } = judgeEntry(entry, ports(), count);
      return finding.verdict === 'admitted' && entry.ticketId
        ? { kind: 'person', finding, entry }
        : { kind: 'verdict', finding };
    };

    const toUndo = (): CheckIn | undefined =>
      undoableOf(latest.current.shown, latest.current.door.deviceId, latest.current.roster, ports());

    return {
      read: (text, by) =>
        inTurn(async () => {
          const judgement = await judgeText(text, by, ports());
          // A poster behind the guest must not take away a person who waits for the button.
          if (by === 'camera' && keeps(latest.current.shown, judgement)) return undefined;
          if (judgement.kind === 'choose') return judgement;
          return judgement.kind === 'found' ? present(judgement.entry) : record(judgement.finding);
        }),
      choose: (entry) => void inTurn(async () => present(entry), true),
      setCount: (count) =>
        void inTurn(async () => {
          const now = latest.current.shown;
          return now.kind === 'person' ? present(now.entry, count) : undefined;
        }, true),
      record: () =>
        void inTurn(async () => {
          const now = latest.current.shown;
          if (now.kind !== 'person') return undefined;
          // Judged again: another door's arrival may have come in since the person was looked up.
          return record(judgeEntry(now.entry, ports(), now.finding.count).finding);
        }),
      correct: (count) =>
        void inTurn(async () => {
          const now = latest.current.shown;
          if (now.kind !== 'verdict' || !now.recorded || now.recorded.count === count) return undefined;
          await takeBack(now.recorded);
          return record({ ...now.finding, count });
        }, true),
      undo: () =>
        void inTurn(async () => {
          const arrival = toUndo();
          if (!arrival) return undefined;
          await takeBack(arrival);
          const entry = latest.current.roster.byTicket(arrival.ticketId);
          return { kind: 'undone', checkIn: arrival, ...(entry ? { entry } : {}) };
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

function portsOf(eventId: Uuid, roster: RosterIndex, keys: readonly TicketKey[], recent: RecentArrivals): JudgePorts {
  return {
    eventId,
    roster: {
      event: roster.event,
      byTicket: (ticketId) => roster.byTicket(ticketId),
      byShortCode: (code) => {
        const entry = roster.byShortCode(code);
        return entry ? [entry] : [];
      },
      checkIns: (ticketId) => recent.over(ticketId, roster.checkIns(ticketId)),
      isRevoked: (ticketId) => roster.isRevoked(ticketId),
    },
    verify: async (keyId, body, signature) => {
      const key = readPublicKey(keys.find((k) => k.keyId === keyId)?.publicKey ?? '');
      return key !== undefined && (await verifyTicket(body, signature, key));
    },
    now: correctedNow,
  };
}

function undoableOf(shown: Shown, deviceId: Uuid, roster: RosterIndex, ports: JudgePorts): CheckIn | undefined {
  if (shown.kind === 'verdict' && shown.recorded) return shown.recorded;
  if (shown.kind === 'undone') return undefined;
  if (shown.kind === 'person' || shown.kind === 'verdict') {
    const ticketId = shown.finding.ticket?.ticketId ?? shown.finding.entry?.ticketId;
    return ticketId === undefined ? undefined : lastOf(ports.roster.checkIns(ticketId));
  }
  return lastOf(
    roster
      .latest(20)
      .filter((c) => c.deviceId === deviceId)
      .flatMap((c) => ports.roster.checkIns(c.ticketId).filter((now) => now.id === c.id)),
  );
}

function lastOf(checkIns: readonly CheckIn[]): CheckIn | undefined {
  return checkIns.filter((c) => c.undoneAt === undefined).toSorted((a, b) => (a.at < b.at ? 1 : -1))[0];
}
