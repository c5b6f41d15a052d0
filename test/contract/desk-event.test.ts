import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultDoorRules } from '#domain/door-rules.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import type {
  AuditPage,
  CertificatePage,
  DeskArrivals,
  DeskEventDetail,
  DeskRegistrations,
  SheetPerson,
} from '#protocol/desk.ts';
import { engines } from '../support/databases.ts';
import type { Role } from '../support/desk-world.ts';
import { DeskWorld, roles } from '../support/desk-world.ts';
import { anEvent } from '../support/test-app.ts';

const MORNING = '00000000-0000-8000-8001-0000000000a1';
const EVENING = '00000000-0000-8000-8001-0000000000a2';
const LUNCH = '00000000-0000-8000-8002-0000000000a1';
const policy = { mode: 'open', capacity: 20, maxParty: 4 } as const;
const day = (date: string) => ({ date, start: '09:00', end: '18:00', zone: 'Europe/Paris' });

/** Two sessions over four days. */
const event: ProgrammeEvent = anEvent(1, {
  title: { fr: 'Quatre jours' },
  sessions: [
    { id: MORNING, title: { fr: 'Matin' }, slot: day('2026-11-20'), registration: policy },
    { id: EVENING, title: { fr: 'Soir' }, slot: day('2026-11-23'), registration: policy },
  ],
  registration: { mode: 'none' },
});

describe.each(engines)("the desk of an event's evening on %s", (engine) => {
  let world: DeskWorld;
  beforeAll(async () => {
    world = await DeskWorld.open(engine, event, anEvent(2));
    world.server.wait(6 * 3_600_000);
  });
  afterAll(() => world.close());

  const at = (time: string) => `2026-11-20T${time}:00.000Z`;
  const arrivals = async () => (await world.get('/arrivals')).json<DeskArrivals>();
  const registrations = async (query = '') => (await world.get(`/registrations${query}`)).json<DeskRegistrations>();
  const audit = async (query = '') => (await world.get(`/audit${query}`)).json<AuditPage>();
  const sheet = async (query = '') =>
    (await world.get(`/sheet${query}`)).json<{ people: SheetPerson[]; next?: string }>();

  test('every call of the desk is for who may run the event: per role', async () => {
    const id = event.id;
    const calls: [method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, payload?: object][] = [
      ['GET', `events/${id}`],
      ['GET', `events/${id}/registrations`],
      ['GET', `events/${id}/arrivals`],
      ['GET', `events/${id}/audit`],
      ['GET', `events/${id}/sheet`],
      ['GET', `events/${id}/certificates`],
      ['GET', `events/${id}/door-rules`],
      ['GET', `events/${id}/exports/registrations`],
      ['GET', `events/${id}/exports/arrivals`],
      ['GET', `events/${id}/exports/audit`],
      ['PUT', `events/${id}/door-rules`, defaultDoorRules],
      ['POST', `events/${id}/enrolments`, {}],
      [
        'POST',
        `events/${id}/paper`,
        {
          door: 'Papier',
          entries: [{ checkInId: randomUUID(), registrationId: randomUUID(), count: 1, at: at('09:00') }],
        },
      ],
    ];
    const missing: typeof calls = [
      ['POST', `events/${id}/check-ins/${randomUUID()}/settlement`, { as: 'mistake' }],
      ['DELETE', `events/${id}/paper/${randomUUID()}`],
      ['DELETE', `events/${id}/devices/${randomUUID()}`],
    ];
    const expected: Record<Role, number> = {
      organiser: 200,
      regional: 200,
      national: 200,
      other: 403,
      elsewhere: 403,
      nobody: 401,
    };
    for (const who of roles) {
      for (const [method, path, payload] of calls) {
        const status = (await world.call(who, method, path, payload)).statusCode;
        expect([who, path, status === 201 ? 200 : status]).toEqual([who, path, expected[who]]);
      }
      for (const [method, path, payload] of missing) {
        const status = (await world.call(who, method, path, payload)).statusCode;
        expect([who, path, status]).toEqual([who, path, expected[who] === 200 ? 404 : expected[who]]);
      }
      // Given, it does not end.
      if (expected[who] === 200) continue;
      const stream = await world.call(who, 'GET', `events/${id}/arrivals/stream`);
      expect([who, stream.statusCode]).toEqual([who, expected[who]]);
    }
  }, 60_000);

  test("a phone's credential opens nothing of the desk", async () => {
    const answer = await world.server.call({
      method: 'GET',
      url: `/api/v1/desk/events/${event.id}/arrivals`,
      headers: { authorization: `Bearer device.${randomUUID()}.${'a'.repeat(43)}` },
    });
    expect(answer.json()).toMatchObject({ code: 'sign_in_required' });
  });

  test('an event of several days says its first and its last, and its sessions in their order', async () => {
    const detail = (await world.get('')).json<DeskEventDetail>();
    expect(detail.event).toMatchObject({ firstDay: '2026-11-20', lastDay: '2026-11-23', capacity: 40 });
    expect(detail.subjects.map((s) => [s.id, s.title?.['fr'], s.slots[0]?.date])).toEqual([
      [MORNING, 'Matin', '2026-11-20'],
      [EVENING, 'Soir', '2026-11-23'],
    ]);
  });

  test('registrations are searched without accents, by code, filtered and read a page at a time', async () => {
    const helene = await world.register({ subjectId: MORNING, firstName: 'Hélène', lastName: 'Öztürk', party: 2 });
    await world.register({ subjectId: MORNING, firstName: 'Marius', lastName: "N'Diaye", needs: 'Boucle magnétique' });
    const zoe = await world.register({ subjectId: EVENING, firstName: 'Zoé', lastName: 'Le Goff' });

    expect((await registrations('?q=ozturk helene')).registrations.map((r) => r.id)).toEqual([helene.id]);
    const [found] = (await registrations('?q=helene')).registrations;
    expect((await registrations(`?q=${found!.code!.slice(5)}`)).registrations.map((r) => r.id)).toEqual([helene.id]);
    expect(await registrations(`?subject=${EVENING}`)).toMatchObject({ total: 1, registrations: [{ id: zoe.id }] });
    expect(await registrations('?state=waitlisted')).toEqual({ registrations: [], total: 0 });
    const second = await registrations('?limit=1&offset=1');
    expect(second).toMatchObject({ total: 3, registrations: [{ lastName: "N'Diaye", needs: 'Boucle magnétique' }] });
    expect((await world.get('/registrations?limit=201')).json()).toMatchObject({ code: 'bad_request' });
    expect((await world.get('/registrations?state=dead')).json()).toMatchObject({ code: 'bad_request' });
  });

  test('arrivals are counted once over all doors, by session and list; two doors that admitted one ticket are settled', async () => {
    const rules = {
      ...defaultDoorRules,
      countsInside: true,
      lists: [{ id: LUNCH, name: { fr: 'Repas' }, subjectIds: [MORNING] }],
    };
    await world.call('organiser', 'PUT', `events/${event.id}/door-rules`, rules);
    const [north, south] = [await world.door('Nord'), await world.door('Sud')];
    const [helene] = (await registrations('?q=ozturk')).registrations;
    const ticket = (await sheet()).people.find((p) => p.registrationId === helene!.id)!;
    const party = { id: helene!.id, ticketId: ticket.ticketId, party: 2 } as never;

    await north.admit(party, at('09:02'), { count: 1 });
    await south.admit(party, at('09:04'), { count: 1 });
    expect((await arrivals()).event).toEqual({ expected: 4, arrived: 2, inside: 2, walkIns: 0, absent: 2 });
    await north.admit(party, at('10:00'), { count: 2, exit: true });
    await south.admit(party, at('10:30'), { count: 2 });
    await north.admit(party, at('12:00'), { count: 2, listId: LUNCH });
    await north.send('admit-walk-in', {
      checkInId: randomUUID(),
      subjectId: MORNING,
      count: 1,
      at: at('09:10'),
      name: 'Ali',
    });
    let now = await arrivals();
    expect(now.event).toEqual({ expected: 4, arrived: 3, inside: 3, walkIns: 1, absent: 2 });
    expect(now.subjects.find((s) => s.id === MORNING)).toMatchObject({
      expected: 3,
      arrived: 3,
      walkIns: 1,
      absent: 1,
    });
    expect(now.lists).toEqual([
      { id: LUNCH, name: { fr: 'Repas' }, expected: 3, arrived: 2, inside: 2, walkIns: 0, absent: 1 },
    ]);
    expect(now.doors.map((d) => [d.door, d.arrived, d.left])).toEqual([
      ['Nord', 4, 2],
      ['Sud', 3, 0],
    ]);
    expect(now.doubles).toEqual([]);

    const [zoe] = (await registrations('?q=goff')).registrations;
    const one = { id: zoe!.id, ticketId: (await sheet(`?subject=${EVENING}`)).people[0]!.ticketId, party: 1 } as never;
    await north.admit(one, at('08:02'));
    const second = await south.admit(one, at('08:04'));
    now = await arrivals();
    expect(now.doubles).toMatchObject([
      {
        name: 'Zoé Le Goff',
        party: 1,
        over: 1,
        first: { door: 'Nord', at: at('08:02') },
        second: { door: 'Sud', checkInId: second },
      },
    ]);
    expect(now.event.arrived).toBe(4);
    const settle = (as: string) =>
      world.call('organiser', 'POST', `events/${event.id}/check-ins/${second}/settlement`, { as });
    expect((await settle('accepted')).statusCode).toBe(204);
    expect((await arrivals()).event.arrived).toBe(5);
    expect((await settle('mistake')).statusCode).toBe(204);
    now = await arrivals();
    expect(now.doubles).toEqual([]);
    expect(now.event.arrived).toBe(4);
    expect((await settle('nonsense')).json()).toMatchObject({ code: 'bad_request' });
  });

  test('the trail has every scan with its door, the refused ones too, and is read from the latest on', async () => {
    const north = await world.door('Est');
    world.server.wait(60_000);
    await north.send('log-scan', { scanId: randomUUID(), verdict: 'revoked', by: 'camera', at: at('11:00') });
    const id = randomUUID();
    world.server.wait(1000);
    await north.send('admit-walk-in', { checkInId: id, subjectId: MORNING, count: 1, at: at('11:01') });
    world.server.wait(1000);
    await north.send('undo-check-in', { checkInId: id, at: at('11:02'), reason: 'wrong_person' });
    const all = await audit();
    expect(all.entries.slice(0, 2)).toMatchObject([
      { kind: 'walk_in', verdict: 'admitted_walk_in', door: 'Est', device: 'Téléphone Est', undoneFor: 'wrong_person' },
      { kind: 'not_admitted', verdict: 'revoked', door: 'Est' },
    ]);
    const pages: string[] = [];
    let before = '';
    for (let page; ; before = `&before=${page.next}`) {
      page = await audit(`?limit=2${before}`);
      expect(page.entries.length).toBeLessThanOrEqual(2);
      pages.push(...page.entries.map((e) => e.id));
      if (page.next === undefined) break;
    }
    expect(pages).toEqual(all.entries.map((e) => e.id));
    expect((await audit('?verdict=revoked')).entries).toHaveLength(1);
    expect((await audit('?kind=exit')).entries.map((e) => e.verdict)).toEqual(['left']);
    expect(new Set((await audit(`?device=${north.deviceId}`)).entries.map((e) => e.door))).toEqual(new Set(['Est']));
    expect((await world.get('/audit?before=nonsense')).json()).toMatchObject({ code: 'bad_request' });
  });

  test('a ticket of another event that a door turned away tells nobody whose it is', async () => {
    const stranger = await world.door('Ouest');
    await stranger.send('log-scan', {
      scanId: randomUUID(),
      verdict: 'wrong_event',
      by: 'camera',
      ticketId: randomUUID(),
      at: at('11:30'),
    });
    const [entry] = (await audit('?verdict=wrong_event')).entries;
    expect(entry).not.toHaveProperty('name');
  });

  test('a paper list is typed in once, however often it is sent, and its lines can be taken back by who typed them', async () => {
    const aline = await world.register({ subjectId: EVENING, firstName: 'Aline', lastName: 'Petit', party: 3 });
    const entry = { checkInId: randomUUID(), registrationId: aline.id, count: 2, at: at('14:00') };
    const enter = async (entries: object[], who: Role = 'organiser') =>
      (await world.call(who, 'POST', `events/${event.id}/paper`, { door: 'Feuille papier', entries })).json<{
        outcomes: string[];
      }>().outcomes;
    expect(await enter([entry])).toEqual(['recorded']);
    expect(await enter([entry, { ...entry, checkInId: randomUUID(), count: 4 }])).toEqual(['recorded', 'recorded']);
    expect(await enter([{ ...entry, checkInId: randomUUID() }])).toEqual(['already']);
    expect(await enter([{ ...entry, checkInId: randomUUID(), registrationId: randomUUID() }])).toEqual(['unknown']);
    expect((await registrations('?q=petit')).registrations[0]).toMatchObject({ arrived: 3 });
    expect((await audit()).entries.find((e) => e.id === entry.checkInId)).toMatchObject({
      door: 'Feuille papier',
      by: 'organiser@desk.example',
      count: 2,
    });
    const undo = (who: Role) => world.call(who, 'DELETE', `events/${event.id}/paper/${entry.checkInId}`);
    expect((await undo('national')).statusCode).toBe(404);
    expect((await undo('organiser')).statusCode).toBe(204);
    expect((await undo('organiser')).statusCode).toBe(204);
    expect((await registrations('?q=petit')).registrations[0]).toMatchObject({ arrived: 1 });
    expect(
      (await world.call('organiser', 'POST', `events/${event.id}/paper`, { door: 'x', entries: [] })).json(),
    ).toMatchObject({ code: 'bad_request' });
  });

  test('the paper list has who may come in, with needs and codes, and no e-mail', async () => {
    const { people } = await sheet(`?subject=${MORNING}`);
    expect(new Set(people.map((p) => [p.lastName, p.party, p.needs].join()))).toEqual(
      new Set(["N'Diaye,1,Boucle magnétique", 'Öztürk,2,']),
    );
    expect(people.every((p) => /^[0-9A-Z]{4}-[0-9A-Z]{4}$/.test(p.code))).toBe(true);
    expect(JSON.stringify(people)).not.toContain('@');
    expect((await sheet(`?list=${LUNCH}`)).people).toHaveLength(2);
  });

  test('who came gets a certificate, whose printed code the desk can look up, and nobody can make one up', async () => {
    const { certificates } = (await world.get('/certificates')).json<CertificatePage>();
    expect(certificates.map((c) => c.name).toSorted()).toEqual(['Ali', 'Aline Petit', 'Hélène Öztürk', 'Zoé Le Goff']);
    const helene = certificates.find((c) => c.name === 'Hélène Öztürk')!;
    expect(helene).toMatchObject({ subjectId: MORNING, arrivals: [at('09:02')] });
    const look = (code: string, who: Role = 'organiser') => world.call(who, 'GET', `certificates/${code}`);
    const found = await look(helene.code.toLowerCase().replaceAll('-', ' '));
    expect(found.json()).toMatchObject({ event: { id: event.id }, certificate: helene });
    expect((await look(helene.code, 'national')).statusCode).toBe(200);
    for (const who of ['other', 'elsewhere'] as const) expect((await look(helene.code, who)).statusCode).toBe(404);
    expect((await look(helene.code, 'nobody')).statusCode).toBe(401);
    const last = helene.code.endsWith('0') ? '1' : '0';
    for (const code of [
      helene.code.slice(0, -1) + last,
      helene.code.slice(0, 9),
      'ZZZZ-ZZZZ-ZZZZ',
      '%25%25%25%25%25%25%25%25AAAA',
    ])
      expect((await look(code)).statusCode).toBe(404);
    const [one] = (await registrations('?q=ozturk')).registrations;
    const alone = (await world.get(`/certificates?registration=${one!.id}`)).json<CertificatePage>();
    expect(alone.certificates).toEqual([helene]);
  });

  test('tables are RFC 4180 with a mark for Excel, and no cell is a formula', async () => {
    await world.register({ subjectId: EVENING, firstName: '=HYPERLINK("http://x")', lastName: 'Du "Pont"; fils' });
    const answer = await world.get('/exports/registrations?language=en');
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8; header=present');
    expect(answer.headers['content-disposition']).toBe('attachment; filename="evenement-1-registrations.csv"');
    const lines = answer.body.split('\r\n');
    expect(lines[0]).toBe(
      '\uFEFFCode,Last name,First name,E-mail address,Session,People,State,Arrived,Needs,Requested at,With',
    );
    expect(lines.at(-1)).toBe('');
    expect(lines).toHaveLength((await registrations()).total + 2);
    expect(answer.body).toContain('"Du ""Pont""; fils","\'=HYPERLINK(""http://x"")"');
    const semicolons = await world.get('/exports/arrivals?separator=;');
    expect(semicolons.body.split('\r\n')[0]).toMatch(/^\uFEFFHeure;Événement;Personne;/);
    expect(semicolons.body).not.toContain('mauvaise');
    const trail = (await world.get('/exports/audit')).body.split('\r\n');
    expect(trail).toHaveLength((await audit('?limit=200')).entries.length + 2);
    expect((await world.get('/exports/secrets')).json()).toMatchObject({ code: 'bad_request' });
  });
});
