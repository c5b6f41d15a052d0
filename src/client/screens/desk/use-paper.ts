import { useCallback, useEffect, useRef, useState } from 'react';
import * as v from 'valibot';
import type { Uuid } from '#domain/ids.ts';
import type { SheetPerson } from '#protocol/desk.ts';
import { MAX_PAPER, paperEntry, paperOutcomes } from '#protocol/desk.ts';
import type { EnteredLine } from '#client/components/paper/paper-entry.tsx';
import { enterPaper, takeBackPaper } from '#client/platform/desk.ts';
import { paperKey } from '#client/platform/desk-memory.ts';
import type { CallFailure } from '#client/platform/session.ts';
import { readStored, writeStored } from '#client/platform/stored.ts';
import { newId } from '#client/store/ids.ts';

/** A line as this browser keeps it until the server has answered: no name, which the list gives back. */
const kept = v.array(
  v.object({
    entry: paperEntry,
    code: v.string(),
    state: v.picklist(['waiting', 'taken_back', ...paperOutcomes]),
  }),
);
type Kept = v.InferOutput<typeof kept>[number];

/** Lines that stay in sight. */
const SHOWN = 300;
const RETRY = 5000;

export interface Paper {
  /** The latest first. */
  readonly lines: readonly (Kept & { readonly name: string })[];
  readonly failure: CallFailure['reason'] | undefined;
  readonly enter: (person: SheetPerson, count: number, at: string) => void;
  readonly takeBack: (line: EnteredLine) => void;
}

/**
 * Lines typed in at the desk, sent a few at a time, and kept here until they are answered: a reload or a lost network loses none.
 * @param account whose they are: nobody else's session sends them
 */
export function usePaper(
  eventId: Uuid,
  account: string,
  { door, listId, people }: { readonly door: string; readonly listId: string; readonly people: readonly SheetPerson[] },
): Paper {
  const key = paperKey(eventId, account);
  const [lines, setLines] = useState<readonly Kept[]>(() => readStored(key, kept) ?? []);
  const [failure, setFailure] = useState<CallFailure['reason']>();
  const [round, setRound] = useState(0);
  const sending = useRef(false);

  useEffect(() => writeStored(key, lines), [key, lines]);

  useEffect(() => {
    const waiting = lines.filter((line) => line.state === 'waiting').slice(-MAX_PAPER);
    if (waiting.length === 0 || sending.current) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    sending.current = true;
    void enterPaper(
      eventId,
      door,
      waiting.map((line) => line.entry),
    ).then((called) => {
      sending.current = false;
      if (called.kind === 'failed') {
        setFailure(called.reason);
        timer = setTimeout(() => setRound((n) => n + 1), RETRY);
        return;
      }
      setFailure(undefined);
      const outcomes = new Map(waiting.map((line, i) => [line.entry.checkInId, called.value[i]]));
      setLines((now) =>
        now.map((line) => {
          const state = outcomes.get(line.entry.checkInId);
          return state && line.state === 'waiting' ? { ...line, state } : line;
        }),
      );
    });
    return () => clearTimeout(timer);
  }, [eventId, door, lines, round]);

  const enter = useCallback(
    (person: SheetPerson, count: number, at: string) => {
      const { registrationId, code } = person;
      const entry = { checkInId: newId(), registrationId, count, at, ...(listId ? { listId } : {}) };
      setLines((now) => [{ entry, code, state: 'waiting' as const }, ...now].slice(0, SHOWN));
    },
    [listId],
  );
  const takeBack = useCallback(
    ({ checkInId }: EnteredLine) => {
      void takeBackPaper(eventId, checkInId).then((called) => {
        if (called.kind === 'failed') setFailure(called.reason);
        else
          setLines((now) =>
            now.map((line) => (line.entry.checkInId === checkInId ? { ...line, state: 'taken_back' as const } : line)),
          );
      });
    },
    [eventId],
  );
  const names = new Map(people.map((one) => [one.registrationId, `${one.firstName} ${one.lastName}`.trim()]));
  return {
    lines: lines.map((line) => ({ ...line, name: names.get(line.entry.registrationId) || line.code })),
    failure,
    enter,
    takeBack,
  };
}
