import type { Instant } from '#domain/dates.ts';
import { followTour, resumeTour, startTour } from '#domain/tour-following.ts';
import type { TourPlan } from '#domain/tour-plan.ts';
import type { TourRating } from '#domain/tour-rating.ts';
import type { TourEvent, TourStep } from '#domain/tour-state.ts';
import { boundsOf } from '#domain/bounds.ts';
import type { RateTour } from '#protocol/rate-tour.ts';
import type { EscaleDatabase, TrackRow, WalkRow } from './database.ts';
import { database, durably } from './database.ts';
import { live, liveFamily } from './live.ts';
import { holdPacks, releasePacks } from './map-packs.ts';
import { enqueue } from './outbox.ts';
import { ensureHolder, HOLDER } from './replicas.ts';
import { signal } from './signals.ts';

/** A walk as it is written down; `undefined` until the store was read, null where there is none. */
export const walkOf = liveFamily((slug) =>
  live<WalkRow | null | undefined>(async () => (await database().walks.get(slug)) ?? null, undefined),
);

/** Every walk that this device has begun. */
export const walks = live<readonly WalkRow[]>(async () => database().walks.toArray(), []);

/** Where the phone was on a walk, in the order of time. */
export const trackOf = liveFamily((slug) => live<readonly TrackRow[]>(async () => readTrack(database(), slug), []));

function readTrack(db: EscaleDatabase, slug: string): Promise<TrackRow[]> {
  return db.track.where('slug').equals(slug).sortBy('n');
}

/** Begins a walk anew: an earlier one of the same tour, and its track, make room. */
export async function beginWalk(plan: TourPlan, eventId: string, at: Instant, plannedStart?: Instant): Promise<void> {
  const db = database();
  const { slug } = plan.tour;
  await durably(() =>
    db.transaction('rw', db.walks, db.track, async () => {
      await db.track.where('slug').equals(slug).delete();
      const state = startTour(plan, at, plannedStart);
      await db.walks.put({ slug, eventId, state, line: plan.route.length, updatedAt: at });
    }),
  );
  await hold(db, plan);
  signal('kept');
}

/** Takes a walk up again after the app was gone, on the line as it is now. */
export async function takeWalkUp(plan: TourPlan): Promise<void> {
  const db = database();
  await durably(() =>
    db.transaction('rw', db.walks, async () => {
      const row = await db.walks.get(plan.tour.slug);
      if (!row) return;
      // Another line: what lies before the present stop is all that is sure.
      const sameLine = Math.abs(row.line - plan.route.length) < 1;
      const state = resumeTour(plan, sameLine ? row.state : { ...row.state, progress: 0 });
      await db.walks.put({ ...row, state, line: plan.route.length });
    }),
  );
  await hold(db, plan);
}

/**
 * What an event makes of a walk, written down before it is told: of two tabs that follow the same walk each sees the other's
 * steps. Undefined where there is no such walk.
 */
export async function stepWalk(plan: TourPlan, event: TourEvent): Promise<TourStep | undefined> {
  const db = database();
  const { slug } = plan.tour;
  const step = await durably(() =>
    db.transaction('rw', db.walks, db.track, async () => {
      const row = await db.walks.get(slug);
      if (!row) return undefined;
      const stepped = followTour(plan, row.state, event);
      if (stepped.state === row.state) return stepped;
      await db.walks.put({ ...row, state: stepped.state, updatedAt: 'now' in event ? event.now : event.at });
      const moved = stepped.state.fixes.believed !== row.state.fixes.believed;
      if (event.kind === 'fix' && moved) {
        const { at, lat, lon, accuracy } = event.fix;
        await db.track.add({ slug, at, lat, lon, accuracy });
      }
      return stepped;
    }),
  );
  if (step?.state.phase === 'finished') await releasePacks(db, holder(slug));
  return step;
}

/** Forgets where the phone was, and nothing else. */
export async function forgetTrack(slug: string): Promise<void> {
  await database().track.where('slug').equals(slug).delete();
}

/** No map is taken away under somebody who walks on it. */
async function hold(db: EscaleDatabase, plan: TourPlan): Promise<void> {
  const bounds = boundsOf([...plan.route.points, ...plan.tour.stops.map((stop) => stop.position)]);
  if (bounds) await holdPacks(db, holder(plan.tour.slug), bounds);
}

function holder(slug: string): string {
  return `walk ${slug}`;
}

/** Says what one thought of a walk, in the place of what one said before. */
export async function rateTour(args: RateTour): Promise<void> {
  const db = database();
  await ensureHolder(db);
  await enqueue(db, HOLDER, 'rate-tour', args);
  signal('queued');
  signal('kept');
}

/** A rating as its writer sees it: the base with what they have said since laid over it (A1). */
export interface RatingView extends Omit<TourRating, 'at'> {
  readonly pending: boolean;
}

/** Undefined until the store was read, null where nothing was said. */
export const ratingOf = liveFamily((eventId) =>
  live<RatingView | null | undefined>(() => readRating(database(), eventId), undefined),
);

async function readRating(db: EscaleDatabase, eventId: string): Promise<RatingView | null> {
  const holderRow = await db.replicas.get(HOLDER);
  if (!holderRow) return null;
  const [item, rows] = await Promise.all([
    db.items.get([`person/${holderRow.holderId}`, 'tour-rating', eventId]),
    db.outbox.filter((row) => row.name === 'rate-tour' && row.state !== 'refused').toArray(),
  ]);
  const said = rows
    .filter((row) => (row.args as RateTour).eventId === eventId)
    .toSorted((a, b) => a.seq - b.seq)
    .at(-1);
  if (said) return { ...(said.args as RateTour), pending: said.state === 'waiting' };
  if (!item) return null;
  const { at: _, ...rating } = item.value as TourRating;
  return { ...rating, pending: false };
}
