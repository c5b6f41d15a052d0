import type { CompiledQuery, Kysely } from 'kysely';
import type { Engine } from './migrations.ts';
import type { Schema } from './schema.ts';

/** Stands in a query for a value that is not known yet. */
class Slot {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/**
 * A query whose text is made once for each engine: to build and compile one takes SQLite's time to run it several times over, and a
 * door's evening is a thousand of the same.
 * @param names of the values that change from one run to the next
 * @param build called with something to write in the place of each; it may pass it on and never look at it
 */
export function prepared<V extends object, R>(
  names: readonly (keyof V & string)[],
  build: (db: Kysely<Schema>, values: V) => { compile(): CompiledQuery<R> },
): (tx: { readonly db: Kysely<Schema>; readonly kind: Engine }, values: V) => Promise<R[]> {
  const compiled = new Map<Engine, CompiledQuery<R>>();
  return async ({ db, kind }, values) => {
    let query = compiled.get(kind);
    if (!query) {
      const slots = Object.fromEntries(names.map((name) => [name, new Slot(name)])) as V;
      compiled.set(kind, (query = build(db, slots).compile()));
    }
    const parameters = query.parameters.map((one) => (one instanceof Slot ? values[one.name as keyof V] : one));
    const { rows } = await db.executeQuery<R>({ ...query, parameters });
    return rows;
  };
}
