import type { SubscribeNewsletter } from '#protocol/newsletter.ts';
import { database } from './database.ts';
import { enqueue } from './outbox.ts';
import { ensureHolder, HOLDER } from './replicas.ts';
import { signal } from './signals.ts';

/** Asks for the newsletter; resolves once that is durable on the device. A mail will ask to confirm. */
export async function subscribeNewsletter(args: SubscribeNewsletter): Promise<void> {
  const db = database();
  await ensureHolder(db);
  await enqueue(db, HOLDER, 'subscribe-newsletter', args);
  signal('queued');
}
