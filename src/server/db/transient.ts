/**
 * The engine could not do it now and nothing of it was kept: busy, deadlock, connection lost, disk full (P3).
 * The same request may succeed later; it is never stored as a refusal.
 */
export class TransientError extends Error {
  override readonly name = 'TransientError';
}

/** Primary result codes of SQLite: busy, locked, out of memory, interrupted, I/O, full, cannot open, protocol. */
const SQLITE_TRANSIENT = new Set([5, 6, 7, 9, 10, 13, 14, 15]);
const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND', 'EAI_AGAIN']);

/** A deadlock or a serialisation failure on PostgreSQL: the whole transaction is worth another try at once. */
export function isConflict(error: unknown): boolean {
  const code = codeOf(error);
  return code === '40001' || code === '40P01';
}

/** Another transaction has just written a row with the same key. */
export function isUniqueViolation(error: unknown): boolean {
  return codeOf(error) === '23505';
}

export function isTransient(error: unknown): boolean {
  if (error instanceof TransientError) return true;
  if (!(error instanceof Error)) return false;
  const { errcode } = error as { errcode?: unknown };
  if (typeof errcode === 'number') return SQLITE_TRANSIENT.has(errcode & 0xff);
  const code = codeOf(error);
  if (code === undefined)
    return /timeout exceeded when trying to connect|Connection terminated|not queryable/.test(error.message);
  // Classes: 08 connection, 40 rollback, 53 resources, 55 not available, 57 operator intervention.
  return NETWORK.has(code) || /^(08|40|53|55|57)[0-9A-Z]{3}$/.test(code);
}

/** The error itself, or a TransientError about it. */
export function classified(error: unknown): unknown {
  if (error instanceof TransientError || !isTransient(error)) return error;
  return new TransientError('the database could not do it now', { cause: error });
}

function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error ? (error as { code?: unknown }).code : undefined;
  return typeof code === 'string' ? code : undefined;
}
