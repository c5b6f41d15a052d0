/**
 * What the store says to whoever listens, without knowing them: `queued` after a mutation became durable, so that a push
 * can start (D2), `wanted` after the person asked for something to be kept, `kept` at the first thing worth keeping (D4),
 * `pack` after they asked for a map, `picture` after they chose one, `clock` when the device's clock was set and has to be compared with the server's (P4), `followed` after what
 * they follow may be something else, `eventPictures` after they chose which pictures are kept.
 */
export type Signal = 'queued' | 'wanted' | 'kept' | 'pack' | 'picture' | 'clock' | 'followed' | 'eventPictures';

const listeners = new Set<(signal: Signal) => void>();

export function onSignal(listener: (signal: Signal) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function signal(what: Signal): void {
  for (const listener of listeners) listener(what);
}
