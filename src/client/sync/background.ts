import { EscaleDatabase } from '#client/store/database.ts';
import { Api } from './api.ts';
import { alone } from './leader.ts';
import { runSync } from './run.ts';

/** The name under which the browser is asked to wake the service worker for the outbox. */
export const OUTBOX_TAG = 'escale-outbox';

/**
 * A run of sync in the service worker, with a connection of its own. Rejects while something still waits that the server
 * could take, so that the browser wakes the worker again.
 */
export async function syncInBackground(): Promise<void> {
  const db = new EscaleDatabase();
  try {
    const outcome = await alone('escale-sync', () => runSync(db, new Api()));
    const waits = (await db.outbox.where('state').equals('waiting').count()) > 0;
    if (outcome.kind !== 'ok' && waits) throw new Error('the outbox still waits');
  } finally {
    db.close();
  }
}
