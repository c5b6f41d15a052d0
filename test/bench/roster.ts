import type { RosterEntry } from '#domain/check-in.ts';
import type { CheckInArgs } from '#protocol/check-in.ts';
import type { PushResponse } from '#protocol/push.ts';
import { rosterScope, scopeParameter } from '#protocol/scope.ts';
import type { Manifest } from '#protocol/snapshot.ts';
import { PROTOCOL, PROTOCOL_HEADER } from '#protocol/version.ts';
import { newUuid } from '../support/protocol-client.ts';
import type { ServerProcess } from '../support/server-process.ts';
import { enrol } from './stage.ts';

/** A roster as its server has it, with another door at which people arrive. */
export class Roster {
  readonly #url: string;
  readonly #bearer: string;
  readonly #eventId: string;
  readonly #entries: readonly RosterEntry[];
  readonly #replicaId = newUuid();
  #seq = 0;
  /** Entries up to here have arrived. */
  #next = 0;

  private constructor(url: string, bearer: string, eventId: string, entries: readonly RosterEntry[]) {
    this.#url = url;
    this.#bearer = bearer;
    this.#eventId = eventId;
    this.#entries = entries;
  }

  static async of(server: ServerProcess, eventId: string): Promise<Roster> {
    const { bearer } = await enrol(server, eventId);
    const { url } = server;
    const query = scopeParameter(rosterScope(eventId));
    const { manifests } = (await call(url, bearer, `/snapshots?${query}`)) as { manifests: Manifest[] };
    const entries: RosterEntry[] = [];
    for (const { hash } of manifests[0]?.pages ?? []) {
      const items = await call(url, bearer, `/snapshots/pages/${hash}?${query}`);
      for (const item of items as { kind: string; value: unknown }[])
        if (item.kind === 'entry') entries.push(item.value as RosterEntry);
    }
    return new Roster(url, bearer, eventId, entries);
  }

  /** The entries as documents of a peer. */
  documents(): object[] {
    return this.#entries.map((entry) => ({ id: entry.registrationId, kind: 'entry', ...entry }));
  }

  /** Some of them, as they are after a change: a peer sends a changed document whole. */
  changed(count: number): object[] {
    return this.documents()
      .slice(0, count)
      .map((doc) => ({ ...doc, needs: `arrivé·e ${newUuid()}` }));
  }

  /** Arrivals of people who are not in yet. */
  arrivals(count: number): CheckInArgs[] {
    const people = this.#entries.filter((entry) => entry.ticketId !== undefined);
    return Array.from({ length: count }, () => {
      const { ticketId, registrationId } = people[this.#next++ % people.length]!;
      return {
        checkInId: newUuid(),
        eventId: this.#eventId,
        ticketId: ticketId!,
        registrationId,
        count: 1,
        at: new Date().toISOString(),
        door: 'Porte nord',
      };
    });
  }

  /** People arrive at another door, which says so. */
  async arrive(count: number): Promise<void> {
    const clientAt = new Date().toISOString();
    const mutations = this.arrivals(count).map((args) => ({
      seq: ++this.#seq,
      mutationId: newUuid(),
      name: 'check-in',
      version: 1,
      args,
      clientAt,
    }));
    for (let at = 0; at < mutations.length; at += 100) {
      const body = { protocol: PROTOCOL, replicaId: this.#replicaId, mutations: mutations.slice(at, at + 100) };
      const { results } = (await call(this.#url, this.#bearer, '/push', body)) as PushResponse;
      if (results.some((result) => result.outcome !== 'applied')) throw new Error('an arrival was not taken');
    }
  }
}

async function call(url: string, bearer: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(`${url}/api/v1${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      authorization: `Bearer ${bearer}`,
      [PROTOCOL_HEADER]: String(PROTOCOL),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}
