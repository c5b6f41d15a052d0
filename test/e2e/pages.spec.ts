import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
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
    `/evenements/${world.event.slug}`,
    `/evenements/${world.event.slug}/inscription`,
    '/evenements/qui-n-existe-pas',
    '/carte',
    '/agenda',
    '/billets',
    ticket,
    '/balades',
    '/connexion',
    '/espace',
    deskEvent,
    '/emargement',
    '/hors-ligne',
    '/actualites',
    '/actualites/qui-n-existe-pas',
    '/accessibilite',
    '/confidentialite',
    '/mentions-legales',
    '/espace/contenus',
    '/espace/echanges',
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
    test.setTimeout(600_000);
    await speak(language);
    const found: string[] = [];
    for (const address of addresses) {
      await show(address);
      for (const { theme, width, height } of LOOKS) {
        await phone.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
        await phone.page.setViewportSize({ width, height });
        await settle();
        const { violations } = await new AxeBuilder({ page: phone.page }).analyze();
        for (const { id, nodes } of violations)
          found.push(`${address} ${theme} ${width}: ${id} ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
      }
    }
    expect(found).toEqual([]);
  });

  test(`no page scrolls sideways at 320 px, nor with text at 200 % (${language})`, async () => {
    await speak(language);
    const wide: string[] = [];
    for (const address of addresses) {
      await phone.page.setViewportSize({ width: 320, height: 640 });
      await show(address);
      if ((await overflow(phone.page)) > 0) wide.push(`${address} at 320 px`);
      await phone.page.setViewportSize({ width: 390, height: 844 });
      await phone.page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
      if ((await overflow(phone.page)) > 0) wide.push(`${address} with text at 200 %`);
    }
    expect(wide).toEqual([]);
  });
}

test('every page has one heading of the first level, a title of its own and its language', async () => {
  await speak('fr');
  const titles = new Map<string, string>();
  for (const address of addresses) {
    await show(address);
    await expect(phone.page.getByRole('heading', { level: 1 }), address).toHaveCount(1);
    expect(await phone.page.getAttribute('html', 'lang')).toBe('fr');
    titles.set(address, await phone.page.title());
  }
  // An event's page and its desk are named after the event.
  const plain = [...titles].filter(([at]) => !/\?|n-existe-pas|^\/espace\//.test(at)).map(([, title]) => title);
  expect(new Set(plain).size, JSON.stringify([...titles])).toBe(plain.length);
  expect(phone.errors).toEqual([]);
});

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

/** By how many pixels the page is wider than the screen. */
function overflow(page: Page): Promise<number> {
  return page.evaluate(() => {
    const root = document.documentElement;
    return root.scrollWidth - root.clientWidth;
  });
}
