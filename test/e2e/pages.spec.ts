import { expect, test } from '@playwright/test';
import { defaultDoorRules } from '#domain/door-rules.ts';
import { printedShortCode, readCode } from '#domain/ticket.ts';
import { sampleId } from '#server/sample/identity.ts';
import { forge } from '../support/forgery.ts';
import { newUuid, ProtocolClient } from '../support/protocol-client.ts';
import { axeViolations } from './axe.ts';
import { Attendee } from './pages/attendee.ts';
import { Desk } from './pages/desk.ts';
import { Door } from './pages/door.ts';
import type { Phone } from './phone.ts';
import { ORGANISER, World } from './world.ts';

const TITLE = 'Atelier pour tous';
const LOOKS = [
  { theme: 'light', width: 390, height: 844 },
  { theme: 'dark', width: 390, height: 844 },
  { theme: 'light', width: 1280, height: 800 },
  { theme: 'dark', width: 1280, height: 800 },
] as const;

let world: World;
let phone: Phone;
/** Every page that there is, with something on it. */
let addresses: string[] = [];

test.beforeAll(async () => {
  world = await World.make('sqlite', TITLE);
  phone = await world.phone('A');
  const attendee = new Attendee(phone);
  await attendee.openProgramme();
  await phone.page.goto(`/evenements/${world.event.slug}`);
  await attendee.register({ firstName: 'Zoé', lastName: "N'Diaye", email: 'zoe@example.org' });
  await expect(attendee.state('Inscription confirmée')).toBeVisible({ timeout: 60_000 });
  await attendee.openTicket(TITLE);
  const ticket = new URL(phone.page.url()).pathname;

  const desk = new Desk(phone);
  await desk.signIn(ORGANISER, world.server);
  const link = await desk.enrolmentLink(TITLE);
  const deskEvent = new URL(phone.page.url()).pathname;
  await new Door(phone).enrol(link, { phone: 'Téléphone', door: 'Entrée' });
  addresses = [
    '/',
    '/?q=atelier',
    '/?vue=grille',
    '/evenements/simplificathon-dix-courriers-a-toulouse',
    `/evenements/${world.event.slug}`,
    `/evenements/${world.event.slug}/inscription`,
    '/evenements/qui-n-existe-pas',
    '/carte',
    '/agenda',
    '/billets',
    ticket,
    '/balades',
    '/balades/balade-cite-intelligente-montpellier',
    '/connexion',
    '/proposer',
    '/proposer/qui-n-existe-pas',
    '/espace',
    deskEvent,
    ...['inscriptions', 'portes', 'journal', 'regles', 'papier', 'balade', 'diffusion', 'question'].map(
      (view) => `${deskEvent}?vue=${view}`,
    ),
    `${deskEvent}/affiche`,
    `${deskEvent}/feuille`,
    `${deskEvent}/saisie`,
    `${deskEvent}/attestations`,
    `${deskEvent}/balade`,
    `${deskEvent}/balade/codes`,
    '/emargement',
    '/emargement/feuille',
    '/emargement/saisie',
    '/hors-ligne',
    '/actualites',
    '/actualites/qui-n-existe-pas',
    '/accessibilite',
    '/confidentialite',
    '/mentions-legales',
    '/espace/contenus',
    '/infolettre',
    '/espace/infolettre',
    '/moderation',
    '/espace/edition',
    '/moderation/qui-n-existe-pas',
    '/moderation?etat=all',
    // Of the sample: an edit with its difference, one with a likely double.
    ...['edit', 'forms'].map((key) => `/moderation/${sampleId('demo', 'proposal', key)}`),
    '/espace/echanges',
    '/espace/equipe',
    '/espace/journal',
    '/espace/tableau',
    '/espace/une',
    '/espace/compte',
    '/mes-donnees',
    `/editions/${world.event.editionId}`,
    '/editions/qui-n-existe-pas',
    '/regions/52',
    '/regions/qui-n-existe-pas',
    '/reglages',
    '/page-qui-n-existe-pas',
  ];
});

test.afterAll(async () => {
  await world.end();
});

for (const language of ['fr', 'en'] as const) {
  test(`axe finds nothing on any page, light and dark, phone and desktop (${language})`, async () => {
    test.setTimeout(1_200_000);
    await speak(language);
    const found: string[] = [];
    for (const address of addresses) {
      await show(address);
      for (const look of LOOKS) found.push(...(await violations(address, look)));
    }
    expect(found).toEqual([]);
  });

  test(`no page scrolls sideways at 320 px, nor with text at 200 % (${language})`, async () => {
    await speak(language);
    const wide: string[] = [];
    for (const address of addresses) {
      await phone.page.setViewportSize({ width: 320, height: 640 });
      await show(address);
      wide.push(...(await tooWide(`${address} at 320 px`)));
      await phone.page.setViewportSize({ width: 390, height: 844 });
      await phone.page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
      wide.push(...(await tooWide(`${address} with text at 200 %`)));
    }
    expect(wide).toEqual([]);
  });
}

test('axe finds nothing at the door either, whatever it says and asks, and nothing scrolls sideways', async () => {
  test.setTimeout(300_000);
  await speak('fr');
  const door = new Door(phone);
  const { page } = phone;
  const found: string[] = [];
  const look = async (name: string): Promise<void> => {
    for (const one of LOOKS.slice(0, 2)) found.push(...(await violations(`door, ${name}`, one)));
    for (const [width, size] of [
      [320, '100%'],
      [390, '200%'],
    ] as const) {
      await page.setViewportSize({ width, height: 640 });
      await page.evaluate((text) => document.documentElement.style.setProperty('font-size', text), size);
      found.push(...(await tooWide(`door, ${name}, at ${width} px with text at ${size}`)));
    }
    await page.evaluate(() => document.documentElement.style.removeProperty('font-size'));
  };
  const { eventId, ticket } = await ownTicket();
  await new Desk(phone).setRules(eventId, {
    ...defaultDoorRules,
    countsInside: true,
    lists: [{ id: newUuid(), name: { fr: 'Atelier B', en: 'Workshop B' }, subjectIds: [newUuid()] }],
    questions: [{ id: newUuid(), text: { fr: 'Repas ?', en: 'Meal?' }, kind: 'yes_no', required: true }],
    badge: { width: 90, height: 55, fields: ['name', 'qr'] },
  });
  await door.open();
  await expect(page.getByRole('radio', { name: 'Sorties' })).toBeAttached({ timeout: 30_000 });
  await door.code.fill('ZZZZ-ZZZZ');
  await door.expectVerdict('unknown');
  await look('attention');
  await door.present(forge(ticket));
  await door.expectVerdict('invalid');
  await look('refusal');
  await door.way('Sorties');
  await look('exits');
  await door.present(ticket);
  await door.expectVerdict('left');
  await look('leaving');
  await door.way('Entrées');
  await door.present(ticket);
  await door.expectVerdict('admitted');
  await look('welcome, questions and badge');
  await page.getByRole('button', { name: "Annuler l'arrivée" }).click();
  await look('reasons');
  await door.openWalkIn();
  await look('without registration');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Passages' }).click();
  await look('recent');
  await page.keyboard.press('Escape');
  await door.code.fill(printedShortCode(readTicketId(ticket)));
  await expect(page.getByRole('button', { name: "Enregistrer l'arrivée" })).toBeVisible();
  await page.getByRole('button', { name: 'Ajouter une note' }).click();
  await look('a note');
  expect(found).toEqual([]);
  expect(phone.errors).toEqual([]);
});

test('every page has one heading of the first level, a title of its own and its language', async () => {
  await speak('fr');
  const titles = new Map<string, string>();
  for (const address of addresses) {
    await show(address);
    await expect(phone.page.getByRole('heading', { level: 1 }), address).toHaveCount(1);
    expect(await phone.page.getAttribute('html', 'lang')).toBe('fr');
    // An event's page and its desk are named after the event; another page takes its own name once it is drawn.
    if (/\?|n-existe-pas|^\/espace\//.test(address)) continue;
    await expect.poll(async () => titles.get(await phone.page.title()), { message: address }).toBeUndefined();
    titles.set(await phone.page.title(), address);
  }
  expect(phone.errors).toEqual([]);
});

/** A ticket of the event whose door this phone is. */
async function ownTicket(): Promise<{ eventId: string; ticket: string }> {
  const person = { firstName: 'Noé', lastName: 'Bihan', email: 'noe@example.org', party: 2 };
  const subject = { eventId: world.event.id, subjectId: world.event.id };
  const [registration] = await new ProtocolClient(world.server.url).register({ ...person, ...subject });
  return { eventId: world.event.id, ticket: registration!.ticket! };
}

function readTicketId(text: string): string {
  const code = readCode(text);
  if (code.kind !== 'ticket') throw new Error('not a ticket');
  return code.ticket.ticketId;
}

/** What axe finds on what is on the screen, in one look. */
async function violations(name: string, { theme, width, height }: (typeof LOOKS)[number]): Promise<string[]> {
  await phone.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  await phone.page.setViewportSize({ width, height });
  return lasting(async () => {
    await settle();
    return (await axeViolations(phone.page)).map((found) => `${name} ${theme} ${width}: ${found}`);
  });
}

async function show(address: string): Promise<void> {
  await phone.page.goto(address);
  await expect(phone.page.getByRole('heading', { level: 1 }).first()).toBeVisible();
  await phone.page.evaluate(() => document.fonts.ready);
}

/** Colours that are on their way from one theme to the other are nobody's contrast. */
async function settle(): Promise<void> {
  await phone.page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    await Promise.allSettled(document.getAnimations().map((animation) => animation.finished));
  });
}

async function speak(language: 'fr' | 'en'): Promise<void> {
  await phone.page.goto('/reglages');
  const name = language === 'fr' ? 'Français' : 'English';
  await phone.page.getByRole('main').getByRole('radio', { name }).check();
  await expect(phone.page.locator('html')).toHaveAttribute('lang', language);
}

/** Where the page, once it has settled, is wider than the screen, and what sticks out. */
function tooWide(name: string): Promise<string[]> {
  return lasting(async () => {
    const out = await phone.page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      if (scrollWidth <= clientWidth) return [];
      return [...document.querySelectorAll('body *')]
        .filter((one) => one.getBoundingClientRect().right > clientWidth)
        .filter((one) => getComputedStyle(one.parentElement!).overflowX === 'visible')
        .map((one) => `${one.localName}.${one.getAttribute('class')} "${one.textContent?.slice(0, 30)}"`);
    });
    return out.length === 0 ? [] : [`${name}: ${out.join(', ')}`];
  });
}

/** What is found again and again: a page that is still changing is looked at once more. */
async function lasting(find: () => Promise<string[]>): Promise<string[]> {
  let found = await find();
  for (let more = 0; found.length > 0 && more < 4; more++) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    found = await find();
  }
  return found;
}
