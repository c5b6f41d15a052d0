import type { Attention } from '#client/store/database.ts';
import { database } from '#client/store/database.ts';
import { live } from '#client/store/live.ts';

/** Why the server takes nothing more from an identity of this device that has something to send. */
export const blocked = live<readonly Attention[]>(async () => {
  const db = database();
  const [replicas, waiting] = await Promise.all([
    db.replicas.toArray(),
    db.outbox.where('state').equals('waiting').toArray(),
  ]);
  const withWork = new Set(waiting.map((row) => row.replica));
  const reasons = replicas.flatMap((row) => (row.attention && withWork.has(row.id) ? [row.attention] : []));
  return [...new Set(reasons)];
}, []);
