import * as v from 'valibot';
import type { Uuid } from '#domain/ids.ts';
import type { TourPlan } from '#domain/tour-plan.ts';
import { plannedStart } from '#domain/tour-plan.ts';
import type { TourAnnouncement, TourEvent } from '#domain/tour-state.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { askCompass } from '#client/platform/compass.ts';
import type { Measured } from '#client/platform/position-watch.ts';
import { watchPosition } from '#client/platform/position-watch.ts';
import { readStored, writeStored } from '#client/platform/stored.ts';
import { keepAwake } from '#client/platform/wake-lock.ts';
import { correctedNow } from '#client/store/clock.ts';
import { Cell } from '#client/store/live.ts';
import { beginWalk, stepWalk, takeWalkUp } from '#client/store/walks.ts';

/** How this device follows walks, whichever. */
const options = v.object({
  /** The screen may go out, and the position is read now and then. */
  saving: v.boolean(),
  /** What happens is said aloud. */
  aloud: v.boolean(),
  /** The map turns with the phone. */
  headingUp: v.boolean(),
});
export type WalkOptions = v.InferOutput<typeof options>;

const KEPT = 'escale.walk';
export const walkOptions = new Cell<WalkOptions>(
  readStored(KEPT, options) ?? { saving: false, aloud: false, headingUp: false },
);

/** What has just happened on a walk; a new object each time. */
export interface Said {
  readonly slug: string;
  readonly announcements: readonly TourAnnouncement[];
}

/** The walk that this tab follows, from its start or resumption to its end, on whatever page one is meanwhile. */
export const followed = new Cell<string | undefined>(undefined);
export const said = new Cell<Said | undefined>(undefined);
/** Degrees from the north of the way that the phone moves, where it moves. */
export const course = new Cell<number | undefined>(undefined);

/** Between two looks at the clock: whether one is late, whether the position was lost. */
const TICK_MS = 15_000;

interface Session {
  readonly plan: TourPlan;
  turn: Promise<unknown>;
  timer: ReturnType<typeof setInterval>;
  /** A fix that waits for its turn; a newer one takes its place. */
  fix?: TourEvent;
  stopWatch?: () => void;
  sleep?: () => void;
}

let session: Session | undefined;

/** Sets out, in a gesture: the browser may ask for the position now. */
export function startWalk(plan: TourPlan, event: ProgrammeEvent): Promise<void> {
  const now = correctedNow();
  const start = plannedStart(
    event.sessions.map((one) => one.slot),
    now,
  );
  return open(plan, beginWalk(plan, event.id, now, start));
}

/** Goes on with a walk that is written down, in a gesture. */
export function resumeWalk(plan: TourPlan): Promise<void> {
  return open(plan, takeWalkUp(plan));
}

/** @param ready when the walk stands in the store: what happens meanwhile waits for it */
function open(plan: TourPlan, ready: Promise<void>): Promise<void> {
  leaveWalk();
  const opened: Session = {
    plan,
    turn: ready,
    timer: setInterval(() => void tell({ kind: 'tick', at: correctedNow() }).catch(() => undefined), TICK_MS),
  };
  session = opened;
  tell({ kind: 'resumed', at: correctedNow() }).catch(() => undefined);
  watch();
  // What iOS allowed it forgets with the page, and asks again in a gesture alone.
  if (walkOptions.get().headingUp) void askCompass();
  followed.set(plan.tour.slug);
  ready.catch(() => session === opened && leaveWalk());
  return ready;
}

/** This tab follows no walk any more; what is written down stays. */
export function leaveWalk(): void {
  if (!session) return;
  clearInterval(session.timer);
  session.stopWatch?.();
  session.sleep?.();
  session = undefined;
  followed.set(undefined);
  course.set(undefined);
}

/** Tells the walk what happened, one thing after the other. Resolves once it is written down. */
export function tell(event: TourEvent): Promise<void> {
  return session ? inTurn(session, () => event) : Promise.resolve();
}

/** @param take what is to be told, asked for when its turn has come */
function inTurn(now: Session, take: () => TourEvent | undefined): Promise<void> {
  const told = now.turn.then(async () => {
    const event = take();
    const step = event && session === now ? await stepWalk(now.plan, event) : undefined;
    if (!step || session !== now) return;
    if (step.announcements.length > 0) said.set({ slug: now.plan.tour.slug, announcements: step.announcements });
    if (step.state.phase === 'finished') leaveWalk();
  });
  now.turn = told.catch(() => undefined);
  return told;
}

export function arriveByHand(stop?: Uuid): Promise<void> {
  return tell({ kind: 'arrived', at: correctedNow(), by: 'hand', ...(stop ? { stop } : {}) });
}

export function arriveByCode(stop: Uuid): Promise<void> {
  return tell({ kind: 'arrived', at: correctedNow(), by: 'code', stop });
}

export function goOn(kind: 'next' | 'back' | 'ended'): Promise<void> {
  return tell({ kind, at: correctedNow() });
}

/** Stops and goes on listening to the position, with the walk. */
export function pauseWalk(paused: boolean): Promise<void> {
  if (paused) unwatch();
  else watch();
  return tell({ kind: paused ? 'paused' : 'resumed', at: correctedNow() });
}

export function setWalkOptions(change: Partial<WalkOptions>): void {
  const next = { ...walkOptions.get(), ...change };
  writeStored(KEPT, next);
  walkOptions.set(next);
  if (session?.stopWatch && change.saving !== undefined) watch();
}

/** Asks for the position again, in a gesture. */
export function askPositionAgain(): void {
  watch();
}

/** Does without the position, by steps and list. */
export function doWithoutPosition(): Promise<void> {
  unwatch();
  return tell({ kind: 'position', at: correctedNow(), state: 'off' });
}

function watch(): void {
  const now = session;
  if (!now) return;
  unwatch();
  const { saving } = walkOptions.get();
  tell({ kind: 'position', at: correctedNow(), state: 'waiting' }).catch(() => undefined);
  if (!saving) now.sleep = keepAwake();
  now.stopWatch = watchPosition(saving, {
    onFix: (fix) => session === now && onFix(now, fix),
    onProblem: (problem) => {
      if (session !== now) return;
      if (problem === 'denied') unwatch();
      tell({ kind: 'position', at: correctedNow(), state: problem }).catch(() => undefined);
    },
  });
}

function unwatch(): void {
  session?.stopWatch?.();
  session?.sleep?.();
  delete session?.stopWatch;
  delete session?.sleep;
}

function onFix(now: Session, { lat, lon, accuracy, age, course: way }: Measured): void {
  const at = correctedNow();
  course.set(way);
  const waits = now.fix !== undefined;
  now.fix = { kind: 'fix', fix: { lat, lon, accuracy, at: at - age }, now: at };
  // A disk that is slower than the satellites gets the latest.
  if (waits) return;
  inTurn(now, () => {
    const { fix } = now;
    delete now.fix;
    return fix;
  }).catch(() => undefined);
}
