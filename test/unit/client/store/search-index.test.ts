import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { cardOf } from '#domain/event-card.ts';
import { EscaleDatabase } from '#client/store/database.ts';
import { SearchIndex } from '#client/store/search-index.ts';
import { foundByIndex, foundInCards, stretchesOf, whyBeside } from '#domain/found.ts';
import { StoredPages } from '#client/store/stored-pages.ts';
import { QuickSearch } from '#client/store/search-text.ts';
import { applyDeltas, beginLoad, land } from '#client/store/scopes.ts';
import { eventWith } from '../../../support/databases.ts';

const scope = 'programme/2026/53';

test('search folds accents, takes the last word as a beginning, forgives from five letters on, and follows changes', async () => {
  const db = new EscaleDatabase('escale-search');
  const stored = new StoredPages('escale-search');
  const visit = eventWith(
    { mode: 'none' },
    { title: { fr: "L'été de l'Œuvre partagée" }, organisers: [{ name: 'Ville de Brest' }] },
  );
  const talk = eventWith(
    { mode: 'none' },
    { title: { fr: 'Conférence' }, description: { fr: 'Simplifier les démarches à Quimper.' } },
  );
  const text = JSON.stringify([visit, talk].map((value) => ({ kind: 'event', id: value.id, value })));
  await beginLoad(db, [{ scope, epoch: 'a', cursor: 1, pages: [{ hash: 'p', items: 2, bytes: text.length }] }]);
  await land(db, [{ scope, name: 'p', text }], [], 1);
  const index = new SearchIndex();
  const rows = () => stored.scopes('2026');
  const ids = (query: string) => index.search(query).ids;
  await index.refresh(stored, await rows());

  expect(ids('oeuvre')).toEqual([visit.id]);
  expect(ids('ETE PARTA')).toEqual([visit.id]);
  expect(ids('brest')).toEqual([visit.id]);
  expect(ids('demarche')).toEqual([talk.id]);
  expect(ids('simplifeir')).toEqual([talk.id]);
  expect(ids('confeernce quimper')).toEqual([talk.id]);
  expect(ids('parta ete')).toEqual([]);
  expect(ids("l'")).toEqual([]);

  const changed = { ...talk, title: { fr: 'Table ronde' } };
  await applyDeltas(
    db,
    [
      {
        scope,
        from: { epoch: 'a', cursor: 1 },
        cursor: 2,
        items: [
          { kind: 'event', id: talk.id, value: changed },
          { kind: 'event', id: visit.id },
        ],
      },
    ],
    2,
  );
  await index.refresh(stored, await rows());
  expect(ids('conference')).toEqual([]);
  expect(ids('ronde')).toEqual([talk.id]);
  expect(ids('oeuvre')).toEqual([]);
  await db.scopes.clear();
  await index.refresh(stored, await rows());
  expect(ids('ronde')).toEqual([]);

  const quick = new QuickSearch();
  expect([...quick.search([cardOf(visit), cardOf(talk)], 'ete bres')]).toEqual([visit.id]);
});

test('search says where it found what the title does not show, and reads a word that is nowhere as the nearest one', async () => {
  const db = new EscaleDatabase('escale-search-why');
  const visit = eventWith(
    { mode: 'none' },
    {
      title: { fr: 'Visite du laboratoire' },
      organisers: [{ name: 'Ville de Brest' }, { name: 'Université de Bretagne' }],
    },
  );
  const talk = eventWith(
    { mode: 'none' },
    {
      title: { fr: 'Conférence' },
      summary: { fr: 'Un laboratoire ouvert.' },
      description: { fr: 'Simplifier les démarches.' },
      department: '29',
    },
  );
  const session = talk.sessions[0]!;
  const told = { ...talk, sessions: [{ ...session, people: [{ name: 'Ada Lovelace' }, { name: 'Hélène Öberg' }] }] };
  const text = JSON.stringify([visit, told].map((value) => ({ kind: 'event', id: value.id, value })));
  await beginLoad(db, [{ scope, epoch: 'a', cursor: 1, pages: [{ hash: 'p', items: 2, bytes: text.length }] }]);
  await land(db, [{ scope, name: 'p', text }], [], 1);
  const index = new SearchIndex();
  await index.refresh(new StoredPages('escale-search-why'), await db.scopes.toArray());
  const find = (query: string) => foundByIndex(index.search(query));

  const lab = find('labor');
  expect(lab.ids).toEqual(new Set([visit.id, talk.id]));
  expect(lab.why(visit.id)).toBeUndefined();
  expect(lab.why(talk.id)).toEqual({ fields: ['summary'] });
  expect(find('oberg').why(talk.id)).toEqual({ fields: ['people'], name: 'Hélène Öberg' });
  expect(find('visite bretagne').why(visit.id)).toEqual({ fields: ['organisers'], name: 'Université de Bretagne' });
  expect(find('demarches oberg').why(talk.id)).toEqual({ fields: ['people', 'text'], name: 'Hélène Öberg' });
  expect(find('finistere').why(talk.id)).toEqual({ fields: ['places'], name: 'Finistère' });
  expect(find('rien').ids.size).toBe(0);

  const mended = find('Bertagne');
  expect(mended.ids).toEqual(new Set([visit.id, talk.id]));
  expect(mended.corrected).toBe('bretagne');
  expect(find('visiet lovealce').corrected).toBeUndefined();
  expect(find('adda').corrected).toBe('ada');
  expect(find('adda').ids).toEqual(new Set([talk.id]));

  const card = { ...cardOf(told), city: 'Quimper' };
  expect(whyBeside(card, { fields: ['places'], name: 'Quimper' })).toBeUndefined();
  expect(whyBeside(card, { fields: ['places'], name: 'Finistère' })?.name).toBe('Finistère');
});

test('words that were found are marked where they stand, whatever their accents and ligatures', () => {
  const marked = (text: string, query: string) =>
    stretchesOf(text, foundInCards(new Set(), query)).map(({ text: one, marked: yes }) => (yes ? `[${one}]` : one));
  expect(marked("L'Œuvre d'Hélène à l'été", 'oeuv hel').join('')).toBe("L'[Œuvre] d'[Hélène] à l'été");
  expect(marked('Rien ici', 'autre').join('')).toBe('Rien ici');
  const found = { words: new Set(['ete']), starts: [] };
  expect(stretchesOf('Été, étés', found).map((one) => one.marked)).toEqual([true, false]);
});

test('the pages are read without making a store, and without holding up a newer version of it', async () => {
  const stored = new StoredPages('escale-search-other');
  await expect(stored.scopes('2026')).rejects.toThrow();
  expect((await indexedDB.databases()).some((one) => one.name === 'escale-search-other')).toBe(false);

  const db = new EscaleDatabase('escale-search-other');
  await db.scopes.put({ scope, epoch: 'a', cursor: 1, pages: [], base: 1, syncedAt: 1 });
  expect(await stored.scopes('2026')).toMatchObject([{ scope }]);
  expect(await stored.scopes('2025')).toEqual([]);
  expect(await stored.text(scope, 'p')).toBeUndefined();
  db.close();
  await new Promise<void>((resolve, reject) => {
    const newer = indexedDB.open('escale-search-other', 10_000);
    newer.addEventListener('success', () => resolve(newer.result.close()));
    newer.addEventListener('blocked', () => reject(new Error('held up')));
  });
  expect(await stored.scopes('2026')).toHaveLength(1);
});
