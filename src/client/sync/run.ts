import type { ClockOffset } from '#domain/clock.ts';
import { betterOffset } from '#domain/clock.ts';
import { DIRECTORY, QUESTIONS } from '#protocol/scope.ts';
import type { EscaleDatabase } from '#client/store/database.ts';
import { closeExpiredDoors, dropStrayRosters } from '#client/store/door.ts';
import { giveUpPack } from '#client/store/map-packs.ts';
import { flushDrafts } from '#client/store/proposal-drafts.ts';
import { forgetScope } from '#client/store/scopes.ts';
import { readSetting, writeSetting } from '#client/store/settings.ts';
import type { SyncRecord } from '#client/store/settings.ts';
import { tellFollowed } from './follow.ts';
import { resumeAllotments } from './allotments.ts';
import type { Api, Trouble } from './api.ts';
import { reportReady, resumeEnrolments } from './enrolment.ts';
import { isFull } from '#client/store/full-disk.ts';
import { loadMissing } from './load.ts';
import { pull } from './pull.ts';
import { pushAll } from './push.ts';
import type { Audience } from './wanted.ts';
import { audiences, unwanted } from './wanted.ts';

/** How a run ended. `no_space`: the device's disk, or the share that the browser gives us, is full. */
export type Outcome = { readonly kind: 'ok' } | { readonly kind: 'no_space' } | Trouble;

/** `own`: what the person or the door has to send, and their own scopes; `all`: the programme as well. */
export type Extent = 'all' | 'own';

/**
 * One run of sync:
 *
 *     enrol ─▶ push ─▶ directory ─▶ for each credential: pull ─▶ load what has no base ─▶ pull ─▶ report ─▶ push again
 *       └────────┴──────────┴──── any trouble ────▶ end: unreachable | failing | protocol_too_old
 *
 * Every step leaves the store whole, so that a run may be cut off anywhere and begun again from the start.
 */
export async function runSync(db: EscaleDatabase, api: Api, extent: Extent = 'all'): Promise<Outcome> {
  const before = await readSetting(db, 'sync');
  await note(db, { ...(before ?? { outcome: 'ok', at: Date.now() }), runningSince: Date.now() });
  api.onClock = (measured) => void noteClock(db, measured).catch(() => undefined);
  let outcome: Outcome = { kind: 'failing' };
  try {
    // Maps make room, one after the other, for what is worth more (D4).
    for (let room = true; room;) {
      try {
        outcome = (await steps(db, api, extent)) ?? { kind: 'ok' };
        break;
      } catch (error) {
        if (!isFull(error)) throw error;
        outcome = { kind: 'no_space' };
        room = await giveUpPack(db);
      }
    }
  } finally {
    await note(db, recordOf(outcome, before, extent));
  }
  return outcome;
}

/** A full disk has no room for it, and must not keep what waits from being sent. */
async function note(db: EscaleDatabase, record: SyncRecord): Promise<void> {
  try {
    await writeSetting(db, 'sync', record);
  } catch (error) {
    if (!isFull(error)) throw error;
  }
}

function recordOf(outcome: Outcome, before: SyncRecord | undefined, extent: Extent): SyncRecord {
  const at = Date.now();
  const syncedAt = outcome.kind === 'ok' && extent === 'all' ? at : before?.syncedAt;
  return { outcome: outcome.kind, at, ...(syncedAt === undefined ? {} : { syncedAt }) };
}

async function steps(db: EscaleDatabase, api: Api, extent: Extent): Promise<Trouble | undefined> {
  const began = Date.now();
  // A clock that was never compared with the server's may be years off: it closes nothing.
  const offset = await readSetting(db, 'clockOffset');
  if (offset !== undefined) await closeExpiredDoors(db, began, offset);
  await resumeEnrolments(db, api);
  await resumeAllotments(db, api);
  await flushDrafts(db);
  const unsent = await pushAll(db, api);
  // A server that fails at what waits may still tell what is new; one that asks for patience is left alone.
  if (unsent && (unsent.kind !== 'failing' || unsent.retryAfter !== undefined)) return unsent;
  let trouble: Trouble | undefined;
  // What to keep is written in the directory, so that one comes first.
  if (!(await db.scopes.get(DIRECTORY))) {
    trouble = await loadMissing(db, api, { scopes: [DIRECTORY] }, [DIRECTORY]);
    if (trouble) return trouble;
  }
  await dropStrayRosters(db);
  const wanted = await audiences(db);
  for (const scope of await unwanted(db, wanted)) await forgetScope(db, scope);
  // A door's roster and a person's own things before the whole of the programme.
  for (const audience of wanted.toReversed()) {
    trouble = await bring(db, api, extent === 'own' ? ownPart(audience) : audience, began);
    if (trouble) return trouble;
  }
  await tellFollowed(db, api);
  trouble = await reportReady(db, api);
  await flushDrafts(db);
  return trouble ?? unsent ?? pushAll(db, api);
}

/** What a person's own doings show up in: of what is public the answers to questions alone. */
function ownPart(audience: Audience): Audience {
  if (audience.bearer !== undefined) return audience;
  return { scopes: audience.scopes.filter((scope) => scope.startsWith(QUESTIONS)) };
}

/**
 * Everything of one audience: what happened since to what is here, then the snapshots of what is not, with what happened
 * since they were made. So one region that will not load holds nothing else up.
 */
async function bring(db: EscaleDatabase, api: Api, audience: Audience, began: number): Promise<Trouble | undefined> {
  const rows = await db.scopes.bulkGet([...audience.scopes]);
  const missing = audience.scopes.filter((_, i) => !rows[i] || rows[i].void);
  // The directory may have come a moment ago: its own pull can wait for the others'.
  const here = audience.scopes.filter((_, i) => rows[i] && !rows[i].void && rows[i].syncedAt < began);
  const { trouble, reload } = await pull(db, api, audience, here);
  if (trouble) return trouble;
  const wanted = [...missing, ...reload];
  if (wanted.length > 0) {
    const failed = await loadMissing(db, api, audience, wanted);
    if (failed) return failed;
  }
  const rest = audience.scopes.filter((scope) => !here.includes(scope) || reload.includes(scope));
  return rest.length > 0 ? (await pull(db, api, audience, rest)).trouble : undefined;
}

async function noteClock(db: EscaleDatabase, measured: ClockOffset): Promise<void> {
  await db.transaction('rw', db.settings, async () => {
    const offset = await readSetting(db, 'clockOffset');
    const quality = await readSetting(db, 'clockError');
    const known = offset === undefined || quality === undefined ? undefined : { offset, ...quality };
    if (betterOffset(known, measured) === known) return;
    await writeSetting(db, 'clockOffset', Math.round(measured.offset));
    await writeSetting(db, 'clockError', { error: Math.ceil(measured.error + 0.5), at: measured.at });
  });
}
