import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { cardOf } from '#domain/event-card.ts';
import { EscaleDatabase } from '#client/store/database.ts';
import { SearchIndex } from '#client/store/search-index.ts';
import { QuickSearch } from '#client/store/search-text.ts';
import { applyDeltas, beginLoad, land } from '#client/store/scopes.ts';
import { eventWith } from '../../../support/databases.ts';

const scope = 'programme/2026/53';

test('search folds accents, takes the last word as a beginning, forgives from five letters on, and follows changes', async () => {
  const db = new EscaleDatabase('escale-search');
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
  const rows = () => db.scopes.toArray();
  await index.refresh(db, await rows());

  expect(index.search('oeuvre')).toEqual([visit.id]);
  expect(index.search('ETE PARTA')).toEqual([visit.id]);
  expect(index.search('brest')).toEqual([visit.id]);
  expect(index.search('demarche')).toEqual([talk.id]);
  expect(index.search('simplifeir')).toEqual([talk.id]);
  expect(index.search('confeernce quimper')).toEqual([talk.id]);
  expect(index.search('parta ete')).toEqual([]);
  expect(index.search("l'")).toEqual([]);

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
  await index.refresh(db, await rows());
  expect(index.search('conference')).toEqual([]);
  expect(index.search('ronde')).toEqual([talk.id]);
  expect(index.search('oeuvre')).toEqual([]);
  await db.scopes.clear();
  await index.refresh(db, await rows());
  expect(index.search('ronde')).toEqual([]);

  const quick = new QuickSearch();
  expect([...quick.search([cardOf(visit), cardOf(talk)], 'ete bres')]).toEqual([visit.id]);
});
