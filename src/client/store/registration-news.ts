import type { Uuid } from '#domain/ids.ts';
import type { Registration, RegistrationState } from '#domain/registration.ts';
import type { EscaleDatabase } from './database.ts';
import { database } from './database.ts';
import { live, watch } from './live.ts';
import { readSetting, writeSetting } from './settings.ts';

/** What became of a registration since the person last knew, and by no deed of theirs. */
export interface RegistrationNews {
  readonly registration: Registration;
  readonly what: 'moved_up' | 'approved' | 'refused' | 'cancelled';
}

async function heldRegistrations(db: EscaleDatabase): Promise<Registration[]> {
  const items = await db.items.where('[scope+kind+id]').between(['person/', '', ''], ['person0', '', '']).toArray();
  return items.filter((item) => item.kind === 'registration').map((item) => item.value as Registration);
}

/** What is different from the states that were last seen; the difference stays until it is. */
export function newsOf(
  registrations: readonly Registration[],
  seen: Readonly<Record<Uuid, RegistrationState>>,
): RegistrationNews[] {
  return registrations.flatMap((registration): RegistrationNews[] => {
    const before = seen[registration.id];
    const { state, reason } = registration;
    if (before === undefined || before === state) return [];
    if (state === 'confirmed') return [{ registration, what: before === 'waitlisted' ? 'moved_up' : 'approved' }];
    // What the person has given back themselves is no news to them.
    if (reason !== 'by_organiser' || (state !== 'refused' && state !== 'cancelled')) return [];
    return [{ registration, what: state }];
  });
}

export async function newsIn(db: EscaleDatabase): Promise<RegistrationNews[]> {
  return newsOf(await heldRegistrations(db), (await readSetting(db, 'registrationStates')) ?? {});
}

export const registrationNews = live<readonly RegistrationNews[]>(async () => newsIn(database()), []);

/** The person has seen where these stand. */
export async function markNewsSeen(ids: readonly Uuid[], db = database()): Promise<void> {
  const held = await heldRegistrations(db);
  await db.transaction('rw', db.settings, async () => {
    const seen = (await readSetting(db, 'registrationStates')) ?? {};
    const now = held.filter((one) => ids.includes(one.id)).map((one) => [one.id, one.state] as const);
    await writeSetting(db, 'registrationStates', { ...seen, ...Object.fromEntries(now) });
  });
}

/** Notes registrations as they first come; from then on what becomes of them is told. */
export function keepRegistrationNews(): () => void {
  const db = database();
  const read = async () => ({
    held: await heldRegistrations(db),
    seen: (await readSetting(db, 'registrationStates')) ?? {},
  });
  return watch(read, ({ held, seen }) => {
    const fresh = held.filter((one) => seen[one.id] === undefined).map((one) => one.id);
    if (fresh.length > 0) void markNewsSeen(fresh, db).catch(() => undefined);
  });
}
