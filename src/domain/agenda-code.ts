import type { Uuid } from './ids.ts';
import { uuidFromBytes, uuidToBytes } from './ids.ts';
import { base32Decode, base32Encode } from './base32.ts';

/** Events in one code: a code that a phone reads from another's screen at arm's length. */
const PER_FRAME = 16;
/** Codes that make one agenda, at most. */
const MAX_FRAMES = 40;
const BEGIN = '#ajouter=';

/** One of the codes that carry an agenda; each adds its own events by itself, in any order, however often it is read. */
export interface AgendaFrame {
  readonly events: readonly Uuid[];
  /** From 1. */
  readonly part: number;
  readonly parts: number;
}

/**
 * The agenda as the end of addresses `/agenda#ajouter=1.2.…`, one for each code: part, parts and 16 bytes an event in base 32. What
 * stands behind `#` no server sees.
 */
export function agendaFrames(events: readonly Uuid[]): string[] {
  const parts = Math.min(MAX_FRAMES, Math.max(1, Math.ceil(events.length / PER_FRAME)));
  return Array.from({ length: parts }, (_, i) => {
    const bytes = events.slice(i * PER_FRAME, (i + 1) * PER_FRAME).flatMap((id) => [...uuidToBytes(id)]);
    return `${BEGIN}${i + 1}.${parts}.${base32Encode(Uint8Array.from(bytes))}`;
  });
}

/** Undefined for what is no code of ours, or a damaged one. */
export function readAgendaFrame(hash: string): AgendaFrame | undefined {
  const found = /^#ajouter=(\d{1,2})\.(\d{1,2})\.([0-9A-Z]+)$/.exec(hash.length > 2000 ? '' : hash);
  const bytes = found && base32Decode(found[3]!);
  if (!bytes || bytes.length === 0 || bytes.length % 16 !== 0 || bytes.length > PER_FRAME * 16) return undefined;
  const [part, parts] = [Number(found[1]), Number(found[2])];
  if (part < 1 || part > parts || parts > MAX_FRAMES) return undefined;
  const events = Array.from({ length: bytes.length / 16 }, (_, i) =>
    uuidFromBytes(bytes.subarray(i * 16, i * 16 + 16)),
  );
  return { events: [...new Set(events)], part, parts };
}
