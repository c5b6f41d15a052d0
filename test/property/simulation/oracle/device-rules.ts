import type { ItemRow, OutboxRow, ReplicaRow, ScopeRow } from '#client/store/database.ts';
import type { Device } from '../device.ts';
import type { Disk } from '../store/memory-file.ts';
import { rowsOf } from '../store/memory-file.ts';
import type { Deed } from './model.ts';
import type { Fail, ServerRules } from './server-rules.ts';
import { canonical, difference, heldView } from './views.ts';

/** Watches every commit on a device's disk. */
export class DeviceRules {
  readonly #deeds: Map<string, Deed>;
  readonly #server: ServerRules;
  readonly #fail: Fail;
  /** Mutations that a person may take out of the outbox now. */
  readonly lettingGo = new Set<string>();
  /** Backups were put back: what was settled may be asked for anew. */
  restores = 0;

  constructor(deeds: Map<string, Deed>, server: ServerRules, fail: Fail) {
    this.#deeds = deeds;
    this.#server = server;
    this.#fail = fail;
  }

  committed(device: Device, before: Disk, after: Disk): void {
    if (before.outbox !== after.outbox) this.#outbox(device, before, after);
    if (before.scopes !== after.scopes) this.#scopes(device, before, after);
  }

  #outbox(device: Device, before: Disk, after: Disk): void {
    const old = byMutation(before);
    const now = byMutation(after);
    for (const [id, row] of now) {
      const was = old.get(id);
      if (was === row) continue;
      if (was) this.#changed(device, was, row);
      else this.#appeared(device, row, after);
    }
    for (const [id, row] of old) if (!now.has(id)) this.#disappeared(device, id, row, after);
    this.#order(device, [...old.values()], now);
    for (const replica of rowsOf<ReplicaRow>(after.replicas)) this.#dense(device, replica, [...now.values()]);
  }

  #appeared(device: Device, row: OutboxRow, disk: Disk): void {
    const replica = rowsOf<ReplicaRow>(disk.replicas).find((one) => one.id === row.replica);
    const owner = replica?.holderId ?? replica?.accountId ?? row.replica;
    const known = this.#deeds.get(row.mutationId);
    if (known) this.#fail('10', `${device.name} made ${row.mutationId} a second time`);
    this.#deeds.set(row.mutationId, {
      mutationId: row.mutationId,
      name: row.name,
      args: row.args,
      owner,
    });
  }

  /** 10: byte for byte. 2: what is said of it is what the server has committed. */
  #changed(device: Device, was: OutboxRow, is: OutboxRow): void {
    const content = ({ mutationId, name, version, args, clientAt, replica }: OutboxRow): string =>
      canonical({ mutationId, name, version, args, clientAt, replica });
    if (content(was) !== content(is)) this.#fail('10', `${device.name} changed ${was.mutationId}`);
    if (was.state === is.state) return;
    const step = `${was.state} ${is.state}`;
    if (step === 'waiting answered' || step === 'waiting refused') {
      const outcome = is.state === 'answered' ? 'applied' : (is.reason ?? 'refused');
      if (!this.#server.ever(is.mutationId, outcome))
        this.#fail('2', `${device.name} holds ${is.mutationId} for ${outcome}, the server never had that`);
    } else if (!(is.state === 'waiting' && this.restores > 0)) {
      this.#fail('2', `${device.name} turned ${is.mutationId} from ${was.state} to ${is.state}`);
    }
  }

  /** O2 and A1: only the person, or a verdict that is part of the base, removes one. */
  #disappeared(device: Device, id: string, row: OutboxRow, disk: Disk): void {
    if (row.state === 'refused' && (this.lettingGo.delete(`${device.name} ${id}`) || isGranted(row, disk))) return;
    if (row.state !== 'refused' && this.#server.ever(id, 'applied')) {
      for (const { scope, epoch, head } of this.#server.shownAt.get(id)!) {
        const kept = disk.scopes.get(JSON.stringify(scope))?.value as ScopeRow | undefined;
        const early = kept ? kept.epoch === epoch && kept.cursor < head : /^(person|desk)\//.test(scope);
        if (early)
          this.#fail(
            'A1',
            `${device.name} took ${id} off a base of ${scope} at ${kept?.cursor ?? 'nothing'} of ${head}`,
          );
      }
      return;
    }
    this.#fail('2', `${device.name} lost ${id} (${row.name}), which was ${row.state}`);
  }

  /** 10: what waits stays in its order. */
  #order(device: Device, old: readonly OutboxRow[], now: ReadonlyMap<string, OutboxRow>): void {
    for (const replica of new Set(old.map((row) => row.replica))) {
      const waiting = old.filter((row) => row.replica === replica && row.state === 'waiting').sort(bySeq);
      const after = waiting.flatMap((row) => now.get(row.mutationId) ?? []);
      const sorted = after.toSorted(bySeq);
      if (after.some((row, i) => sorted[i] !== row))
        this.#fail('10', `${device.name} reordered what waits of ${replica}`);
    }
  }

  /** O1: numbers are dense; nothing waits under a number that is still to be given, or under another replica's name. */
  #dense(device: Device, replica: ReplicaRow, rows: readonly OutboxRow[]): void {
    for (const row of rows) {
      if (row.replica !== replica.id) continue;
      const own = row.replicaId === replica.replicaId;
      if (row.state === 'waiting' && (!own || row.seq >= replica.nextSeq))
        this.#fail(
          '10',
          `${device.name}: ${row.mutationId} waits as ${row.seq} of ${row.replicaId}, next is ${replica.nextSeq}`,
        );
    }
  }

  #scopes(device: Device, before: Disk, after: Disk): void {
    for (const row of rowsOf<ScopeRow>(after.scopes)) {
      const id = JSON.stringify(row.scope);
      const was = before.scopes.get(id)?.value as ScopeRow | undefined;
      if (row === was || row.void) continue;
      if (was && !was.void && was.epoch === row.epoch && was.cursor > row.cursor)
        this.#fail('6', `${device.name} went back from ${was.cursor} to ${row.cursor} in ${row.scope}`);
      this.holds(device, row, after);
    }
  }

  /** 5: what is held is what the log showed at the cursor. */
  holds(device: Device, row: ScopeRow, disk: Disk): void {
    const right = this.#server.logs.at(row.epoch, row.scope, row.cursor);
    if (!right) return this.#fail('5', `${device.name} is at ${row.cursor} of ${row.scope}, which never was`);
    const wrong = difference(heldView(disk, row), right);
    if (wrong !== undefined) this.#fail('5', `${device.name} at ${row.cursor} of ${row.scope}: ${wrong}`);
  }
}

function byMutation(disk: Disk): Map<string, OutboxRow> {
  return new Map(rowsOf<OutboxRow>(disk.outbox).map((row) => [row.mutationId, row]));
}

function bySeq(a: OutboxRow, b: OutboxRow): number {
  return a.seq - b.seq;
}

/** P5: the server's later word, brought by a courier or a second try, takes the place of the refusal. */
function isGranted(row: OutboxRow, disk: Disk): boolean {
  if (row.name !== 'register') return false;
  const holder = rowsOf<ReplicaRow>(disk.replicas).find((one) => one.id === row.replica)?.holderId;
  const { registrationId } = row.args as { registrationId: string };
  const item = disk.items.get(JSON.stringify([`person/${holder}`, 'registration', registrationId]));
  const state = (item?.value as ItemRow | undefined)?.value as { state: string } | undefined;
  return state !== undefined && state.state !== 'refused';
}
