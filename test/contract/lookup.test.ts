import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publishEvents, saveEdition } from '#server/services/programme/publishing.ts';
import type { TestApp } from '../support/test-app.ts';
import { anEdition, anEvent, openTestApp } from '../support/test-app.ts';

describe.each(['sqlite', 'postgres'] as const)('where an event is, on %s', (engine) => {
  let server: TestApp;
  beforeAll(async () => {
    server = await openTestApp({}, engine);
    await saveEdition(server.ctx, anEdition);
    await publishEvents(server.ctx, [anEvent(1)]);
  });
  afterAll(() => server.close());

  const ask = (slug: string) => server.call({ method: 'GET', url: `/api/v1/events/${slug}` });

  test('an address alone leads to the edition and the region', async () => {
    const { id, slug, editionId, region } = anEvent(1);
    expect((await ask(slug)).json()).toEqual({ event: { id, editionId, region } });
  });

  test('an address that no published event has leads nowhere, without an error', async () => {
    const answer = await ask('qui-n-existe-pas');
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({ event: null });
  });

  test('what cannot be an address is refused', async () => {
    expect((await ask('..%2F..%2Fetc')).json()).toMatchObject({ code: 'bad_request' });
  });
});
