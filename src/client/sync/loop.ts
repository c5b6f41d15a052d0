import { database } from '#client/store/database.ts';
import { onSignal } from '#client/store/signals.ts';
import { diskFull } from '#client/store/sync-view.ts';
import { Api } from './api.ts';
import { tellFollowed } from './follow.ts';
import { followHints } from './hints.ts';
import { alone } from './leader.ts';
import { pushAll } from './push.ts';
import type { Extent, Outcome } from './run.ts';
import { runSync } from './run.ts';

/**
 * When sync runs, in a tab:
 *
 *     resting ──(launch, online, visible, a write, a hint, the timer)──▶ running ──ok──▶ resting, timer in 5 minutes
 *                                                                          └─trouble─▶ resting, timer in 2 s · 2ⁿ, at most 5 minutes
 *
 * Only the timer's own runs make n grow: a door that notes thirty arrivals without a network is not therefore asked to wait
 * for minutes. Whoever is in trouble also runs when the line of hints opens again, the first sign that the server is back.
 * Each wait is drawn at random around its length, so that a hall full of phones does not come back in one instant.
 * A trigger during a run makes one more run after it. Nothing here is needed for correctness (D1).
 */
const CALM = 300_000;
const FIRST_RETRY = 2000;
const LONGEST_RETRY = 300_000;

const RUN_LOCK = 'escale-sync';
const PUSH_LOCK = 'escale-push';

const api = new Api();
let current: Promise<Outcome> | undefined;
let queued: Promise<Outcome> | undefined;
/** The extent of the queued run. */
let wanted: Extent = 'own';
let failures = 0;
/** When a run that brought everything ended. */
let lastAll = 0;
let byTimer = false;
let timer: ReturnType<typeof setTimeout> | undefined;
let started = false;
let visible = true;

/**
 * Runs sync now, or once more after the run that is going on. Never rejects.
 * @param extent `own` leaves the programme for another time
 */
export function syncNow(extent: Extent = 'all'): Promise<Outcome> {
  if (!current) return begin(extent);
  if (extent === 'all') wanted = 'all';
  queued ??= current.then(() => {
    const next = wanted;
    queued = undefined;
    wanted = 'own';
    return begin(next);
  });
  return queued;
}

function begin(extent: Extent): Promise<Outcome> {
  clearTimeout(timer);
  current = alone(RUN_LOCK, () => runSync(database(), api, extent))
    .catch((): Outcome => ({ kind: 'failing' }))
    .then((outcome) => {
      current = undefined;
      diskFull.set(outcome.kind === 'no_space');
      schedule(outcome, extent);
      return outcome;
    });
  return current;
}

function schedule(outcome: Outcome, extent: Extent): void {
  if (!started) return;
  const ok = outcome.kind === 'ok';
  if (!ok && (byTimer || failures === 0)) failures += 1;
  if (ok && extent === 'all') [failures, lastAll] = [0, Date.now()];
  byTimer = false;
  const backoff = ok ? FIRST_RETRY : Math.min(LONGEST_RETRY, FIRST_RETRY * 2 ** Math.min(failures - 1, 10));
  const asked = outcome.kind === 'failing' ? (outcome.retryAfter ?? 0) : 0;
  // What a person does in between must not put the programme off for ever.
  const calm = Math.max(FIRST_RETRY, CALM - (Date.now() - lastAll));
  const wait = failures === 0 ? calm : Math.max(backoff, asked);
  clearTimeout(timer);
  timer = setTimeout(
    () => {
      // A page that nobody sees leaves it to the one that is seen, and to the worker.
      if (!visible) return;
      byTimer = true;
      void syncNow();
    },
    wait * (0.75 + Math.random() / 2),
  );
}

/** Starts sync in this tab; once. */
export function startSync(): void {
  if (started) return;
  started = true;
  onSignal((what) => {
    // What a person just did goes up at once, beside a first load that may take minutes: the server takes it once (P2).
    if (what === 'queued' && current)
      void alone(PUSH_LOCK, () => pushAll(database(), new Api())).catch(() => undefined);
    if (what === 'queued') void syncNow('own');
    else if (what === 'wanted' || what === 'clock') void syncNow();
    else if (what === 'followed') void tellFollowed(database(), api).catch(() => undefined);
  });
  void launch();
  followHints(database(), api, {
    news: () => visible && void syncNow(),
    opened: () => failures > 0 && void syncNow(),
  });
}

/** What is on the device shows first: the network waits until that is drawn, unless there is nothing to draw. */
const DRAWING = 500;

async function launch(): Promise<void> {
  const kept = await database()
    .scopes.count()
    .catch(() => 0);
  if (kept > 0) await new Promise((resolve) => setTimeout(resolve, DRAWING));
  await syncNow();
}

/** The tab came into sight, or went out of it. */
export function setVisible(now: boolean): void {
  if (visible === now) return;
  visible = now;
  if (now && started) void syncNow();
}
