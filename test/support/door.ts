import { randomUUID } from 'node:crypto';
import type { Allotment } from '#domain/allotment.ts';
import type { CheckIn, DoorNote, RosterEntry } from '#domain/check-in.ts';
import type { DeviceProfile, DoorRules } from '#domain/door-rules.ts';
import { defaultDoorRules } from '#domain/door-rules.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { rosterScope } from '#protocol/scope.ts';
import { takeAllotment } from '#server/services/door/allotments.ts';
import type { Context } from '#server/services/context.ts';
import type { Device } from '#server/services/door/door-access.ts';
import { Phone } from './databases.ts';
import { itemsOf } from './scopes.ts';

export interface DoorOptions {
  readonly access?: 'open' | 'closed' | 'revoked';
  readonly profile?: DeviceProfile;
  readonly revokedAt?: number;
}

/** A door's phone that numbers its mutations as a device does. */
export class Door extends Phone {
  readonly ctx: Context;
  readonly event: ProgrammeEvent;

  constructor(ctx: Context, event: ProgrammeEvent, options: DoorOptions = {}) {
    const { access = 'open', profile = 'full', revokedAt } = options;
    const deviceId = randomUUID();
    super({
      kind: 'device',
      deviceId,
      eventId: event.id,
      access,
      profile,
      ...(revokedAt === undefined ? {} : { revokedAt }),
    });
    [this.ctx, this.event] = [ctx, event];
  }

  get device(): Device {
    return this.who as Device;
  }

  /** `applied` or the reason. */
  async sent(name: string, args: unknown, ctx = this.ctx): Promise<string> {
    const { results } = await this.send(ctx, this.make(name, args));
    return results[0]!.reason ?? results[0]!.outcome;
  }

  at(): string {
    return new Date(this.ctx.clock()).toISOString();
  }

  /** What every record says. */
  record(): { checkInId: string; eventId: string; count: number; at: string; door: string } {
    return { checkInId: randomUUID(), eventId: this.event.id, count: 1, at: this.at(), door: 'Entrée nord' };
  }

  /** Seats for walk-ins; the problem's code when there are none. */
  async take(seats: number, more: { subjectId?: string; allotmentId?: string } = {}, ctx = this.ctx) {
    const args = { allotmentId: randomUUID(), subjectId: this.event.id, seats, ...more };
    return takeAllotment(ctx, this.device, args);
  }

  walkIn(allotmentId: string | undefined, more: Record<string, unknown> = {}, ctx = this.ctx): Promise<string> {
    const given = allotmentId === undefined ? {} : { allotmentId };
    return this.sent('admit-walk-in', { ...this.record(), subjectId: this.event.id, ...given, ...more }, ctx);
  }
}

/** What the doors of an event hold, by kind. */
export async function rosterOf(ctx: Context, eventId: string) {
  const items = await itemsOf(ctx, rosterScope(eventId));
  const values = <T>(kind: string): T[] => items.filter((one) => one.kind === kind).map((one) => one.value as T);
  return {
    entries: values<RosterEntry>('entry'),
    checkIns: values<CheckIn>('check-in'),
    allotments: values<Allotment>('allotment'),
    notes: values<DoorNote>('note'),
    rules: values<DoorRules>('door-rules')[0],
  };
}

export async function subjectRow(ctx: Context, id: string) {
  return ctx.db.read.selectFrom('subject').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}

/** Rules of doors without an organiser who signs in for them. */
export async function writeRules(ctx: Context, eventId: string, more: Partial<DoorRules>): Promise<void> {
  const rules: DoorRules = { ...defaultDoorRules, ...more };
  const row = { data: JSON.stringify(rules), hidden_names: rules.hiddenNames ? 1 : 0 };
  await ctx.db.units.one((tx) =>
    tx.db
      .insertInto('door_rules')
      .values({ event_id: eventId, ...row })
      .onConflict((c) => c.column('event_id').doUpdateSet(row))
      .execute(),
  );
}
