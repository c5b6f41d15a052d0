import { regionsAndNational } from '#domain/regions.ts';
import type { ReplicaKind } from '#protocol/mutation.ts';
import type { Scope } from '#protocol/scope.ts';
import {
  accountScopes,
  CONTENT,
  DIRECTORY,
  personScope,
  programmeScope,
  QUESTIONS,
  questionScope,
  rosterScope,
} from '#protocol/scope.ts';
import type { EscaleDatabase } from '#client/store/database.ts';
import { readEditions } from '#client/store/directory-view.ts';
import { actorOf } from '#client/store/account.ts';
import { HOLDER } from '#client/store/replicas.ts';
import { readSetting } from '#client/store/settings.ts';
import { bearerOf } from './push.ts';

/** Scopes that one credential reads. */
export interface Audience {
  readonly bearer?: string;
  /** Of a door. */
  readonly deviceId?: string;
  /** `ReplicaRow.id` of a signed-in person. */
  readonly account?: string;
  /** The door is closed by this device's clock alone. */
  readonly byClock?: true;
  readonly scopes: readonly Scope[];
}

/**
 * What this device keeps: the directory; of the current edition and of those that the person opened the regions they chose,
 * all until they choose; what was answered to the questions of events that they opened; their own registrations once there may
 * be any; what the signed-in person proposed and moderates; a roster a door.
 */
export async function audiences(db: EscaleDatabase): Promise<Audience[]> {
  const questions = ((await readSetting(db, 'questions')) ?? []).map(questionScope);
  const list: Audience[] = [{ scopes: [DIRECTORY, ...questions, ...(await programmeScopes(db)), CONTENT] }];
  const account = await readSetting(db, 'account');
  const replicas = await db.replicas.toArray();
  // Doors last: whoever stands last hears most, and comes first.
  for (const replica of replicas.toSorted((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind))) {
    if (replica.kind === 'account' && account && replica.accountId === account.id && !replica.attention) {
      list.push({ bearer: bearerOf(replica), account: replica.id, scopes: accountScopes(actorOf(account)) });
    }
    if (replica.id === HOLDER && replica.holderId && (replica.nextSeq > 1 || replica.known)) {
      list.push({ bearer: bearerOf(replica), scopes: [personScope(replica.holderId)] });
    }
    if (replica.kind !== 'device') continue;
    const door = await db.doors.get(replica.id);
    if (!door?.eventId || (door.state === 'gone' && !door.byClock)) continue;
    const { deviceId, byClock } = door;
    const scopes = [rosterScope(door.eventId)];
    list.push({ bearer: bearerOf(replica), deviceId, scopes, ...(byClock ? { byClock } : {}) });
  }
  return list;
}

const ORDER: readonly ReplicaKind[] = ['holder', 'account', 'device'];

async function programmeScopes(db: EscaleDatabase): Promise<Scope[]> {
  const opened = (await readSetting(db, 'editions')) ?? [];
  const chosen = (await readSetting(db, 'regions')) ?? {};
  return (await readEditions(db))
    .filter((edition) => edition.current || opened.includes(edition.id))
    .sort((a, b) => Number(b.current) - Number(a.current))
    .flatMap((edition) =>
      (chosen[edition.id] ?? regionsAndNational.map((r) => r.code)).map((code) => programmeScope(edition.id, code)),
    );
}

/** Programmes and answers that are kept and wanted no more. Nothing is unwanted while the directory is not there. */
export async function unwanted(db: EscaleDatabase, wanted: readonly Audience[]): Promise<Scope[]> {
  if (!(await db.scopes.get(DIRECTORY))) return [];
  const kinds = ['programme/', QUESTIONS];
  const kept = await db.scopes.where('scope').startsWithAnyOf(kinds).primaryKeys();
  const loading = await db.loads.where('scope').startsWithAnyOf(kinds).primaryKeys();
  const scopes = new Set(wanted.flatMap((a) => a.scopes));
  return [...new Set([...kept, ...loading])].filter((scope) => !scopes.has(scope));
}
