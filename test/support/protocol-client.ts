import { createHash, randomBytes } from 'node:crypto';
import * as v from 'valibot';
import { uuidV7 } from '#domain/ids.ts';
import type { Edition, ProgrammeEvent } from '#domain/programme.ts';
import type { Registration } from '#domain/registration.ts';
import { holderBearer } from '#protocol/credential.ts';
import type { MutationArgs, MutationName } from '#protocol/mutation.ts';
import { mutations } from '#protocol/mutation.ts';
import type { PushResponse } from '#protocol/push.ts';
import { pushResponse } from '#protocol/push.ts';
import type { Scope } from '#protocol/scope.ts';
import { DIRECTORY, personScope, programmeScope, scopeParameter } from '#protocol/scope.ts';
import type { Item } from '#protocol/snapshot.ts';
import { snapshotResponse } from '#protocol/snapshot.ts';
import { PROTOCOL, PROTOCOL_HEADER } from '#protocol/version.ts';

/** An attendee who has no phone: the wire protocol alone, for what a test needs to be there before a phone comes. */
export class ProtocolClient {
  readonly origin: string;
  readonly holderId: string;
  readonly #bearer: string;
  readonly #replicaId = newUuid();
  #seq = 0;

  constructor(origin: string) {
    this.origin = origin;
    const secret = randomBytes(32).toString('base64url');
    this.#bearer = holderBearer(secret);
    this.holderId = createHash('sha256').update(secret).digest('base64url');
  }

  /** Sends mutations in one push. */
  async push<N extends MutationName>(...wanted: { name: N; args: MutationArgs<N> }[]): Promise<PushResponse> {
    const clientAt = new Date().toISOString();
    const queued = wanted.map(({ name, args }) => {
      this.#seq += 1;
      return { seq: this.#seq, mutationId: newUuid(), name, version: mutations[name].version, args, clientAt };
    });
    const answer = await this.#call('POST', '/push', {
      protocol: PROTOCOL,
      replicaId: this.#replicaId,
      mutations: queued,
    });
    return v.parse(pushResponse, answer);
  }

  /** Registers people in one push and gives their registrations as a phone would receive them, in the same order. */
  async register(...people: Omit<MutationArgs<'register'>, 'registrationId' | 'language'>[]): Promise<Registration[]> {
    const wanted = people.map((args) => ({ ...args, registrationId: newUuid(), language: 'fr' as const }));
    await this.push(...wanted.map((args) => ({ name: 'register' as const, args })));
    const items = await this.snapshot(personScope(this.holderId));
    return wanted.map(({ registrationId }) => {
      const found = items.find((item) => item.kind === 'registration' && item.id === registrationId);
      if (!found) throw new Error('a registration did not come back');
      return found.value as Registration;
    });
  }

  async editions(): Promise<Edition[]> {
    return (await this.snapshot(DIRECTORY)).filter((i) => i.kind === 'edition').map((i) => i.value as Edition);
  }

  async events(editionId: string, regions: readonly string[]): Promise<ProgrammeEvent[]> {
    const items = await Promise.all(regions.map((region) => this.snapshot(programmeScope(editionId, region))));
    return items
      .flat()
      .filter((i) => i.kind === 'event')
      .map((i) => i.value as ProgrammeEvent);
  }

  /** All items of a scope by a first load. */
  async snapshot(scope: Scope): Promise<Item[]> {
    const query = scopeParameter(scope);
    const { manifests } = v.parse(snapshotResponse, await this.#call('GET', `/snapshots?${query}`));
    const items: Item[] = [];
    for (const page of manifests[0]?.pages ?? []) {
      items.push(...((await this.#call('GET', `/snapshots/pages/${page.hash}?${query}`)) as Item[]));
    }
    return items;
  }

  async #call(method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(`${this.origin}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#bearer}`,
        [PROTOCOL_HEADER]: String(PROTOCOL),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }
}

export function newUuid(): string {
  return uuidV7(Date.now(), randomBytes(10));
}
