import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RosterEntry } from '#domain/check-in.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import type { RegistrationForm } from '#domain/registration-question.ts';
import type { DeskAfterwards } from '#protocol/afterwards.ts';
import type { DeskRegistrations } from '#protocol/desk.ts';
import type { DeskForm } from '#protocol/registration-question.ts';
import { programmeScope, rosterScope } from '#protocol/scope.ts';
import { publishEvents } from '#server/services/programme/publishing.ts';
import { carriedCode } from '../support/carried.ts';
import { engines, newHolder, registerArgs } from '../support/databases.ts';
import { DeskWorld } from '../support/desk-world.ts';
import { itemsOf } from '../support/scopes.ts';
import { anEvent } from '../support/test-app.ts';

const [SERVICE, MEAL, LIFT] = [randomUUID(), randomUUID(), randomUUID()] as const;
const FORM: RegistrationForm = {
  questions: [
    { id: SERVICE, text: { fr: 'Votre service', en: 'Your department' }, kind: 'text', required: true },
    {
      id: MEAL,
      text: { fr: 'Repas' },
      kind: 'choice',
      options: [{ fr: 'Viande' }, { fr: 'Végétarien' }],
      required: false,
      perPerson: true,
      atDoor: true,
    },
    { id: LIFT, text: { fr: 'Ascenseur' }, kind: 'yes_no', required: false },
  ],
};
const given = {
  answers: { [SERVICE]: 'Voirie', [LIFT]: 'no' },
  people: [{ answers: { [MEAL]: '0' } }, { name: 'Paul Œuf', answers: { [MEAL]: '1' } }],
};

describe.each(engines)('what an organiser asks of those who register, on %s', (engine) => {
  const event = anEvent(1);
  let world: DeskWorld;
  beforeAll(async () => {
    world = await DeskWorld.open(engine, event, anEvent(2));
  });
  afterAll(() => world.close());

  const form = async (): Promise<DeskForm> => (await world.get('/registration-form')).json<DeskForm>();
  const save = (next: RegistrationForm, basedOn: string, who: 'organiser' | 'other' | 'nobody' = 'organiser') =>
    world.call(who, 'PUT', `events/${event.id}/registration-form`, { form: next, basedOn });
  const set = async (next: RegistrationForm): Promise<DeskForm> => {
    const answer = await save(next, (await form()).version);
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json<DeskForm>();
  };
  const entry = async (id: string): Promise<RosterEntry> =>
    (await itemsOf(world.server.ctx, rosterScope(event.id))).find((one) => one.id === id)!.value as RosterEntry;
  const listed = async (id: string) =>
    (await world.get('/registrations')).json<DeskRegistrations>().registrations.find((one) => one.id === id)!;

  test('is set by who runs the event, travels with it, and is not written over unseen', async () => {
    const before = await form();
    expect(before.form).toEqual({ questions: [] });
    await set(FORM);
    const items = await itemsOf(world.server.ctx, programmeScope(event.editionId, event.region));
    expect((items.find((one) => one.id === event.id)!.value as ProgrammeEvent).registrationForm).toEqual(FORM);
    expect((await save({ questions: [] }, before.version)).json()).toMatchObject({ code: 'edited_elsewhere' });
    expect((await save(FORM, before.version, 'other')).json()).toMatchObject({ code: 'forbidden' });
    expect((await save(FORM, before.version, 'nobody')).json()).toMatchObject({ code: 'sign_in_required' });
    const choice = { ...FORM.questions[1]!, options: [{ fr: 'Seul' }] };
    expect((await save({ questions: [choice] }, before.version)).json()).toMatchObject({ code: 'bad_request' });
    // A source that says the event again says nothing of it.
    await publishEvents(world.server.ctx, [{ ...event, registrationForm: FORM, title: { fr: 'Autrement' } }]);
    expect((await form()).form).toEqual(FORM);
  });

  test('keeps what was answered, shows it to its holder and to the desk, and tells the door only what is marked for it', async () => {
    const mine = await world.register({ party: 2, ...given });
    expect(mine).toMatchObject(given);
    expect(await listed(mine.id)).toMatchObject(given);
    // Who comes along is found at the desk by their own name.
    const found = (await world.get('/registrations?q=oeuf')).json<DeskRegistrations>();
    expect(found.registrations.map((one) => one.id)).toEqual([mine.id]);
    const told = await entry(mine.id);
    expect(told).toMatchObject({ people: given.people });
    expect(told).not.toHaveProperty('answers');

    const sheet = (await world.get('/sheet')).json<{ people: { registrationId: string; others?: string[] }[] }>();
    expect(sheet.people.find((one) => one.registrationId === mine.id)?.others).toEqual(['Paul Œuf']);

    const csv = (await world.get('/exports/registrations?language=en')).body.split('\r\n');
    expect(csv[0]).toMatch(/,With,Your department,Repas,Ascenseur$/);
    expect(csv.find((line) => line.includes('Paul'))).toMatch(
      /,Paul Œuf,Voirie,Ana Le Goff: Viande; Paul Œuf: Végétarien,no$/,
    );
  });

  test('takes a registration of an older app, which answers nothing, and leaves out what nobody asked', async () => {
    const old = await world.register({});
    expect(old.state).toBe('confirmed');
    expect(old).not.toHaveProperty('answers');
    const stray = await world.register({
      party: 1,
      answers: { [SERVICE]: ' Eaux ', [randomUUID()]: 'x', [LIFT]: 'perhaps' },
      people: [{}, { name: 'One too many' }],
    });
    expect(stray).toMatchObject({ answers: { [SERVICE]: 'Eaux' } });
    expect(stray).not.toHaveProperty('people');
    await expect(world.register({ answers: { nonsense: 'x' } })).rejects.toThrow('invalid');
    await expect(world.register({ people: [{ name: 'x'.repeat(201) }] })).rejects.toThrow('invalid');
  });

  test('tells the doors anew when another answer is marked for them, and no name where names are hidden', async () => {
    const one = await world.register({ party: 2, ...given });
    await set({ questions: [FORM.questions[0]!, FORM.questions[1]!, { ...FORM.questions[2]!, atDoor: true }] });
    expect(await entry(one.id)).toMatchObject({ answers: { [LIFT]: 'no' }, people: given.people });
    await set({ questions: [FORM.questions[0]!] });
    expect(await entry(one.id)).toMatchObject({ people: [{}, { name: 'Paul Œuf' }] });
    // What was answered stays with the registration.
    expect(await listed(one.id)).toMatchObject(given);
    const rules = (await world.get('/door-rules')).json<object>();
    await world.call('organiser', 'PUT', `events/${event.id}/door-rules`, { ...rules, hiddenNames: true });
    expect(JSON.stringify(await entry(one.id))).not.toContain('Paul');
    await world.call('organiser', 'PUT', `events/${event.id}/door-rules`, rules);
    await set(FORM);
    expect(await entry(one.id)).toMatchObject({ people: given.people });
  });

  test('what came out of the event is written by who runs it, shown with it, kept by a later publication of a part, and taken away', async () => {
    const path = `events/${event.id}/afterwards`;
    const read = async () => (await world.get('/afterwards')).json<{ text: object; version: string }>();
    const before = await read();
    expect(before.text).toEqual({});
    const edit = { text: { fr: '**Dix idées**', en: 'Ten ideas' }, basedOn: before.version };
    expect((await world.call('other', 'PUT', path, edit)).json()).toMatchObject({ code: 'forbidden' });
    expect((await world.call('organiser', 'PUT', path, edit)).statusCode).toBe(200);
    expect((await world.call('organiser', 'PUT', path, edit)).json()).toMatchObject({ code: 'edited_elsewhere' });
    await set({ questions: [FORM.questions[0]!] });
    const items = await itemsOf(world.server.ctx, programmeScope(event.editionId, event.region));
    const shown = items.find((one) => one.id === event.id)!.value as ProgrammeEvent;
    expect(shown.afterwards).toEqual({ fr: '**Dix idées**', en: 'Ten ideas' });
    const { version } = await read();
    expect((await world.call('organiser', 'PUT', path, { text: {}, basedOn: version })).statusCode).toBe(200);
    expect((await read()).text).toEqual({});
    await set(FORM);
  });

  test('pictures of what came out say what they show and under which licence, and stay when the text alone is written', async () => {
    const path = `events/${event.id}/afterwards`;
    const read = async () => (await world.get('/afterwards')).json<DeskAfterwards>();
    const put = async (more: object) =>
      world.call('organiser', 'PUT', path, { text: {}, basedOn: (await read()).version, ...more });
    const picture = {
      url: `https://programme.example/pictures/${'a'.repeat(64)}`,
      alt: { fr: 'Un mur de notes' },
      licence: 'CC BY 4.0',
    };
    for (const wrong of [
      { ...picture, alt: { fr: ' ' } },
      { ...picture, licence: ' ' },
      { url: picture.url, alt: picture.alt },
      { ...picture, url: 'https://elsewhere.example/picture.png' },
    ]) {
      expect((await put({ pictures: [wrong] })).json(), JSON.stringify(wrong)).toMatchObject({ code: 'bad_request' });
    }
    expect((await put({ pictures: Array.from({ length: 7 }, () => picture) })).statusCode).toBe(400);
    expect((await put({ pictures: [picture] })).statusCode).toBe(200);
    expect((await put({ text: { fr: 'Dix idées' } })).statusCode).toBe(200);
    const items = await itemsOf(world.server.ctx, programmeScope(event.editionId, event.region));
    const shown = items.find((one) => one.id === event.id)!.value as ProgrammeEvent;
    expect(shown).toMatchObject({ afterwards: { fr: 'Dix idées' }, afterwardsPictures: [picture] });
    expect((await put({ pictures: [] })).statusCode).toBe(200);
    expect(await read()).toMatchObject({ text: {}, pictures: [] });
  });

  test('P5 a door carries what was answered with the request', async () => {
    const door = await world.door('A');
    const { holderId } = newHolder();
    const args = registerArgs(event, { party: 2, ...given });
    await door.send('courier', { request: carriedCode(holderId, args as never).text });
    expect(await listed(args.registrationId)).toMatchObject(given);
  });
});
