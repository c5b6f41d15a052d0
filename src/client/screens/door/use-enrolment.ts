import { useCallback, useEffect, useRef, useState } from 'react';
import type { ProblemCode } from '#protocol/problem.ts';
import { keepScanner } from '#client/platform/scanner.ts';
import type { Door } from '#client/store/door-view.ts';
import { signal } from '#client/store/signals.ts';
import { enrol } from '#client/sync/enrolment.ts';

export interface Names {
  readonly name: string;
  readonly door: string;
}

/** Why an enrolment stands still. */
export type EnrolProblem = 'scanner' | 'offline' | 'storage';

/**
 * `scanner`: the reader is put on the phone. It comes first, so that a door which the server knows to be ready can read codes.
 * `device`: the server is asked. `loading`: the roster and the keys arrive, and then the person opens the door.
 */
export type EnrolPhase = { readonly kind: 'idle' } | { readonly kind: 'scanner' | 'device' | 'loading' };

export interface Enrolment {
  readonly phase: EnrolPhase;
  readonly problem: EnrolProblem | undefined;
  /** Why the server did not take the phone up; the link is worth nothing then, or has to wait. */
  readonly refused: ProblemCode | 'malformed' | undefined;
  readonly start: (code: string, names: Names, onSettled: () => void) => void;
  readonly retry: () => void;
  /** The person has seen that the phone is ready. */
  readonly finish: () => void;
}

/** Takes a phone from its one-time code to a door that is ready, and goes on after being killed in between. */
export function useEnrolment(door: Door | undefined): Enrolment {
  const [phase, setPhase] = useState<EnrolPhase>({ kind: 'idle' });
  const [problem, setProblem] = useState<EnrolProblem>();
  const [refused, setRefused] = useState<ProblemCode | 'malformed'>();
  const again = useRef<() => void>(() => signal('wanted'));

  const run = useCallback(async (code: string, names: Names, onSettled: () => void): Promise<void> => {
    setProblem(undefined);
    setRefused(undefined);
    setPhase({ kind: 'scanner' });
    const scanner = await keepScanner();
    if (scanner.kind === 'failed') {
      setProblem('scanner');
      return;
    }
    setPhase({ kind: 'device' });
    try {
      const outcome = await enrol(code, names.name, names.door);
      // Asked or refused: either way the code is no longer the person's to type.
      onSettled();
      if (outcome.kind === 'refused') {
        setRefused(outcome.code);
        setPhase({ kind: 'idle' });
        return;
      }
      if (outcome.kind === 'unreachable') setProblem('offline');
      setPhase({ kind: outcome.kind === 'enrolled' ? 'loading' : 'device' });
    } catch {
      setProblem('storage');
    }
  }, []);

  const start = useCallback(
    (code: string, names: Names, onSettled: () => void) => {
      again.current = () => void run(code, names, onSettled);
      again.current();
    },
    [run],
  );
  const retry = useCallback(() => again.current(), []);
  const finish = useCallback(() => setPhase({ kind: 'idle' }), []);

  // Sync goes on by itself with what was begun: this page only follows.
  const state = door?.state;
  const before = useRef(state);
  useEffect(() => {
    const was = before.current;
    before.current = state;
    if (state === 'enrolling' || state === 'loading') {
      if (state === 'loading') setProblem(undefined);
      setPhase((now) =>
        now.kind === 'idle' || now.kind === 'device' ? { kind: state === 'loading' ? 'loading' : 'device' } : now,
      );
    } else if (was === 'enrolling' && state !== 'ready') {
      // Refused while nobody was asking: the link had run out by the time the network came back.
      setRefused((known) => known ?? 'enrolment_expired');
      setPhase({ kind: 'idle' });
    } else if (was === 'loading' && state !== 'ready') setPhase({ kind: 'idle' });
  }, [state]);

  return { phase, problem, refused, start, retry, finish };
}
