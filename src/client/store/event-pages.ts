import type { ProgrammeEvent } from '#domain/programme.ts';
import type { Scope } from '#protocol/scope.ts';
import type { EscaleDatabase } from './database.ts';
import type { PackItem } from './packs.ts';

/** The items of a programme's stored page; empty when it is not there any more. Apart from `scopes.ts`, because a launch needs this and no schema. */
export async function readProgrammePage(db: EscaleDatabase, scope: Scope, name: string): Promise<readonly PackItem[]> {
  const row = await db.pages.get([scope, name]);
  return typeof row?.text === 'string' ? (JSON.parse(row.text) as PackItem[]) : [];
}

/** An event in full from the page that its card came from. */
export async function readEvent(
  db: EscaleDatabase,
  scope: Scope,
  name: string,
  id: string,
): Promise<ProgrammeEvent | undefined> {
  const items = await readProgrammePage(db, scope, name);
  return items.find((item) => item.kind === 'event' && item.id === id)?.value as ProgrammeEvent | undefined;
}
