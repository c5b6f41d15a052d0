import MiniSearch from 'minisearch';
import type { Uuid } from '#domain/ids.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import type { LocalizedText } from '#domain/text.ts';
import { fold } from '#domain/text.ts';
import type { Scope } from '#protocol/scope.ts';
import type { EscaleDatabase, ScopeRow } from './database.ts';
import type { PackItem } from './packs.ts';
import { readPackItems } from './scopes.ts';

const all = (text: LocalizedText | undefined): string => (text ? Object.values(text).join(' ') : '');

interface Document {
  readonly id: Uuid;
  readonly title: string;
  readonly summary: string;
  readonly people: string;
  readonly places: string;
  readonly text: string;
}

function documentOf(event: ProgrammeEvent): Document {
  const { sessions, venues } = event;
  return {
    id: event.id,
    title: [event.title, ...sessions.map((s) => s.title)].map(all).join(' '),
    summary: all(event.summary),
    people: [...event.organisers, ...(event.bodies ?? []), ...sessions.flatMap((s) => s.people ?? [])]
      .map((one) => one.name)
      .join(' '),
    places: venues.map((v) => `${v.name} ${v.city ?? ''} ${v.address ?? ''}`).join(' '),
    text: [event.description, event.conditions, ...sessions.map((s) => s.summary)].map(all).join(' '),
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
  private readonly index = new MiniSearch<Document>({
    fields: ['title', 'summary', 'people', 'places', 'text'],
    tokenize: words,
    processTerm: (term) => term,
    searchOptions: { boost: { title: 4, people: 2, places: 2, summary: 1.5 } },
  });
  /** What was read of each scope: the pages in order, and the ids that came from it. */
  private readonly parts = new Map<Scope, { names: readonly string[]; ids: Set<Uuid> }>();

  async refresh(db: EscaleDatabase, scopes: readonly ScopeRow[]): Promise<void> {
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
      for (const name of fresh) await this.take(part.ids, await readPackItems(db, row.scope, name));
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

  /** Ids, the best first. Every word counts; the last may be a beginning; a slip of a letter is forgiven from five letters on. */
  search(query: string): Uuid[] {
    const terms = words(query);
    const last = terms.at(-1);
    if (last === undefined) return [];
    const open = !/\s$/.test(query);
    const found = this.index.search(query, {
      combineWith: 'AND',
      prefix: (term, i, list) => open && i === list.length - 1 && term === last,
      fuzzy: (term) => (term.length >= 5 ? (term.length >= 9 ? 2 : 1) : false),
    });
    return found.map((one) => one.id as Uuid);
  }
}
