import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ProgrammeEvent, RegistrationPolicy } from '#domain/programme.ts';
import { ensureAccount, grantEvents } from '#server/services/people/accounts.ts';
import { publishEvents, saveEdition } from '#server/services/programme/publishing.ts';
import { engines } from '../support/databases.ts';
import type { TestApp } from '../support/test-app.ts';
import { anEdition, anEvent, openTestApp } from '../support/test-app.ts';

const HEADER = 'Prénom;Nom;Adresse électronique;Personnes';

describe.each(engines)('a list of people to register on %s', (engine) => {
  let server: TestApp;
  let cookie: string;
  let n = 0;
  beforeAll(async () => {
    server = await openTestApp({}, engine);
    await saveEdition(server.ctx, anEdition);
    await ensureAccount(server.ctx, { email: 'organiser@ville.example', role: 'organiser' });
    cookie = await server.signIn('organiser@ville.example');
  });
  afterAll(() => server.close());

  const publish = async (registration: RegistrationPolicy, more: Partial<ProgrammeEvent> = {}) => {
    const event = anEvent(400 + ++n, { registration, ...more });
    await publishEvents(server.ctx, [event]);
    const { id } = await ensureAccount(server.ctx, { email: 'organiser@ville.example', role: 'organiser' });
    await grantEvents(server.ctx, id, [event.id]);
    return event;
  };
  const send = async (event: ProgrammeEvent, table: string | Buffer, query = '') => {
    const answer = await server.call({
      method: 'POST',
      url: `/api/v1/desk/events/${event.id}/registrations/imports?${query}`,
      headers: { cookie, 'content-type': 'application/octet-stream' },
      payload: Buffer.from(table),
    });
    return answer.json<Record<string, unknown>>();
  };
  const registered = (event: ProgrammeEvent) =>
    server.ctx.db.read
      .selectFrom('registration')
      .select([
        'first_name',
        'last_name',
        'email',
        'party',
        'state',
        'subject_id',
        'language',
        'needs',
        'answers',
        'id',
      ])
      .where('event_id', '=', event.id)
      .orderBy('requested_at')
      .orderBy('email')
      .execute();

  test('is looked at first, registers each by the rule, and twice registers nobody twice', async () => {
    const event = await publish({ mode: 'open', capacity: 3, maxParty: 2, waitingList: true });
    const table = [
      HEADER,
      'Ana;Le Goff;ana@example.org;2',
      'Bruno;Öztürk;bruno@example.org;',
      'Chloé;Œ;chloe@example.org;1',
    ];
    const looked = await send(event, table.join('\r\n'), 'dryRun=1');
    const outcome = {
      read: 3,
      states: { confirmed: 2, waitlisted: 1, requested: 0 },
      people: 4,
      unchanged: 0,
      refused: 0,
    };
    expect(looked).toMatchObject({ kind: 'read', dryRun: true, ...outcome, problems: [], aside: [] });
    expect(await registered(event)).toEqual([]);

    expect(await send(event, table.join('\r\n'))).toMatchObject({ dryRun: false, ...outcome });
    const rows = await registered(event);
    expect(rows.map((row) => [row.first_name, row.party, row.state, row.language])).toEqual([
      ['Ana', 2, 'confirmed', 'fr'],
      ['Bruno', 1, 'confirmed', 'fr'],
      ['Chloé', 1, 'waitlisted', 'fr'],
    ]);
    const letters = await server.ctx.db.read
      .selectFrom('letter')
      .select('kind')
      .where('event_id', '=', event.id)
      .execute();
    expect(letters.map((letter) => letter.kind).toSorted()).toEqual(['confirmed', 'confirmed', 'waitlisted']);
    const deeds = await server.ctx.db.read
      .selectFrom('deed')
      .select(['kind', 'count'])
      .where('event_id', '=', event.id)
      .execute();
    expect(deeds).toEqual([{ kind: 'imported', count: 4 }]);

    expect(await send(event, table.join('\r\n'))).toMatchObject({ people: 0, unchanged: 3, refused: 0 });
    expect(await registered(event)).toHaveLength(3);
  });

  test('the desk’s own table is read as it was written: nobody is registered again, nor brought back', async () => {
    const event = await publish({ mode: 'approval', maxParty: 4 });
    await send(event, `${HEADER}\nAna;Le Goff;ana@example.org;3\nBob;=1+1;bob@example.org;1\n`);
    const [, bob] = await registered(event);
    await server.call({
      method: 'POST',
      url: `/api/v1/desk/events/${event.id}/registrations/decisions`,
      headers: { cookie },
      payload: { decision: 'refuse', registrationIds: [bob!.id] },
    });
    for (const [language, separator] of [
      ['fr', ';'],
      ['en', ','],
    ] as const) {
      const table = await server.call({
        method: 'GET',
        url: `/api/v1/desk/events/${event.id}/exports/registrations?${new URLSearchParams({ language, separator })}`,
        headers: { cookie },
      });
      expect(await send(event, table.body)).toMatchObject({
        read: 2,
        people: 0,
        unchanged: 1,
        refused: 1,
        aside: [],
        problems: [{ name: 'Bob =1+1', reason: 'ended' }],
      });
    }
  });

  test('sessions are named by day, title or both, needs and answers are kept, and other columns told of', async () => {
    const [morning, evening] = [anEvent(490).id, anEvent(491).id];
    const open: RegistrationPolicy = { mode: 'open', maxParty: 3 };
    const slot = (date: string) => ({ date, start: '10:00', end: '11:00', zone: 'Europe/Paris' });
    const question = (id: string, text: string, more: object) => ({ id, text: { fr: text }, required: false, ...more });
    const [meal, first] = [anEvent(492).id, anEvent(493).id];
    const event = await publish(open, {
      sessions: [
        { id: morning, title: { fr: 'Le matin' }, slot: slot('2030-11-24'), registration: open },
        { id: evening, title: { fr: 'Le soir' }, slot: slot('2030-11-25'), registration: open },
      ],
      registrationForm: {
        questions: [
          question(meal, 'Repas', { kind: 'choice', options: [{ fr: 'Végétarien' }, { fr: 'Sans porc' }] }),
          question(first, 'Première fois ?', { kind: 'yes_no', perPerson: true }),
        ] as never,
      },
    });
    const table = [
      'Email\tPrénom\tNOM\tSéance\tBesoins\tRepas\tPremière fois ?\tAvec\tPersonnes\tService\tLangue',
      'a@example.org\tAna\tA\t24/11/2030\tboucle\tvegetarien\toui\t\t1\tRH\ten',
      'b@example.org\tBo\tB\tLe soir\t\tpoisson\tnon\tCy Ö, Di\t3\tRH\t',
      'c@example.org\tCy\tC\t2030-11-25 Le soir\t\t\t\t\t\t\t',
      'd@example.org\tDi\tD\tdemain\t\t\t\t\t\t\t',
      'e@example.org\tÉd\tE\t\t\t\t\t\t\t\t',
    ].join('\n');
    expect(await send(event, table)).toMatchObject({
      states: { confirmed: 3 },
      people: 5,
      aside: ['Service'],
      answersAside: 2,
      problems: [
        { line: 5, name: 'Di D', reason: 'unknown_session' },
        { line: 6, name: 'Éd E', reason: 'no_session' },
      ],
    });
    expect((await registered(event)).map(({ id: _, ...row }) => row)).toMatchObject([
      {
        subject_id: morning,
        language: 'en',
        needs: 'boucle',
        answers: JSON.stringify({ answers: { [meal]: '0' }, people: [{ answers: { [first]: 'yes' } }] }),
      },
      { subject_id: evening, party: 3, answers: JSON.stringify({ people: [{}, { name: 'Cy Ö' }, { name: 'Di' }] }) },
      { subject_id: evening },
    ]);
    expect(await send(event, table, `subject=${morning}&dryRun=1`)).toMatchObject({
      people: 1,
      unchanged: 3,
      refused: 1,
    });
  });

  test('each row that cannot be is named with why, and the others stand', async () => {
    const event = await publish({ mode: 'open', capacity: 2, maxParty: 2 });
    const table = [
      'prenom,nom,email,places',
      ',Sans,sans@example.org,1',
      'Bad,Mail,bad(at)example.org,1',
      'Bad,Party,party@example.org,deux',
      `${'L'.repeat(101)},Long,long@example.org,1`,
      'Three,Many,three@example.org,3',
      '"Two',
      'Lines",In,two@example.org,1',
      'Good,One,good@example.org,1',
      'Good,Again,GOOD@example.org ,1',
      'More,Cells,more@example.org,1,x',
      'Two,Many,two-many@example.org,2',
    ].join('\n');
    const refused = await send(event, table, 'dryRun=1');
    expect(refused).toMatchObject({
      states: { confirmed: 1 },
      problems: [
        { line: 2, reason: 'no_name' },
        { line: 3, reason: 'bad_email' },
        { line: 4, reason: 'bad_party' },
        { line: 5, reason: 'too_long' },
        { line: 6, reason: 'party_too_large' },
        { line: 7, reason: 'too_long' },
        { line: 10, reason: 'twice' },
        { line: 11, reason: 'bad_cells' },
        { line: 12, reason: 'full' },
      ],
    });
    expect(await send(event, table)).toMatchObject({ problems: refused['problems'] });
    expect(await registered(event)).toHaveLength(1);
    const closed = await publish({ mode: 'open', closesAt: '2020-01-01T00:00:00Z' });
    expect(await send(closed, `${HEADER}\nA;B;a@example.org;1`)).toMatchObject({ problems: [{ reason: 'closed' }] });
  });

  test('what is no list is refused whole, with what is wrong and where', async () => {
    const event = await publish({ mode: 'open' });
    const problem = async (table: string | Buffer) => (await send(event, table))['problem'];
    expect(await problem('')).toEqual({ message: 'the file is empty', line: 1 });
    expect(await problem('Prénom;Société\nAna;X\n')).toEqual({
      message: 'the list has no column nom, adresse_electronique; its header begins with "Prénom", "Société"',
      line: 1,
    });
    expect(await problem(`${HEADER};email\n`)).toEqual({ message: 'the column "email" is there twice', line: 1 });
    expect(await problem(`${HEADER}\n"Ana;Le Goff;a@example.org;1\n`)).toEqual({
      message: 'a quotation mark is never closed',
      line: expect.any(Number),
    });
    expect(await problem('PK\u0003\u0004')).toMatchObject({
      message: 'it is a zip archive or a spreadsheet: unpack it, or save it as CSV',
    });
    expect(await problem(`${HEADER}\n${'A;B;a@example.org;1\n'.repeat(2001)}`)).toEqual({
      message: 'more than 2000 rows',
    });
    // A French spreadsheet's own code page.
    expect(await send(event, Buffer.from(`${HEADER}\nZoé;Ü;zoe@example.org;1\n`, 'latin1'))).toMatchObject({
      people: 1,
    });
    expect(await registered(event)).toMatchObject([{ first_name: 'Zoé', last_name: 'Ü' }]);
  });
});
