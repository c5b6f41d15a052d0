import 'fake-indexeddb/auto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { followHints } from '#client/sync/hints.ts';
import { eventWith, publish } from '../../../support/databases.ts';
import type { Site } from './device.ts';
import { Device, startSite } from './device.ts';

let site: Site;
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());

test('D2 the line of hints that a first visit opened tells of the programme as soon as it is kept', async () => {
  const device = new Device(site.gate.url);
  const news = vi.fn<() => void>();
  const opened = vi.fn<() => void>();
  followHints(device.db, device.api, { news, opened });
  // It opens before the directory is here, and knows of no programme yet.
  await vi.waitFor(() => expect(opened).toHaveBeenCalledTimes(1), 5000);
  expect(await device.sync()).toEqual({ kind: 'ok' });
  await vi.waitFor(() => expect(opened).toHaveBeenCalledTimes(2), 5000);
  await publish(site.ctx, eventWith({ mode: 'open' }));
  // The programme is told of within five seconds, each device at a moment of its own.
  await vi.waitFor(() => expect(news).toHaveBeenCalled(), 10_000);
}, 25_000);
