import type { Attention } from '#client/store/database.ts';
import { database } from '#client/store/database.ts';
import { live } from '#client/store/live.ts';

/** An identity of this device from which the server takes nothing more, and which has something to send. */
export interface Blocked {
  /** `ReplicaRow.id`. */
  readonly replica: string;
  readonly reason: Attention;
  readonly waiting: number;
}

export const blocked = live<readonly Blocked[]>(async () => {
  const db = database();
  const [replicas, waiting] = await Promise.all([
    db.replicas.toArray(),
    db.outbox.where('state').equals('waiting').toArray(),
  ]);
  return replicas.flatMap(({ id, attention }) => {
    const count = waiting.filter((row) => row.replica === id).length;
    return attention && count > 0 ? [{ replica: id, reason: attention, waiting: count }] : [];
  });
}, []);
