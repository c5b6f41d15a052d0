import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import type { ProgrammeEvent } from '#domain/programme.ts';
import type { ProblemCode } from '#protocol/problem.ts';
import { problemCodes } from '#protocol/problem.ts';
import { PROTOCOL, PROTOCOL_HEADER } from '#protocol/version.ts';
import type { Fate, Passage, Reply } from '../support/gate.ts';
import { expectOnceEach, person, timesKept } from './ledger.ts';
import { Attendee } from './pages/attendee.ts';
import type { Phone } from './phone.ts';
import { World } from './world.ts';

/** What the server itself says when it takes nothing. */
const refusals: readonly (readonly [ProblemCode, Readonly<Record<string, string>>?])[] = [
  ['bad_request'],
  ['credential_refused'],
  ['forbidden'],
  ['replica_gap'],
  ['replica_cloned'],
  ['too_large'],
  ['protocol_too_old'],
  ['too_many_requests', { 'retry-after': '2' }],
  ['internal'],
  ['busy', { 'retry-after': '1' }],
];
/** What a proxy or a firewall in between says. */
const strangers = [401, 413, 502] as const;

const faults: readonly { readonly name: string; readonly reply: Reply }[] = [
  ...refusals.map(([code, headers]) => ({ name: `${problemCodes[code]} ${code}`, reply: problem(code, headers) })),
  ...strangers.map((status) => ({
    name: `${status} of somebody in between`,
    reply: { status, type: 'text/html', body: `<h1>${status}</h1>` },
  })),
];

let world: World;
let phone: Phone;
let attendee: Attendee;

test.beforeAll(async () => {
  world = await World.make('sqlite', 'Atelier des pannes');
  phone = await world.phone('A');
  attendee = new Attendee(phone);
  await attendee.openProgramme();
  await expect(attendee.syncState).toHaveText(/À jour/, { timeout: 60_000 });
});

test.afterEach(() => {
  world.gate.mode = 'open';
  world.gate.instead = undefined;
  world.gate.onAnswered = undefined;
});

test.afterAll(async () => {
  await world.end();
});

test('O2 O3 P3: whatever is answered to a push, it is kept and later delivered once', async () => {
  const events = await publishFor('Envoi', faults.length);
  const people = faults.map((_, n) => person(`Envoi ${n + 1}`));
  for (const [n, { name, reply }] of faults.entries()) {
    await test.step(name, async () => {
      const asked = answerWith('/push', reply);
      await ask(events[n]!, people[n]!);
      await expect.poll(() => asked()).toBeGreaterThan(0);
      await expect(attendee.state("En attente d'envoi")).toBeVisible();
      await expect(attendee.syncState).toHaveText(/1 envoi en attente|À vérifier/);
      expect(await timesKept(world.server, people[n]!)).toBe(0);
      await recover();
    });
  }
  await expectOnceEach(world.server, people);
  expect(phone.errors).toEqual([]);
});

test('A1 D5: whatever is answered to a pull, what was done stays in sight and the next pull brings it', async () => {
  const events = await publishFor('Retour', faults.length);
  const people = faults.map((_, n) => person(`Retour ${n + 1}`));
  for (const [n, { name, reply }] of faults.entries()) {
    await test.step(name, async () => {
      const asked = answerWith('/pull', reply);
      await ask(events[n]!, people[n]!);
      await expect.poll(() => asked()).toBeGreaterThan(0);
      await expect.poll(() => timesKept(world.server, people[n]!)).toBe(1);
      await expect(attendee.state("En attente d'envoi")).toBeVisible();
      await recover();
      await phone.page.goto(`/evenements/${events[n]!.slug}/inscription`);
      await expect(attendee.state('Inscription confirmée')).toBeVisible();
    });
  }
  await expectOnceEach(world.server, people);
  expect(phone.errors).toEqual([]);
});

test('D2: a captive portal, with a page of its own or a redirect, is never an answer', async () => {
  const events = await publishFor('Portail', 2);
  const people = [person('Portail 1'), person('Portail 2')];
  for (const [n, mode] of (['portal', 'redirect'] as const).entries()) {
    await test.step(mode, async () => {
      world.gate.mode = mode;
      world.gate.cut();
      await ask(events[n]!, people[n]!);
      await expect(attendee.state("En attente d'envoi")).toBeVisible();
      await phone.page.goto('/hors-ligne');
      await phone.page.getByRole('button', { name: 'Synchroniser' }).click();
      await expect(phone.page.getByText('Le serveur ne répond pas.')).toBeVisible();
      await expect(attendee.syncState).toHaveText(/1 envoi en attente/);
      world.gate.mode = 'open';
      await recover();
    });
  }
  await expectOnceEach(world.server, people);
  expect(phone.errors).toEqual([]);
});

test('D2 P2 L1: answers cut in the middle are none, and what was sent counts once', async () => {
  const [event] = await publishFor('Coupure', 1);
  const someone = person('Coupure');
  const cut = new Map<string, number>();
  world.gate.onAnswered = ({ path }, status): Fate => {
    const route = ['/push', '/pull'].find((name) => path === `/api/v1${name}`);
    if (!route || status !== 200) return 'pass';
    const times = cut.get(route) ?? 0;
    cut.set(route, times + 1);
    return times < 2 ? 'half' : 'pass';
  };
  await ask(event!, someone);
  await expect.poll(() => cut.get('/push') ?? 0, { timeout: 60_000 }).toBeGreaterThan(2);
  await expect(attendee.state('Inscription confirmée')).toBeVisible({ timeout: 60_000 });
  expect(cut.get('/pull')).toBeGreaterThan(2);
  await expectOnceEach(world.server, [someone]);
  expect(phone.errors).toEqual([]);
});

test('D2 P2: with thirty seconds between question and answer everything still arrives, once', async () => {
  test.setTimeout(300_000);
  const [event] = await publishFor('Lenteur', 1);
  const someone = person('Lenteur');
  world.gate.onAnswered = async ({ path }): Promise<Fate> => {
    if (path === '/api/v1/push') await new Promise((resolve) => setTimeout(resolve, 30_000));
    return 'pass';
  };
  await ask(event!, someone);
  await expect(attendee.state('Inscription confirmée')).toBeVisible({ timeout: 180_000 });
  await expect(attendee.syncState).toHaveText(/À jour/, { timeout: 60_000 });
  await expectOnceEach(world.server, [someone]);
  expect(phone.errors).toEqual([]);
});

function problem(code: ProblemCode, headers: Readonly<Record<string, string>> = {}): Reply {
  const status = problemCodes[code];
  const last = code === 'replica_gap' ? { last: 0 } : {};
  return {
    status,
    headers: { ...headers, [PROTOCOL_HEADER]: String(PROTOCOL) },
    type: 'application/problem+json',
    body: JSON.stringify({ type: `urn:escale:problem:${code}`, title: code, status, code, ...last }),
  };
}

/** Answers one route so until `recover`. @returns how often it was asked. */
function answerWith(route: string, reply: Reply): () => number {
  let times = 0;
  world.gate.instead = ({ path }: Passage) => {
    if (path !== `/api/v1${route}`) return undefined;
    times += 1;
    return reply;
  };
  return () => times;
}

async function publishFor(what: string, count: number): Promise<ProgrammeEvent[]> {
  const events = await world.publish(...Array.from({ length: count }, (_, n) => `${what} ${n + 1}`));
  await synchronise(phone.page);
  await expect(attendee.syncState).toHaveText(/À jour/);
  return events;
}

async function ask(event: ProgrammeEvent, who: ReturnType<typeof person>): Promise<void> {
  await phone.page.goto(`/evenements/${event.slug}/inscription`);
  await attendee.fill(who);
  await attendee.submit();
}

/** The fault is over, and the person does not wait. */
async function recover(): Promise<void> {
  world.gate.instead = undefined;
  await synchronise(phone.page);
  await expect(attendee.syncState).toHaveText(/À jour/);
}

async function synchronise(page: Page): Promise<void> {
  await page.goto('/hors-ligne');
  await page.getByRole('button', { name: 'Synchroniser' }).click();
  await expect(page.getByText('La synchronisation est faite.')).toBeVisible();
}
