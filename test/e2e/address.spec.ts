import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { ServerProcess } from '../support/server-process.ts';
import { Phone } from './phone.ts';

test('an address is enough: a phone that was never here opens an event of another edition, and says when there is none', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'escale-address-'));
  const server = await ServerProcess.start({ dataDir: join(folder, 'data') });
  const phone = await Phone.open({ home: join(folder, 'browser'), origin: server.url });
  const { page } = phone;
  try {
    await page.goto('/evenements/innovation-publique-montpellier-2018');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText("Journée de l'innovation publique à Montpellier", {
      timeout: 60_000,
    });
    await page.goto('/evenements/qui-n-existe-pas');
    await expect(page.getByRole('heading', { level: 1, name: "Cet événement n'existe pas" })).toBeVisible();
    expect(phone.errors).toEqual([]);
  } finally {
    await phone.close();
    await server.kill();
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
});
