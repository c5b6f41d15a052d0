import type { CheckInList } from '#domain/door-rules.ts';
import { opensFor } from '#domain/door-rules.ts';
import { printedShortCode } from '#domain/ticket.ts';
import type { SheetPerson } from '#protocol/desk.ts';
import { useDoor } from '#client/hooks/use-door.ts';
import { useDoorLock } from '#client/hooks/use-door-lock.ts';
import type { Door } from '#client/store/door-view.ts';
import type { RosterIndex } from '#client/store/roster-index.ts';

export interface PaperDoor {
  readonly door: Door & { readonly eventId: string };
  readonly roster: RosterIndex;
  readonly list: CheckInList | undefined;
  readonly asOf: number;
}

/** The door that may deal with paper: ready, unlocked, and allowed to do everything. `loading` until that is known. */
export function usePaperDoor(): PaperDoor | 'loading' | 'none' {
  const { door, roster, asOf, loaded } = useDoor();
  const lock = useDoorLock(door?.deviceId);
  if (!loaded || lock.state === 'loading') return 'loading';
  if (door?.state !== 'ready' || door.profile !== 'full' || !door.eventId || lock.state !== 'open') return 'none';
  if (!roster) return 'loading';
  const list = roster.rules.lists.find((one) => one.id === door.listId);
  return { door: { ...door, eventId: door.eventId }, roster, list, asOf: asOf ?? 0 };
}

/** Who may come in at this list, as the paper shows them. */
export function sheetOf({ roster, list }: PaperDoor): SheetPerson[] {
  const { admitsRequested } = roster.rules;
  return roster
    .everyone()
    .filter((entry) => entry.state === 'confirmed' || (admitsRequested && entry.state === 'requested'))
    .filter((entry) => !list || opensFor(list, entry.subjectId))
    .map((entry) => personOf(entry, roster, list));
}

/** A person of the roster as the paper shows them. */
export function personOf(
  entry: ReturnType<RosterIndex['everyone']>[number],
  roster: RosterIndex,
  list: CheckInList | undefined,
): SheetPerson {
  const { registrationId, subjectId, firstName, lastName, party, needs, people = [] } = entry;
  const others = people.flatMap((person) => person.name ?? []);
  const ticketId = entry.ticketId ?? registrationId;
  return {
    registrationId,
    ticketId,
    subjectId,
    firstName,
    lastName,
    party,
    ...(needs === undefined ? {} : { needs }),
    ...(others.length > 0 ? { others } : {}),
    code: printedShortCode(ticketId),
    arrived: roster.presence(ticketId, party, list?.id).arrived,
  };
}
