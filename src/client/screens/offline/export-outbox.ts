import type { OutboxItem } from '#client/hooks/use-outbox.ts';

/** Hands the person what waits and what was refused as a file (O3), byte for byte what would be sent. */
export function exportOutbox(items: readonly OutboxItem[]): void {
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
  const url = URL.createObjectURL(new Blob([JSON.stringify(rows, undefined, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = 'escale-envois.json';
  link.click();
  // The browser has taken the file by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
