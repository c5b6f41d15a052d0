import * as v from 'valibot';

/**
 * Small things of this device alone, written at once as the person types: a draft survives a reload and a phone that kills the app.
 * What matters to others is in the store. Where the browser refuses storage, nothing is kept and nothing breaks.
 */
export function readStored<Schema extends v.GenericSchema>(
  key: string,
  schema: Schema,
): v.InferOutput<Schema> | undefined {
  try {
    const text = localStorage.getItem(key);
    if (text === null) return undefined;
    const parsed = v.safeParse(schema, JSON.parse(text));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined forgets it. */
export function writeStored(key: string, value: unknown): void {
  try {
    if (value === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Refused or full: what is on the screen is still there.
  }
}
