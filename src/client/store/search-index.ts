import type { SearchResult } from 'minisearch';
import MiniSearch from 'minisearch';
import type { SearchAnswer, SearchField } from '#domain/found.ts';
import { MARKED, searchFields } from '#domain/found.ts';
import type { Uuid } from '#domain/ids.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { departmentOf, NATIONAL, regionOf } from '#domain/regions.ts';
import type { LocalizedText } from '#domain/text.ts';
import { fold } from '#domain/text.ts';
import type { Scope } from '#protocol/scope.ts';
import type { ScopeRow } from './database.ts';
import type { PackItem } from './packs.ts';
import type { StoredPages } from './stored-pages.ts';
import { lettersOf, mayBeWithin, prefixDistance, typosOf, wordDistance } from './typos.ts';

/** More than this many found, and where each has it tells nobody anything; going through their lines would keep the next key waiting. */
const EXPLAINED = 400;

/** Fields whose lines are kept, so that the one that was found can be said. */
const KEPT = ['sessions', 'people', 'organisers', 'places'] as const;

type Document = Readonly<Record<SearchField, string>> & { readonly id: Uuid };

const texts = (text: LocalizedText | undefined): string[] => (text ? Object.values(text) : []);
/** A name a line, each once. */
const lines = (parts: readonly (string | undefined)[]): string => [...new Set(parts.filter(Boolean))].join('\n');

function documentOf(event: ProgrammeEvent): Document {
  const { sessions, venues } = event;
  const title = texts(event.title);
  const department = event.department ? departmentOf(event.department)?.name : undefined;
  const region = event.region === NATIONAL ? undefined : regionOf(event.region);
  return {
    id: event.id,
    title: title.join(' '),
    sessions: lines(sessions.flatMap((s) => texts(s.title)).filter((one) => !title.includes(one))),
    people: lines(sessions.flatMap((s) => s.people ?? []).map((person) => person.name)),
    organisers: lines([...event.organisers, ...(event.bodies ?? [])].map((body) => body.name)),
    places: lines([
      ...venues.flatMap((v) => [v.name, v.city, v.address]),
      ...sessions.map((s) => s.room),
      department,
      ...texts(region?.name),
    ]),
    summary: texts(event.summary).join(' '),
    text: [
      ...texts(event.description),
      ...texts(event.conditions),
      ...sessions.flatMap((s) => texts(s.summary)),
      ...Object.values(event.keywords ?? {}).flat(),
    ].join(' '),
  };
}

/** Elisions stand apart in French: "l'innovation" is found by "innovation", and one letter alone says nothing. */
function words(text: string): string[] {
  return fold(text)
    .split(' ')
    .filter((word) => word.length > 1 || /\d/.test(word));
}

/** The full-text index of one edition's kept programme, patched as the packs change. */
export class SearchIndex {
  /** Every word there is or was: what a word that is nowhere may have been meant to be. */
  private readonly vocabulary = new Set<string>();
  private readonly index = new MiniSearch<Document>({
    fields: [...searchFields],
    storeFields: [...KEPT],
    tokenize: words,
    processTerm: (term, field) => {
      if (field !== undefined) this.vocabulary.add(term);
      return term;
    },
    searchOptions: { boost: { title: 4, sessions: 3, people: 2, organisers: 2, places: 2, summary: 1.5 } },
  });
  /** What was read of each scope: the pages in order, and the ids that came from it. */
  private readonly parts = new Map<Scope, { names: readonly string[]; ids: Set<Uuid> }>();

  async refresh(stored: Pick<StoredPages, 'text'>, scopes: readonly ScopeRow[]): Promise<void> {
    for (const scope of this.parts.keys()) {
      if (!scopes.some((row) => row.scope === scope)) this.drop(scope);
    }
    for (const row of scopes) {
      const names = row.pages.map((p) => p.name);
      const known = this.parts.get(row.scope);
      const grown = known !== undefined && known.names.every((name, i) => names[i] === name);
      if (!grown) this.drop(row.scope);
      const part = { names, ids: grown ? known.ids : new Set<Uuid>() };
      const fresh = grown ? names.slice(known.names.length) : names;
      for (const name of fresh) {
        const text = await stored.text(row.scope, name);
        if (text !== undefined) await this.take(part.ids, JSON.parse(text) as PackItem[]);
      }
      this.parts.set(row.scope, part);
    }
  }

  private async take(ids: Set<Uuid>, items: readonly PackItem[]): Promise<void> {
    const documents: Document[] = [];
    for (const { kind, id, value } of items) {
      if (kind !== 'event') continue;
      ids.delete(id);
      if (this.index.has(id)) this.index.discard(id);
      if (value === undefined) continue;
      ids.add(id);
      documents.push(documentOf(value as ProgrammeEvent));
    }
    // In chunks with a breath between them, so that a query is answered while the index grows.
    await this.index.addAllAsync(documents, { chunkSize: 50 });
  }

  private drop(scope: Scope): void {
    for (const id of this.parts.get(scope)?.ids ?? []) this.index.discard(id);
    this.parts.delete(scope);
  }

  /**
   * Every word counts; the last may be a beginning; a slip of a letter is forgiven from five letters on. When nothing at all
   * has it, the words that nobody wrote are read as the nearest ones that somebody did.
   */
  search(query: string): SearchAnswer {
    const open = !/\s$/.test(query);
    const typed = words(query);
    const found = this.ask(typed, open);
    if (found.length > 0 || typed.length === 0) return answerOf(found, typed, open);
    const meant = this.mended(typed, open);
    const instead = meant ? this.ask(meant, false) : [];
    if (!meant || instead.length === 0) return answerOf([], typed, open);
    return { ...answerOf(instead, meant, false), corrected: meant.join(' ') };
  }

  private ask(terms: readonly string[], open: boolean): SearchResult[] {
    const last = terms.at(-1);
    if (last === undefined) return [];
    return this.index.search(terms.join(' '), {
      combineWith: 'AND',
      prefix: (term, i, list) => open && i === list.length - 1 && term === last,
      fuzzy: (term) => (term.length >= 5 ? (term.length >= 9 ? 2 : 1) : false),
    });
  }

  /** Undefined when each word is somewhere, only not together, or when one is like none. */
  private mended(terms: readonly string[], open: boolean): string[] | undefined {
    let changed = false;
    const meant: string[] = [];
    for (const [i, term] of terms.entries()) {
      const begun = open && i === terms.length - 1;
      if (this.ask([term], begun).length > 0) {
        meant.push(term);
        continue;
      }
      const nearest = this.nearest(term, begun);
      if (nearest === undefined) return undefined;
      changed = true;
      meant.push(nearest);
    }
    return changed ? meant : undefined;
  }

  private nearest(term: string, begun: boolean): string | undefined {
    let most = typosOf(term);
    const letters = lettersOf(term);
    let best: string | undefined;
    for (const word of this.vocabulary) {
      if (most === 0 || !mayBeWithin(letters, lettersOf(word), most)) continue;
      const whole = wordDistance(term, word, most);
      const distance = begun ? Math.min(whole, prefixDistance(term, word, most)) : whole;
      if (distance > most || (best !== undefined && distance === most && word.length >= best.length)) continue;
      best = word;
      most = distance;
    }
    return best;
  }
}

function answerOf(results: readonly SearchResult[], terms: readonly string[], open: boolean): SearchAnswer {
  const start = open ? terms.at(-1) : undefined;
  const found = new Set<string>();
  for (const { match } of results.length <= MARKED ? results : [])
    for (const word in match) if (start === undefined || !word.startsWith(start)) found.add(word);
  const explained = results.length <= EXPLAINED;
  const where = new Uint8Array(explained ? results.length : 0);
  const names: string[] = [];
  if (explained) {
    const ownerOf = owners(terms, start);
    for (const [i, result] of results.entries()) {
      const { bits, word } = whereOf(result, ownerOf);
      where[i] = bits;
      names.push(word === undefined ? '' : lineWith(result, bits, word));
    }
  }
  const ids = results.map((one) => one.id as Uuid);
  return { ids, where, names, words: [...found], ...(start === undefined ? {} : { start }) };
}

/** Which of the words that were typed a word of the programme answers. */
function owners(terms: readonly string[], start: string | undefined): (word: string) => number {
  const known = new Map<string, number>();
  return (word) => {
    let owner = known.get(word);
    if (owner !== undefined) return owner;
    owner = terms.indexOf(word);
    if (owner < 0 && start !== undefined && word.startsWith(start)) owner = terms.length - 1;
    if (owner < 0) {
      const far = terms.map((term) => wordDistance(term, word, 3));
      owner = far.indexOf(Math.min(...far));
    }
    known.set(word, owner);
    return owner;
  };
}

/** The fields that have what the title has not, one a word that was typed, and a word in the first of them. */
function whereOf(result: SearchResult, ownerOf: (word: string) => number): { bits: number; word?: string } {
  let titled = 0;
  for (const word in result.match) if (result.match[word]!.includes('title')) titled |= 1 << (ownerOf(word) & 31);
  const best = new Map<number, { field: number; word: string }>();
  for (const word in result.match) {
    const owner = ownerOf(word);
    if (titled & (1 << (owner & 31))) continue;
    const field = Math.min(...result.match[word]!.map((name) => searchFields.indexOf(name as SearchField)));
    const before = best.get(owner);
    if (!before || field < before.field) best.set(owner, { field, word });
  }
  let bits = 0;
  let first: { field: number; word: string } | undefined;
  for (const one of best.values()) {
    bits |= 1 << one.field;
    if (!first || one.field < first.field) first = one;
  }
  return first ? { bits, word: first.word } : { bits };
}

/** The line of the first field that has the word; empty where the field's lines are not kept. */
function lineWith(result: SearchResult, bits: number, word: string): string {
  const field = searchFields[31 - Math.clz32(bits & -bits)];
  const kept = KEPT.find((one) => one === field);
  const text: unknown = kept && result[kept];
  return typeof text === 'string' ? (text.split('\n').find((line) => words(line).includes(word)) ?? '') : '';
}
