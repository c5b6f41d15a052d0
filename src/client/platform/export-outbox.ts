import type { OutboxRow } from '#client/store/database.ts';
import { saveFile } from './save-file.ts';

/** Hands the person what waits and what was refused as a file (O3), byte for byte what would be sent. */
export function exportOutbox(items: readonly OutboxRow[]): void {
  const rows = items.map(({ replicaId, seq, mutationId, name, version, args, clientAt, state, reason }) => ({
    replicaId,
    seq,
    mutationId,
    name,
    version,
    args,
    clientAt,
    state,
    ...(reason ? { reason } : {}),
  }));
  saveFile('escale-envois.json', 'application/json', JSON.stringify(rows, undefined, 2));
}
