import { randomBytes, randomUUID } from 'node:crypto';
import type { DeviceProfile } from '#domain/door-rules.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import type { Registration } from '#domain/registration.ts';
import { personScope } from '#protocol/scope.ts';
import type { EnrolmentOffer } from '#protocol/enrolment.ts';
import type { Engine } from '#server/db/migrations.ts';
import { ensureAccount, grantEvents } from '#server/services/people/accounts.ts';
import { publishEvents, saveEdition } from '#server/services/programme/publishing.ts';
import { Phone } from './databases.ts';
import { itemsOf } from './scopes.ts';
import type { TestApp } from './test-app.ts';
import { anEdition, openTestApp } from './test-app.ts';

/** Who asks: the event's organiser, one of another event, the correspondent of its region and of another one, the national team, nobody. */
export const roles = ['organiser', 'other', 'regional', 'elsewhere', 'national', 'nobody'] as const;
export type Role = (typeof roles)[number];

/** A server with accounts of every kind around one event, and people and doors that a test adds. */
export class DeskWorld {
  readonly server: TestApp;
  readonly event: ProgrammeEvent;
  readonly #cookies: Partial<Record<Role, string>> = {};

  private constructor(server: TestApp, event: ProgrammeEvent) {
    this.server = server;
    this.event = event;
  }

  /** @param event of region 52 */
  static async open(engine: Engine, event: ProgrammeEvent, another: ProgrammeEvent): Promise<DeskWorld> {
    const server = await openTestApp({}, engine);
    const world = new DeskWorld(server, event);
    await saveEdition(server.ctx, anEdition);
    await publishEvents(server.ctx, [event, another]);
    const accounts = {
      organiser: { role: 'organiser' },
      other: { role: 'organiser' },
      regional: { role: 'regional', region: '52' },
      elsewhere: { role: 'regional', region: '76' },
      national: { role: 'national' },
    } as const;
    for (const [name, account] of Object.entries(accounts)) {
      const email = `${name}@desk.example`;
      const { id } = await ensureAccount(server.ctx, { email, ...account });
      if (name === 'organiser') await grantEvents(server.ctx, id, [event.id]);
      if (name === 'other') await grantEvents(server.ctx, id, [another.id]);
      world.#cookies[name as Role] = await server.signIn(email);
    }
    return world;
  }

  call(who: Role, method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, payload?: object) {
    return this.server.call({
      method,
      url: `/api/v1/desk/${path}`,
      headers: { cookie: this.#cookies[who] ?? '' },
      ...(payload ? { payload } : {}),
    });
  }

  /** Of the event itself: `GET events/{id}{path}`. */
  get(path: string, who: Role = 'organiser') {
    return this.call(who, 'GET', `events/${this.event.id}${path}`);
  }

  /** Registers somebody and gives what their phone receives. */
  async register(more: Record<string, unknown> = {}): Promise<Registration> {
    // Registrations are listed in their order: two of the same moment have none.
    this.server.wait(1000);
    const phone = new Phone();
    const outcome = await phone.register(this.server.ctx, this.event, more);
    if (outcome !== 'applied') throw new Error(`not registered: ${outcome}`);
    const items = await itemsOf(this.server.ctx, personScope((phone.who as { holderId: string }).holderId));
    const found = items.find((item) => item.kind === 'registration');
    if (!found) throw new Error('no registration came back');
    return found.value as Registration;
  }

  /** An enrolled phone at a door. */
  async door(name: string, profile: DeviceProfile = 'full'): Promise<Door> {
    const path = `events/${this.event.id}/enrolments`;
    const offer = (await this.call('organiser', 'POST', path, { profile })).json<EnrolmentOffer>();
    const deviceId = randomUUID();
    const secret = randomBytes(32).toString('base64url');
    const payload = { code: offer.code, deviceId, secret, name: `Téléphone ${name}`, door: name };
    await this.server.call({ method: 'POST', url: '/api/v1/enrolments', payload });
    const phone = new Phone({ kind: 'device', deviceId, eventId: this.event.id, access: 'open', profile });
    return new Door(this, phone, name, deviceId);
  }

  close(): Promise<void> {
    return this.server.close();
  }
}

/** A phone at a door, which sends what it did at once. */
class Door {
  readonly deviceId: string;
  readonly #world: DeskWorld;
  readonly #phone: Phone;
  readonly #name: string;

  constructor(world: DeskWorld, phone: Phone, name: string, deviceId: string) {
    this.#world = world;
    this.#phone = phone;
    this.#name = name;
    this.deviceId = deviceId;
  }

  /** Records an arrival, or with `exit` that they left. @returns the record's id */
  async admit(registration: Registration, at: string, more: Record<string, unknown> = {}): Promise<string> {
    const checkInId = randomUUID();
    const { ticketId = registration.id, id: registrationId } = registration;
    await this.send('check-in', { checkInId, ticketId, registrationId, count: registration.party, at, ...more });
    return checkInId;
  }

  /** Sends anything of the door's, with the event, and its name. */
  async send(name: string, args: Record<string, unknown>): Promise<void> {
    const eventId = this.#world.event.id;
    const mutation = this.#phone.make(name, { eventId, door: this.#name, ...args });
    const { results } = await this.#phone.send(this.#world.server.ctx, mutation);
    const [result] = results;
    if (result?.outcome !== 'applied') throw new Error(`${name} was refused: ${result?.reason}`);
  }
}
