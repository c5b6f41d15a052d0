import Dexie from 'dexie';
import type { EventCard } from '#domain/event-card.ts';
import { programmeOrder } from '#domain/programme-days.ts';
import type { Uuid } from '#domain/ids.ts';
import type { Scope } from '#protocol/scope.ts';
import type { CardsRow, EscaleDatabase, LoadRow, ScopeRow } from './database.ts';
import { database } from './database.ts';
import type { Live } from './live.ts';
import { afterHold, Cell, watch } from './live.ts';
import type { CardPack } from './card-packs.ts';
import { readCards } from './card-packs.ts';
import type { SyncRecord } from './settings.ts';
import { readSetting } from './settings.ts';

/**
 * `loading-device`: the device's own store is being read. `first-load`: the network brings it, what is complete shows already.
 * `empty-offline`: nothing here yet and the server cannot be reached.
 */
export type ProgrammeState = 'loading-device' | 'first-load' | 'ready' | 'empty-offline';

export interface ProgrammeView {
  readonly cards: readonly EventCard[];
  readonly state: ProgrammeState;
  /** Events of a first load that have arrived, and all of them. */
  readonly progress?: { readonly done: number; readonly total: number };
}

/** An event's card with the page that it came from, which has it in full. */
interface Placed {
  readonly card: EventCard;
  readonly name: string;
}

/** What the cards of an edition are made from. */
export interface ProgrammeRecords {
  readonly scopes: readonly ScopeRow[];
  readonly loads: readonly LoadRow[];
  /** Names of the pages of `loads` that have arrived. */
  readonly staged: ReadonlySet<string>;
  readonly sync: SyncRecord | undefined;
}

export const LOADING: ProgrammeView = { cards: [], state: 'loading-device' };

/** The cards of one scope, kept in memory for as long as the tab lives. */
interface Part {
  names: readonly string[];
  cards: Map<Uuid, Placed>;
}

/** The programme of one edition in memory, brought up to date pack by pack. */
export class ProgrammeIndex {
  private readonly parts = new Map<Scope, Part>();
  private sorted: readonly EventCard[] = [];
  private early: Promise<readonly CardsRow[]> | undefined;

  /** Asks for all packs of an edition before it is known which of them count: at a launch they then come while the app is still being evaluated. */
  readAhead(db: EscaleDatabase, editionId: string): void {
    const range = db.cards.where('[scope+name]').between([`programme/${editionId}/`], [`programme/${editionId}0`]);
    this.early = range.toArray().catch(() => []);
  }

  private async texts(db: EscaleDatabase, wanted: readonly Wanted[]): Promise<Map<string, string>> {
    const early = await this.early;
    this.early = undefined;
    if (!early?.length) return readTexts(db, wanted);
    const texts = new Map(early.map((row) => [keyOf(row.scope, row.name), row.text]));
    const rest = wanted.map((w) => ({ ...w, fresh: w.fresh.filter((name) => !texts.has(keyOf(w.scope, name))) }));
    for (const [key, text] of await readTexts(db, rest)) texts.set(key, text);
    return texts;
  }

  /** Reads what is new. Only card packs are read, and of a scope that grew only what it grew by. */
  async refresh(db: EscaleDatabase, scopes: readonly ScopeRow[]): Promise<readonly EventCard[]> {
    const wanted = scopes.flatMap((row) => {
      const names = row.pages.map((p) => p.name);
      const known = this.parts.get(row.scope);
      const grown = known !== undefined && known.names.every((name, i) => names[i] === name);
      const fresh = grown ? names.slice(known.names.length) : names;
      return grown && fresh.length === 0
        ? []
        : [{ scope: row.scope, names, fresh, base: grown ? known.cards : undefined }];
    });
    const kept = new Set(scopes.map((row) => row.scope));
    const dropped = [...this.parts.keys()].filter((scope) => !kept.has(scope));
    if (wanted.length === 0 && dropped.length === 0) return this.sorted;

    const packs = await parsed(await this.texts(db, wanted));
    for (const { scope, names, fresh, base } of wanted) {
      const cards = base ?? new Map<Uuid, Placed>();
      for (const name of fresh) {
        const pack = packs.get(keyOf(scope, name));
        if (pack === undefined) continue;
        for (const id of pack.gone) cards.delete(id);
        for (const card of pack.cards) cards.set(card.id, { card, name });
      }
      this.parts.set(scope, { names, cards });
    }
    for (const scope of dropped) this.parts.delete(scope);
    this.sorted = programmeOrder(
      [...this.parts.values()].flatMap((part) => Array.from(part.cards.values(), (p) => p.card)),
    );
    return this.sorted;
  }

  /** Where an event of a scope is; `unknown` when the scope in memory is not the one that is stored. */
  find(row: ScopeRow, by: 'slug' | 'id', value: string): { name: string; id: Uuid } | 'absent' | 'unknown' {
    const part = this.parts.get(row.scope);
    if (!part || part.names.length !== row.pages.length) return 'unknown';
    if (!row.pages.every((page, i) => part.names[i] === page.name)) return 'unknown';
    for (const { card, name } of part.cards.values()) if (card[by] === value) return { name, id: card.id };
    return 'absent';
  }
}

/** More packs than this are read by their range: one request for all costs less than one each. */
const SINGLY = 8;

interface Wanted {
  readonly scope: Scope;
  /** Names of the packs that are not in memory yet. */
  readonly fresh: readonly string[];
}

const keyOf = (scope: Scope, name: string): string => `${scope} ${name}`;

async function readTexts(db: EscaleDatabase, wanted: readonly Wanted[]): Promise<Map<string, string>> {
  const keys = wanted.flatMap((w) => w.fresh.map((name) => [w.scope, name] as [string, string]));
  let rows: readonly (CardsRow | undefined)[];
  if (keys.length <= SINGLY) {
    rows = await db.cards.bulkGet(keys);
  } else {
    const scopes = wanted.map((w) => w.scope).sort();
    const range = db.cards.where('[scope+name]').between([scopes[0]], [scopes.at(-1), Dexie.maxKey]);
    rows = await range.toArray();
  }
  return new Map(rows.flatMap((row) => (row ? [[keyOf(row.scope, row.name), row.text] as const] : [])));
}

/** Longer than this at a stretch, and a key that is typed meanwhile would be seen to wait; milliseconds. */
const STRETCH_MS = 10;

/** Reads packs, leaving room between them for what the person does. */
async function parsed(texts: ReadonlyMap<string, string>): Promise<Map<string, CardPack>> {
  const packs = new Map<string, CardPack>();
  let began = performance.now();
  for (const [key, text] of texts) {
    packs.set(key, readCards(text));
    if (performance.now() - began < STRETCH_MS) continue;
    await new Promise((resolve) => setTimeout(resolve));
    began = performance.now();
  }
  return packs;
}

export async function programmeRecords(db: EscaleDatabase, editionId: string): Promise<ProgrammeRecords> {
  const prefix = `programme/${editionId}/`;
  const [scopes, loads, sync] = await Promise.all([
    db.scopes.where('scope').startsWith(prefix).toArray(),
    db.loads.where('scope').startsWith(prefix).toArray(),
    readSetting(db, 'sync'),
  ]);
  const based = new Set(scopes.map((row) => row.scope));
  const first = loads.filter((load) => !based.has(load.scope));
  const keys = first.flatMap((load) => load.pages.map((p) => [load.scope, p.name] as [string, string]));
  const staged = keys.length > 0 ? await db.pages.where('[scope+name]').anyOf(keys).primaryKeys() : [];
  return { scopes, loads: first, staged: new Set(staged.map(([, name]) => name)), sync };
}

/** What to show, of what is stored and how the last exchange went. */
export function programmeView(records: ProgrammeRecords, cards: readonly EventCard[]): ProgrammeView {
  const { scopes, loads, staged, sync } = records;
  const failed = sync !== undefined && sync.outcome !== 'ok';
  if (loads.length > 0 && !failed) {
    const items = (pages: LoadRow['pages']): number => pages.reduce((sum, p) => sum + p.items, 0);
    const total = cards.length + loads.reduce((sum, load) => sum + items(load.pages), 0);
    const arrived = loads.reduce((sum, load) => sum + items(load.pages.filter((p) => staged.has(p.name))), 0);
    return { cards, state: 'first-load', progress: { done: cards.length + arrived, total } };
  }
  if (scopes.length > 0) return { cards, state: 'ready' };
  if (failed) return { cards, state: 'empty-offline' };
  return { cards, state: sync === undefined || sync.syncedAt === undefined ? 'first-load' : 'ready' };
}

interface Shown {
  readonly view: Live<ProgrammeView>;
  readonly index: ProgrammeIndex;
}

const shown = new Map<string, Shown>();

/** The programme of an edition, read once and then kept up to date for as long as the tab lives. */
export function programme(editionId: string): Live<ProgrammeView> {
  let one = shown.get(editionId);
  if (!one) {
    one = startProgramme(editionId);
    shown.set(editionId, one);
  }
  return one.view;
}

/** The programmes that this tab has in memory, whole. */
export function indexesInMemory(): ProgrammeIndex[] {
  return [...shown.values()].flatMap(({ view, index }) => (view.get().state === 'loading-device' ? [] : [index]));
}

function startProgramme(editionId: string): Shown {
  const cell = new Cell<ProgrammeView>(LOADING);
  const index = new ProgrammeIndex();
  afterHold(() => index.readAhead(database(), editionId));
  let latest = 0;
  let turn: Promise<unknown> = Promise.resolve();
  watch(
    () => programmeRecords(database(), editionId),
    (records) => {
      const mine = ++latest;
      // One at a time: a refresh changes the index in place.
      turn = turn
        .then(async () => {
          if (mine !== latest) return;
          const cards = await index.refresh(database(), records.scopes);
          const next = programmeView(records, cards);
          const last = cell.get();
          // A sync that brought nothing draws nothing.
          if (next.cards !== last.cards || next.state !== last.state || next.progress) cell.set(next);
        })
        .catch(() => undefined);
    },
  );
  return { view: cell, index };
}
