import { expect, test } from '@playwright/test';
import { freePort } from '../support/free-port.ts';
import { assess, gated } from '../support/lighthouse.ts';
import { Attendee } from './pages/attendee.ts';
import { World } from './world.ts';

const TITLE = 'Atelier du grand jour';

test('Lighthouse gives 100 for accessibility, good practice and being found to the pages that everybody opens', async () => {
  const world = await World.make('sqlite', TITLE);
  try {
    const debuggingPort = await freePort();
    const attendee = new Attendee(await world.phone('A', { debuggingPort }));
    await attendee.phone.page.goto(`/evenements/${world.event.slug}`);
    await attendee.register({ firstName: 'Aline', lastName: 'Petit', email: 'aline@example.org' });
    await expect(attendee.state('Inscription confirmée')).toBeVisible({ timeout: 60_000 });
    await attendee.openTicket(TITLE);
    const ticket = new URL(attendee.phone.page.url()).pathname;
    await attendee.phone.page.goto('about:blank');

    const event = `/evenements/${world.event.slug}`;
    const lost: string[] = [];
    for (const path of ['/', event, '/carte', '/billets', ticket, '/connexion']) {
      const visit = { port: debuggingPort, categories: gated, returning: true };
      const { scores, faults } = await assess(world.gate.url + path, visit);
      for (const [name, score] of Object.entries(scores))
        if (score < 100) lost.push(`${path} ${name} ${score}: ${faults.join('; ')}`);
    }
    expect(lost).toEqual([]);
  } finally {
    await world.end();
  }
});
