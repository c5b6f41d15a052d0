import type { CheckIn, DoorNote } from '#domain/check-in.ts';
import type { Uuid } from '#domain/ids.ts';
import type { CarriedRequest } from '#domain/request-code.ts';
import { entryOfRequest, readRequest } from '#domain/request-code.ts';
import type { RegistrationForm } from '#domain/registration-question.ts';
import type { MutationArgs, MutationName } from '#protocol/mutation.ts';
import type { DoorRow, OutboxRow } from './database.ts';
import type { EntryRow } from './roster-packs.ts';
import { rowOf } from './roster-packs.ts';

/** What a phone's own mutations change of its roster. */
export interface Overlay {
  readonly checkIns: ReadonlyMap<Uuid, CheckIn>;
  readonly notes: readonly DoorNote[];
  readonly carried: readonly EntryRow[];
}

/**
 * Lays mutations over a base, in order of `seq`; a record that the base has already stays as the server says.
 * @param base a record of the base
 * @param form what the event asks of those who register
 */
export function overlayOf(
  rows: readonly OutboxRow[],
  door: DoorRow,
  base: (id: Uuid) => CheckIn | undefined,
  form?: RegistrationForm,
): Overlay {
  const checkIns = new Map<Uuid, CheckIn>();
  const notes: DoorNote[] = [];
  const carried: EntryRow[] = [];
  const { deviceId } = door;
  const add = (record: CheckIn): void => {
    if (!base(record.id)) checkIns.set(record.id, record);
  };
  const change = (id: Uuid, to: (record: CheckIn) => CheckIn): void => {
    const record = checkIns.get(id) ?? base(id);
    if (record) checkIns.set(id, to(record));
  };
  for (const row of rows) {
    if (row.replica !== deviceId || row.state === 'refused') continue;
    if (is(row, 'check-in')) {
      const { checkInId: id, ticket: _, ...args } = row.args;
      add({ ...args, id, deviceId });
    } else if (is(row, 'undo-check-in')) {
      const { checkInId, at, reason } = row.args;
      change(checkInId, (record) => {
        const undoneFor = record.undoneFor ?? reason;
        return { ...record, undoneAt: record.undoneAt ?? at, ...(undoneFor ? { undoneFor } : {}) };
      });
    } else if (is(row, 'settle-check-in')) {
      const { checkInId, as, at, door: by } = row.args;
      change(checkInId, (record) => ({ ...record, settled: { as, by, at } }));
    } else if (is(row, 'answer-questions')) {
      const { checkInId, answers } = row.args;
      change(checkInId, (record) => ({ ...record, answers }));
    } else if (is(row, 'admit-walk-in')) {
      const { checkInId: id, subjectId, allotmentId: _, name, ...args } = row.args;
      const walkIn = { subjectId, ...(name === undefined ? {} : { name }) };
      add({ ...args, id, ticketId: id, deviceId, walkIn });
    } else if (is(row, 'courier')) {
      const { eventId, request, admitted } = row.args;
      const read = requestOf(request);
      if (!read) continue;
      carried.push(carriedRow(read, admitted !== undefined, form));
      if (!admitted) continue;
      const { checkInId: id, allotmentId: _, ...args } = admitted;
      const { registrationId } = read;
      add({ ...args, id, eventId, ticketId: registrationId, registrationId, deviceId });
    } else if (is(row, 'add-note')) {
      const { noteId: id, ...args } = row.args;
      notes.push({ ...args, id });
    }
  }
  return { checkIns, notes, carried };
}

function is<N extends MutationName>(row: OutboxRow, name: N): row is OutboxRow<N> & { args: MutationArgs<N> } {
  return row.name === name;
}

/** Who was let in is as good as confirmed for this evening; the server's entry takes the place of this one. */
function carriedRow(request: CarriedRequest, admitted: boolean, form: RegistrationForm | undefined): EntryRow {
  return rowOf({ ...entryOfRequest(request, form), state: admitted ? 'confirmed' : 'requested' });
}

const read = new Map<string, CarriedRequest | undefined>();

/** Read once: the same few requests are laid over the roster at every change. */
function requestOf(text: string): CarriedRequest | undefined {
  if (!read.has(text)) read.set(text, readRequest(text)?.request);
  return read.get(text);
}
