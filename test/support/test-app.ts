import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import type { Edition, ProgrammeEvent } from '#domain/programme.ts';
import { vi } from 'vitest';
import { freshDatabase } from './postgres.ts';
import { PROTOCOL, PROTOCOL_HEADER } from '#protocol/version.ts';
import { buildApp } from '#server/app.ts';
import { readConfig } from '#server/config.ts';
import { createLog } from '#server/log.ts';
import { openContext } from '#server/open.ts';
import type { App } from '#server/routes/schemas.ts';
import type { Engine } from '#server/db/migrations.ts';
import type { Context } from '#server/services/context.ts';

/** The whole server without a port, on a database of its own. */
export interface TestApp {
  readonly app: App;
  readonly ctx: Context;
  /** Moves the server's clock, which stands still at 9:00 UTC on 20 November 2026. */
  readonly wait: (milliseconds: number) => void;
  /** A request as the client makes it, with the protocol header. */
  readonly call: (options: InjectOptions) => Promise<LightMyRequestResponse>;
  /** The sign-in codes mailed to an address so far, oldest first. */
  readonly mailedCodes: (address: string) => Promise<string[]>;
  /** Asks for a sign-in code and gives the one that is mailed. */
  readonly askForCode: (address: string) => Promise<string>;
  /** The session cookie of an account, by a mailed code. */
  readonly signIn: (address: string) => Promise<string>;
  readonly close: () => Promise<void>;
}

export async function openTestApp(
  environment: Record<string, string> = {},
  engine: Engine = 'sqlite',
): Promise<TestApp> {
  const folder = await mkdtemp(join(tmpdir(), 'escale-app-'));
  const database = engine === 'postgres' ? await freshDatabase() : undefined;
  const config = readConfig({
    ESCALE_DATA: folder,
    LOG_LEVEL: 'silent',
    ...(database ? { DATABASE_URL: database.url } : {}),
    ...environment,
  });
  const open = await openContext(config, createLog(config.logLevel));
  let now = Date.parse('2026-11-20T09:00:00Z');
  const ctx: Context = { ...open.ctx, clock: () => now };
  const app = await buildApp(ctx, { clientFolder: join(folder, 'no-client') });

  const call: TestApp['call'] = (options) => {
    const headers = { [PROTOCOL_HEADER]: String(PROTOCOL), host: 'localhost:3000', ...options.headers };
    return app.inject({ ...options, headers });
  };
  const mailedCodes: TestApp['mailedCodes'] = async (address) => {
    const mail = join(folder, 'mail');
    const names = (await readdir(mail).catch(() => [])).filter((name) => name.endsWith('.eml')).toSorted();
    const texts = await Promise.all(names.map((name) => readFile(join(mail, name), 'utf8')));
    const to = `to: ${address.toLowerCase()}`;
    return texts.filter((text) => text.toLowerCase().includes(to)).flatMap((text) => codeIn(text) ?? []);
  };
  const askForCode: TestApp['askForCode'] = async (address) => {
    const before = await mailedCodes(address);
    await call({ method: 'POST', url: '/api/v1/sign-in/codes', payload: { email: address, language: 'fr' } });
    const codes = await vi.waitUntil(
      async () => {
        const after = await mailedCodes(address);
        return after.length > before.length && after;
      },
      { timeout: 5000, interval: 20 },
    );
    return codes.find((code) => !before.includes(code)) ?? codes.at(-1)!;
  };
  return {
    app,
    ctx,
    wait: (milliseconds) => void (now += milliseconds),
    call,
    mailedCodes,
    askForCode,
    signIn: async (address) => {
      const payload = { email: address, code: await askForCode(address) };
      const answer = await call({ method: 'POST', url: '/api/v1/sign-in', payload });
      const cookie = answer.headers['set-cookie'];
      if (answer.statusCode !== 200 || typeof cookie !== 'string') throw new Error(`not signed in: ${answer.body}`);
      return cookie.split(';', 1)[0]!;
    },
    close: async () => {
      await app.close();
      await open.close();
      await database?.drop();
      await rm(folder, { recursive: true });
    },
  };
}

function codeIn(mail: string): string | undefined {
  const body = mail.slice(mail.indexOf('\n\n')).replaceAll('=\n', '');
  return /\b\d{6}\b/.exec(body)?.[0];
}

export const anEdition: Edition = {
  id: 'edition-test',
  title: { fr: 'Édition d’essai' },
  year: 2026,
  themes: [],
  kind: 'current',
  current: true,
};

/** An event that takes registrations; each number gives another one. */
export function anEvent(number: number, more: Partial<ProgrammeEvent> = {}): ProgrammeEvent {
  const id = `00000000-0000-8000-8000-${String(number).padStart(12, '0')}`;
  return {
    id,
    editionId: anEdition.id,
    slug: `evenement-${number}`,
    region: '52',
    title: { fr: `Événement ${number}` },
    format: 'workshop',
    themes: [],
    audiences: ['public'],
    attendanceMode: 'on_site',
    status: 'scheduled',
    organisers: [{ name: 'Ville' }],
    venues: [],
    sessions: [
      {
        id: `00000000-0000-8000-8001-${String(number).padStart(12, '0')}`,
        slot: { date: '2026-11-25', start: '10:00', end: '12:00', zone: 'Europe/Paris' },
      },
    ],
    accessibility: [],
    registration: { mode: 'open', capacity: 20, maxParty: 4 },
    publishedAt: '2026-11-01T00:00:00.000Z',
    updatedAt: '2026-11-01T00:00:00.000Z',
    ...more,
  };
}
