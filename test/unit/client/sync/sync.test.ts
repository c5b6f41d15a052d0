import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Registration } from '#domain/registration.ts';
import { CONTENT, DIRECTORY, personScope, programmeScope } from '#protocol/scope.ts';
import { EscaleDatabase } from '#client/store/database.ts';
import { findEvent } from '#client/store/events.ts';
import { discard, enqueue } from '#client/store/outbox.ts';
import { ProgrammeIndex, programmeRecords, programmeView } from '#client/store/programme-view.ts';
import { registrationViews } from '#client/store/registrations-view.ts';
import { HOLDER } from '#client/store/replicas.ts';
import { readSetting } from '#client/store/settings.ts';
import { withdrawEvents } from '#server/services/programme/publishing.ts';
import { EDITION, eventWith, publish } from '../../../support/databases.ts';
import type { Site } from './device.ts';
import { Device, startSite } from './device.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());
afterEach(() => {
  site.gate.mode = 'open';
  site.gate.onAnswered = undefined;
});

const region = programmeScope(EDITION.id, '53');

async function cards(db: EscaleDatabase) {
  const records = await programmeRecords(db, EDITION.id);
  return programmeView(records, await new ProgrammeIndex().refresh(db, records.scopes));
}

async function views(device: Device) {
  const holder = await device.db.replicas.get(HOLDER);
  const range = EscaleDatabase.underItems(personScope(holder?.holderId ?? ''), 'registration');
  const items = await device.db.items
    .where('[scope+kind+id]')
    .between(...range)
    .toArray();
  return registrationViews(
    items.map((i) => i.value as Registration),
    await device.db.outbox.toArray(),
  );
}

describe('first load and pull', () => {
  test('L2 a first visit brings the current edition whole, and a later pull what changed since', async () => {
    const event = eventWith({ mode: 'open' });
    await publish(site.ctx, event);
    const device = new Device(site.gate.url);
    expect((await cards(device.db)).state).toBe('first-load');
    expect(await device.sync()).toEqual({ kind: 'ok' });
    const view = await cards(device.db);
    expect(view.state).toBe('ready');
    expect(view.cards.map((c) => c.id)).toContain(event.id);
    expect((await findEvent(device.db, 'slug', event.slug))?.title).toEqual(event.title);
    expect(await device.db.scopes.count()).toBe(21);

    const changed = { ...event, title: { fr: 'Atelier déplacé' } };
    const added = eventWith({ mode: 'none' });
    await publish(site.ctx, changed, added);
    expect(await device.sync()).toEqual({ kind: 'ok' });
    const after = await cards(device.db);
    expect(after.cards.find((c) => c.id === event.id)?.title).toEqual(changed.title);
    expect(after.cards.map((c) => c.id)).toContain(added.id);
    expect((await findEvent(device.db, 'id', event.id))?.title).toEqual(changed.title);

    await withdrawEvents(site.ctx, [event.id]);
    await device.sync();
    expect((await cards(device.db)).cards.map((c) => c.id)).not.toContain(event.id);
    expect(await findEvent(device.db, 'slug', event.slug)).toBeUndefined();
  });

  test('L2 a page that is not what its hash says is refused and nothing of it is kept', async () => {
    await publish(site.ctx, eventWith({ mode: 'none' }));
    const device = new Device(site.gate.url);
    const original = globalThis.fetch;
    globalThis.fetch = async (input, init) => {
      const response = await original(input, init);
      const path = decodeURIComponent(response.url);
      if (!path.includes('/pages/') || !path.includes(region)) return response;
      const text = (await response.text()).replace('Atelier', 'Attelier');
      return new Response(text, { status: response.status, headers: response.headers });
    };
    try {
      expect(await device.sync()).toEqual({ kind: 'unreachable' });
    } finally {
      globalThis.fetch = original;
    }
    expect(await device.db.scopes.get(region)).toBeUndefined();
    expect(await device.sync()).toEqual({ kind: 'ok' });
    expect((await cards(device.db)).cards.length).toBeGreaterThan(0);
  });

  test('L2 a first load that is cut off goes on with the pages that are there', async () => {
    await publish(site.ctx, ...Array.from({ length: 60 }, () => longEvent()));
    const large = programmeScope(EDITION.id, '11');
    const device = new Device(site.gate.url);
    let pages = 0;
    site.gate.onAnswered = ({ path }) => (path.includes('/pages/') && ++pages > 3 ? 'drop' : 'pass');
    expect(await device.sync()).toEqual({ kind: 'unreachable' });
    expect(await device.db.scopes.get(large)).toBeUndefined();
    const staged = await device.db.pages
      .where('[scope+name]')
      .between(...EscaleDatabase.under(large))
      .count();
    expect(staged).toBeGreaterThan(0);

    const fetched: string[] = [];
    site.gate.onAnswered = ({ path }) => {
      if (path.includes('/pages/')) fetched.push(path);
      return 'pass';
    };
    device.reload();
    expect(await device.sync()).toEqual({ kind: 'ok' });
    const row = await device.db.scopes.get(large);
    expect(row?.pages.length).toBeGreaterThan(4);
    const again = fetched.filter((path) => decodeURIComponent(path).includes(large));
    expect(again).toHaveLength(row!.pages.length - staged);
  });

  test('D2 a captive portal is never an answer, and everything stays as it was', async () => {
    const device = new Device(site.gate.url);
    await device.sync();
    const before = await device.db.scopes.toArray();
    await device.register(eventWith({ mode: 'open' }));
    site.gate.mode = 'portal';
    expect(await device.sync()).toEqual({ kind: 'unreachable' });
    expect(await device.db.scopes.toArray()).toEqual(before);
    expect(await device.db.outbox.where('state').equals('waiting').count()).toBe(1);
    expect((await readSetting(device.db, 'sync'))?.outcome).toBe('unreachable');
  });

  test("P4 the server's clock is measured at each exchange", async () => {
    const device = new Device(site.gate.url);
    await device.sync();
    const offset = await readSetting(device.db, 'clockOffset');
    expect(Math.abs(Date.now() + offset! - site.ctx.clock())).toBeLessThan(2000);
    expect((await readSetting(device.db, 'clockError'))!.error).toBeLessThan(1000);
    await device.db.settings.put({ key: 'clockOffset', value: offset! - 90_000 });
    await device.sync();
    await vi.waitUntil(async () => (await readSetting(device.db, 'clockOffset'))! > offset! - 80_000);
    expect(Math.abs((await readSetting(device.db, 'clockOffset'))! - offset!)).toBeLessThan(2000);
  });

  test('a choice of regions drops the others and brings them back', async () => {
    const device = new Device(site.gate.url);
    await device.sync();
    await device.db.settings.put({ key: 'regions', value: { [EDITION.id]: ['24'] } });
    await device.sync();
    expect(await device.db.scopes.toCollection().primaryKeys()).toEqual([
      CONTENT,
      DIRECTORY,
      programmeScope(EDITION.id, '24'),
    ]);
    expect(await device.db.pages.count()).toBe(0);
    await device.db.settings.delete('regions');
    await device.sync();
    expect(await device.db.scopes.count()).toBe(21);
  });
});

describe('a registration', () => {
  test('A1 shows at once, stays laid over until its verdict is pulled, and then is the base alone', async () => {
    const event = eventWith({ mode: 'open', capacity: 10, maxParty: 2 });
    await publish(site.ctx, event);
    const device = new Device(site.gate.url);
    await device.sync();
    const id = await device.register(event);
    expect((await views(device))[0]).toMatchObject({ id, state: 'requested', pending: 'register' });

    // The answer comes, the pull does not.
    let pushed = false;
    site.gate.onAnswered = ({ path }) => {
      if (path.endsWith('/push')) pushed = true;
      return pushed && !path.endsWith('/push') ? 'drop' : 'pass';
    };
    expect(await device.sync()).toEqual({ kind: 'unreachable' });
    expect(await device.db.outbox.toArray()).toMatchObject([{ state: 'answered' }]);
    expect((await views(device))[0]).toMatchObject({ id, pending: 'register' });

    site.gate.onAnswered = undefined;
    expect(await device.sync()).toEqual({ kind: 'ok' });
    expect(await device.db.outbox.count()).toBe(0);
    const [view] = await views(device);
    expect(view).toMatchObject({ id, state: 'confirmed' });
    expect(view?.pending).toBeUndefined();
    expect(view?.ticket).toMatch(/^ESCALE1/);
  });

  test('P2 an answer that was lost is asked for again and has one effect', async () => {
    const event = eventWith({ mode: 'open', capacity: 3, maxParty: 2 });
    await publish(site.ctx, event);
    const device = new Device(site.gate.url);
    await device.sync();
    await device.register(event, { party: 2 });
    let dropped = 0;
    site.gate.onAnswered = ({ path }) => (path.endsWith('/push') && dropped++ === 0 ? 'drop' : 'pass');
    expect(await device.sync()).toEqual({ kind: 'unreachable' });
    device.reload();
    expect(await device.db.outbox.toArray()).toMatchObject([{ state: 'waiting' }]);
    expect(await device.sync()).toEqual({ kind: 'ok' });
    expect(await views(device)).toMatchObject([{ state: 'confirmed', party: 2 }]);
  });

  test('O3 a refusal is kept with its reason and holds nothing back; the person lets it go', async () => {
    const full = eventWith({ mode: 'open', capacity: 0 });
    const open = eventWith({ mode: 'open' });
    await publish(site.ctx, full, open);
    const device = new Device(site.gate.url);
    await device.sync();
    const refused = await device.register(full);
    const kept = await device.register(open);
    expect(await device.sync()).toEqual({ kind: 'ok' });
    const all = await views(device);
    expect(all.find((v) => v.id === refused)).toMatchObject({ state: 'refused', refused: { seq: 1 } });
    expect(all.find((v) => v.id === refused)?.reason).toBeDefined();
    expect(all.find((v) => v.id === kept)).toMatchObject({ state: 'confirmed' });
    device.reload();
    const [row] = await device.db.outbox.toArray();
    expect(row).toMatchObject({ state: 'refused' });
    await discard(device.db, row!.replicaId, row!.seq);
    expect(await device.db.outbox.count()).toBe(0);
  });

  test('a cancellation shows at once and is confirmed by the base', async () => {
    const event = eventWith({ mode: 'open' });
    await publish(site.ctx, event);
    const device = new Device(site.gate.url);
    const registrationId = await device.register(event);
    await device.sync();
    await enqueue(device.db, HOLDER, 'cancel-registration', { registrationId });
    expect(await views(device)).toMatchObject([{ state: 'cancelled', pending: 'cancel' }]);
    await device.sync();
    const [view] = await views(device);
    expect(view).toMatchObject({ state: 'cancelled' });
    expect(view?.pending).toBeUndefined();
  });

  test('P2 a device that was copied takes a new replica, and nothing happens twice', async () => {
    const event = eventWith({ mode: 'open' });
    await publish(site.ctx, event);
    const device = new Device(site.gate.url);
    await device.register(event);
    const replica = await device.db.replicas.get(HOLDER);
    await device.sync();

    const copy = new Device(site.gate.url);
    await copy.db.replicas.add({ ...replica!, nextSeq: 1 });
    await copy.register(event, { email: 'other@example.org' });
    expect(await copy.sync()).toEqual({ kind: 'ok' });
    const renewed = await copy.db.replicas.get(HOLDER);
    expect(renewed?.replicaId).not.toBe(replica?.replicaId);
    expect(await copy.db.outbox.count()).toBe(0);
    expect((await views(copy)).filter((v) => v.state === 'confirmed')).toHaveLength(2);
  });

  test('P1 P2 more than one push holds goes up batch after batch, compressed unless something on the way minds', async () => {
    const event = eventWith({ mode: 'open' });
    await publish(site.ctx, event);
    const device = new Device(site.gate.url);
    device.api.batch = 100;
    const many = Array.from({ length: 230 }, () => device.register(event));
    await Promise.all(many);
    const sizes: number[] = [];
    const isZipped = (body: Buffer): boolean => body[0] === 0x1f && body[1] === 0x8b;
    site.gate.instead = ({ path, body }) => {
      if (path !== '/api/v1/push') return undefined;
      sizes.push(body.length);
      return isZipped(body) ? { status: 400, type: 'text/html', body: '<h1>Requête refusée</h1>' } : undefined;
    };
    expect(await device.sync()).toEqual({ kind: 'unreachable' });
    expect((await device.db.outbox.toArray()).every((row) => row.state === 'waiting')).toBe(true);
    expect(await device.sync()).toEqual({ kind: 'ok' });
    site.gate.instead = undefined;
    const [zipped, ...plain] = sizes;
    expect(plain).toHaveLength(3);
    expect(zipped! * 3).toBeLessThan(plain[0]!);
    expect((await views(device)).filter((view) => view.state === 'confirmed' && !view.pending)).toHaveLength(230);

    const again = new Device(site.gate.url);
    await Promise.all(Array.from({ length: 20 }, () => again.register(event)));
    let compressed = 0;
    site.gate.onForwarded = ({ path, body }) => void (path === '/api/v1/push' && isZipped(body) && compressed++);
    expect(await again.sync()).toEqual({ kind: 'ok' });
    site.gate.onForwarded = undefined;
    expect(compressed).toBe(1);
    expect((await views(again)).filter((view) => view.state === 'confirmed')).toHaveLength(20);
  });

  test('P2 what a restored server has lost goes up again, in order and once', async () => {
    const event = eventWith({ mode: 'open' });
    await publish(site.ctx, event);
    const device = new Device(site.gate.url);
    await device.register(event);
    // As after a restore: the server knows nothing of the two before.
    await device.db.replicas.update(HOLDER, { nextSeq: 4 });
    const [row] = await device.db.outbox.toArray();
    await device.db.outbox.clear();
    await device.db.outbox.bulkAdd([{ ...row!, seq: 3, mutationId: randomUUID() }]);
    expect(await device.sync()).toEqual({ kind: 'ok' });
    expect(await views(device)).toMatchObject([{ state: 'confirmed' }]);
    expect((await device.db.replicas.get(HOLDER))?.nextSeq).toBe(2);
  });

  test('L1 a log that began anew resets the base, never the outbox', async () => {
    const event = eventWith({ mode: 'open' });
    await publish(site.ctx, event);
    const device = new Device(site.gate.url);
    await device.register(event);
    await device.sync();
    const before = await views(device);
    for (const row of await device.db.scopes.toArray())
      await device.db.scopes.put({ ...row, epoch: 'of another life' });
    await device.register(eventWith({ mode: 'open' }));
    site.gate.onAnswered = ({ path }) => (path.endsWith('/push') ? 'drop' : 'pass');
    await device.sync();
    expect(await device.db.outbox.where('state').equals('waiting').count()).toBe(1);
    site.gate.onAnswered = undefined;
    expect(await device.sync()).toEqual({ kind: 'ok' });
    expect((await device.db.scopes.toArray()).every((row) => row.epoch !== 'of another life')).toBe(true);
    expect((await views(device)).find((v) => v.id === before[0]!.id)).toMatchObject({ state: 'confirmed' });
  });
});

function longEvent() {
  const noise = Array.from({ length: 600 }, () => randomUUID()).join(' ');
  return eventWith({ mode: 'none' }, { description: { fr: noise }, region: '11' });
}
