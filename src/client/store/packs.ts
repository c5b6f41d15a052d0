import * as v from 'valibot';
import { cardOf } from '#domain/event-card.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import type { Change } from '#protocol/pull.ts';
import type { ItemKind, Scope } from '#protocol/scope.ts';
import { valueSchemas } from '#protocol/values.ts';
import { writeCards } from './card-packs.ts';

/** An item of a page; without value: a tombstone, which only a delta has. */
export interface PackItem {
  readonly kind: ItemKind;
  readonly id: string;
  readonly value?: unknown;
}

/** How a scope is stored (L3). */
export type Storage = 'programme' | 'roster' | 'rows';

export function storageOf(scope: Scope): Storage {
  if (scope.startsWith('programme/')) return 'programme';
  return scope.startsWith('roster/') ? 'roster' : 'rows';
}

function isKind(kind: string): kind is ItemKind {
  return Object.hasOwn(valueSchemas, kind);
}

/**
 * Reads a snapshot's page. Its SHA-256 is the one that our own server named over the same connection and that server parsed
 * every value when it was published, so what is left to guard against is another version of the format: the shape that the
 * code walks through is checked, not every length and pattern (valibot over 10,000 events takes longer than fetching them).
 * Undefined when the text is no page; an item that is not of its kind is left out and spoils nothing else.
 */
export function readPage(text: string): PackItem[] | undefined {
  let page: unknown;
  try {
    page = JSON.parse(text);
  } catch {
    return undefined;
  }
  return Array.isArray(page) ? page.filter(isPageItem) : undefined;
}

function isPageItem(item: unknown): item is PackItem {
  if (!isRecord(item)) return false;
  const { kind, id, value } = item;
  if (typeof kind !== 'string' || typeof id !== 'string' || !isKind(kind) || !isRecord(value)) return false;
  if (kind === 'event') return looksLikeEvent(value) && value['id'] === id;
  if (kind === 'entry') return typeof value['lastName'] === 'string' && typeof value['registrationId'] === 'string';
  if (kind === 'check-in') return typeof value['ticketId'] === 'string' && typeof value['count'] === 'number';
  return v.is(valueSchemas[kind], value);
}

const EVENT_LISTS = ['themes', 'audiences', 'organisers', 'venues', 'sessions', 'accessibility'] as const;

function looksLikeEvent(value: Record<string, unknown>): boolean {
  return (
    typeof value['slug'] === 'string' &&
    typeof value['editionId'] === 'string' &&
    isRecord(value['title']) &&
    isRecord(value['registration']) &&
    EVENT_LISTS.every((list) => Array.isArray(value[list])) &&
    (value['sessions'] as unknown[]).every(
      (s) => isRecord(s) && isRecord(s['slot']) && typeof s['slot']['date'] === 'string',
    )
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a pull brought, every value parsed in full; what is not of its kind is left out. The latest of an item wins. */
export function readChanges(changes: readonly Change[]): PackItem[] {
  const latest = new Map<string, PackItem>();
  for (const { kind, id, value } of changes) {
    if (!isKind(kind)) continue;
    const key = `${kind} ${id}`;
    if (value === undefined) {
      latest.set(key, { kind, id });
      continue;
    }
    const parsed = v.safeParse(valueSchemas[kind], value);
    if (parsed.success) latest.set(key, { kind, id, value: parsed.output });
  }
  return [...latest.values()];
}

/** The cards of a programme's page, ready to be stored. */
export function cardsText(items: readonly PackItem[]): string {
  return writeCards({
    cards: items.flatMap((i) =>
      i.kind === 'event' && i.value !== undefined ? [cardOf(i.value as ProgrammeEvent)] : [],
    ),
    gone: items.flatMap((i) => (i.kind === 'event' && i.value === undefined ? [i.id] : [])),
  });
}
