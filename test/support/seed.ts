import { addDays, localOf } from '#domain/dates.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { readConfig } from '#server/config.ts';
import { openContext } from '#server/open.ts';
import type { Context } from '#server/services/context.ts';
import { publishEvents } from '#server/services/programme/publishing.ts';
import { decideRegistrations } from '#server/services/registration/registration-decisions.ts';
import type { ServerOptions } from './server-process.ts';
import { newUuid } from './protocol-client.ts';

const ZONE = 'Europe/Paris';
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/**
 * An event that takes registrations and whose door is open, at whatever hour the test runs: today and tomorrow, without hours.
 * @param title also what its slug is made of; letters, digits and spaces
 */
export function openEvent(editionId: string, title: string, change: Partial<ProgrammeEvent> = {}): ProgrammeEvent {
  const now = Date.now();
  const { date } = localOf(now, ZONE);
  const venueId = newUuid();
  return {
    id: newUuid(),
    editionId,
    slug: title.toLowerCase().replaceAll(' ', '-'),
    region: '76',
    department: '34',
    title: { fr: title, en: title },
    summary: { fr: 'Un événement de test, ouvert toute la journée.', en: 'A test event, open all day.' },
    format: 'workshop',
    themes: [],
    audiences: ['public'],
    attendanceMode: 'on_site',
    status: 'scheduled',
    organisers: [{ name: 'Ville de Montpellier' }],
    venues: [
      {
        id: venueId,
        name: 'Salle des rencontres',
        address: '1 place Georges-Frêche',
        postalCode: '34000',
        city: 'Montpellier',
        position: { lat: 43.5989, lon: 3.8967, approximate: true },
      },
    ],
    sessions: [{ id: newUuid(), slot: { date, endDate: addDays(date, 1), zone: ZONE }, venueId }],
    accessibility: ['mi'],
    registration: { mode: 'open', capacity: 500, waitingList: true, maxParty: 4 },
    publishedAt: new Date(now).toISOString(),
    updatedAt: new Date(now).toISOString(),
    ...change,
  };
}

type Where = Pick<ServerOptions, 'dataDir' | 'databaseUrl'>;

/** Publishes events beside a running server, as an operator's command would. */
export async function publish(server: Where, events: readonly ProgrammeEvent[]): Promise<void> {
  await beside(server, (ctx) => publishEvents(ctx, events));
}

/** Cancels everybody's registration for an event, as its organiser would. */
export async function cancelAll(server: Where, eventId: string): Promise<void> {
  await beside(server, async (ctx) => {
    const { id, email } = await ctx.db.read
      .selectFrom('account')
      .select(['id', 'email'])
      .where('role', '=', 'national')
      .executeTakeFirstOrThrow();
    const rows = await ctx.db.read.selectFrom('registration').select('id').where('event_id', '=', eventId).execute();
    const account = { id, email, role: 'national', regions: [], bodies: [], demo: false } as const;
    await decideRegistrations(
      ctx,
      account,
      eventId,
      'cancel',
      rows.map((row) => row.id),
    );
  });
}

async function beside(server: Where, work: (ctx: Context) => Promise<unknown>): Promise<void> {
  const config = readConfig({ ESCALE_DATA: server.dataDir, DATABASE_URL: server.databaseUrl });
  const { ctx, close } = await openContext(config, silent);
  try {
    await work(ctx);
  } finally {
    await close();
  }
}
