import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Edition, ProgrammeEvent } from '#domain/programme.ts';
import type { ExportFormat } from '#interop/formats.ts';
import { writeProgramme } from '#interop/formats.ts';
import type { Imported, ImportOptions } from '#interop/imported.ts';
import { locator } from '#interop/locate.ts';
import { readOutlines } from '#interop/outlines.ts';
import type { Written } from '#interop/written.ts';

/** A file of `test/fixtures`, unpacked when it is packed. */
export function fixture(name: string): Buffer {
  const bytes = readFileSync(new URL(`../fixtures/${name}`, import.meta.url));
  return name.endsWith('.gz') ? gunzipSync(bytes) : bytes;
}

export const digest = (text: string): Uint8Array => createHash('sha256').update(text).digest();

const outlines = readFileSync(new URL('../../src/interop/outlines/outlines.topo', import.meta.url), 'utf8');

export const importOptions: ImportOptions = {
  editionId: 'essai-2026',
  zone: 'Europe/Paris',
  themes: [],
  at: '2026-11-01T08:00:00.000Z',
  digest,
  locate: locator(readOutlines(outlines)),
};

export function taken(imported: Imported) {
  if (imported.kind === 'refused') throw new Error(`${imported.problem.line}: ${imported.problem.message}`);
  return imported;
}

/** What a reader says of a whole text. */
export function readAll(
  reader: (options: ImportOptions) => { write(chunk: string): unknown; end(): Imported },
  text: string,
  options: ImportOptions = importOptions,
): Imported {
  const one = reader(options);
  one.write(text);
  return one.end();
}

/** A whole file of a format. */
export async function textOf(
  format: ExportFormat,
  events: readonly ProgrammeEvent[],
  written: Written,
): Promise<string> {
  return (await Array.fromAsync(writeProgramme(format, events, written))).join('');
}

export const writtenAs = (edition: Edition): Written => ({
  edition,
  origin: 'https://programme.example',
  at: '2026-11-01T08:00:00.000Z',
  digest,
  externalId: () => undefined,
});

const uuid = (n: number): string => `0192f0c1-0000-7000-8000-${String(n).padStart(12, '0')}`;

export const anEditionWithThemes: Edition = {
  id: 'essai-2026',
  title: { fr: 'Mois de l’essai', en: 'Month of trying' },
  year: 2026,
  from: '2026-11-02',
  to: '2026-11-30',
  themes: [{ code: 'accueil', label: { fr: 'Accueil du public', en: 'Welcome' } }],
  kind: 'current',
  current: true,
};

/** An event that says everything that an event can say. */
export const aFullEvent: ProgrammeEvent = {
  id: uuid(1),
  editionId: 'essai-2026',
  slug: 'atelier-guichet',
  region: '04',
  department: '974',
  title: { fr: 'Atelier « guichet » ; <b> & "suite"', en: 'Counter workshop' },
  summary: { fr: 'Refaire le guichet.', en: 'Make the counter anew.' },
  description: { fr: '**Au programme**\n\n- une visite\n- un [lien](https://exemple.fr/a(b))\n\nÀ bientôt.' },
  format: 'workshop',
  themes: ['accueil'],
  audiences: ['agents', 'public'],
  attendanceMode: 'mixed',
  status: 'rescheduled',
  organisers: [{ name: 'Ville de Saint-Denis', url: 'https://ville.example' }, { name: 'Préfecture' }],
  venues: [
    {
      id: uuid(2),
      name: 'Médiathèque',
      address: '1 rue des Mots',
      postalCode: '97400',
      city: 'Saint-Denis',
      position: { lat: -20.8789, lon: 55.4481 },
      access: { fr: 'Entrée par la cour.' },
      transport: { fr: 'Arrêt Mairie, ligne 8.', en: 'Stop Mairie, line 8.' },
    },
    { id: uuid(3), name: 'Annexe', city: 'Saint-Denis' },
  ],
  sessions: [
    {
      id: uuid(4),
      slot: { date: '2026-11-25', start: '14:00', end: '16:00', zone: 'Indian/Reunion' },
      venueId: uuid(3),
      room: 'Salle B',
      people: [{ name: 'Ada Ndiaye', role: { fr: 'animatrice' } }],
      registration: { mode: 'open', capacity: 12, waitingList: true },
    },
    {
      id: uuid(5),
      title: { fr: 'Deuxième' },
      slot: { date: '2026-11-24', start: '22:00', end: '01:00', endDate: '2026-11-25', zone: 'Indian/Reunion' },
    },
    { id: uuid(6), slot: { date: '2026-11-26', zone: 'Indian/Reunion' } },
    { id: uuid(7), slot: { date: '2026-11-27', start: '09:00', zone: 'Indian/Reunion' } },
  ],
  onlineUrl: 'https://visio.example/salle',
  accessibility: ['hi', 'mi'],
  conditions: { fr: 'Sur inscription.' },
  contacts: [{ kind: 'phone', value: '02 62 00 00 00' }],
  links: [{ label: 'Le dossier', url: 'https://exemple.fr/dossier' }],
  image: { url: 'https://exemple.fr/image.jpg', credit: 'Ada Ndiaye' },
  keywords: { fr: ['guichet', 'accueil'] },
  age: { min: 12 },
  registration: { mode: 'none' },
  tour: {
    slug: 'balade',
    title: { fr: 'Balade' },
    stops: [{ id: uuid(8), title: { fr: 'Départ' }, position: { lat: -20.9, lon: 55.4 } }],
  },
  publishedAt: '2026-10-01T08:00:00.000Z',
  updatedAt: '2026-10-20T08:00:00.000Z',
};

/** What can be had at any time, with no session. */
export const aPodcast: ProgrammeEvent = {
  ...aFullEvent,
  id: uuid(20),
  slug: 'podcast',
  title: { fr: 'Un podcast' },
  format: 'podcast',
  region: 'FR',
  attendanceMode: 'online',
  venues: [],
  sessions: [],
  availability: { from: '2026-11-02', to: '2026-11-30', url: 'https://podcast.example' },
};
