import type { LocalDate } from '#domain/dates.ts';
import { lastDay } from '#domain/dates.ts';
import type { Uuid } from '#domain/ids.ts';
import type { Edition, ProgrammeEvent, Theme } from '#domain/programme.ts';
import type { Imported, ImportedItem, ImportOptions, ImportProblem } from './imported.ts';
import { limits, noneTaken } from './imported.ts';
import { line, some } from './texts.ts';

/** An item that can be an event. */
export interface Made {
  readonly externalId: string;
  readonly eventId?: Uuid;
  readonly event: ProgrammeEvent;
  /** The labels of its themes. */
  readonly themes: readonly Theme[];
}

/** Where an item stands. */
export interface Where {
  readonly line?: number;
  readonly item?: string;
}

/** What a file says of itself as a whole. */
export interface About {
  readonly title: string;
  readonly from?: LocalDate;
  readonly to?: LocalDate;
  readonly url?: string;
  /** Why there is no edition without dates: "the conference has neither dates nor events". */
  readonly dateless: string;
}

export interface Collector {
  /** @param made the event, or why it cannot be one */
  add(where: Where, made: Made | string): void;
  note(text: string): void;
  finish(about: About): Imported;
}

/** Gathers the items of a file whatever its format: names each that cannot be taken, and the edition that they make together. */
export function collector(options: ImportOptions): Collector {
  const items: ImportedItem[] = [];
  const refused: ImportProblem[] = [];
  const notes = new Set<string>();
  const themes = new Map<string, Theme>();
  const seen = new Map<string, number | undefined>();
  return {
    note: (text) => void notes.add(text),
    add({ line: at, item }, made) {
      const named = line(item ?? (typeof made === 'string' ? '' : made.externalId), 120);
      const where = { ...some('line', at), ...(named === '' ? {} : { item: named }) };
      if (typeof made === 'string') return void refused.push({ message: made, ...where });
      if (made.event.sessions.length > limits.sessions) {
        const message = `it has ${made.event.sessions.length} times, more than ${limits.sessions}`;
        return void refused.push({ message, ...where });
      }
      if (seen.has(made.externalId)) {
        const earlier = seen.get(made.externalId);
        const message = `the same id was ${earlier === undefined ? 'there' : `on line ${earlier}`} already`;
        return void refused.push({ message, ...where });
      }
      seen.set(made.externalId, at);
      const { externalId, eventId, event } = made;
      items.push({ externalId, ...some('eventId', eventId), ...some('line', at), event });
      for (const theme of made.themes) themes.set(theme.code, themes.get(theme.code) ?? theme);
    },
    finish({ title, url, dateless, ...days }) {
      const [problem, ...others] = refused;
      if (problem && items.length === 0) return { kind: 'refused', problem: noneTaken([problem, ...others]) };
      const between = daysOf(days, items);
      if (!between) return { kind: 'refused', problem: { message: dateless } };
      const edition: Edition = {
        id: options.editionId,
        title: { [mostCommonLanguage(items)]: title },
        year: Number(between.from.slice(0, 4)),
        ...between,
        themes: [...themes.values()],
        kind: 'imported',
        source: { name: title, ...some('url', url) },
        current: false,
      };
      return { kind: 'programme', edition, items, refused, notes: [...notes] };
    },
  };
}

function daysOf(
  about: { readonly from?: LocalDate; readonly to?: LocalDate },
  items: readonly ImportedItem[],
): { from: LocalDate; to: LocalDate } | undefined {
  let { from, to } = about;
  if (from === undefined || to === undefined) {
    for (const { event } of items) {
      const { availability } = event;
      const days = event.sessions.flatMap((s) => [s.slot.date, lastDay(s.slot)]);
      for (const day of [...days, availability?.from, availability?.to]) {
        if (day === undefined) continue;
        if (about.from === undefined && (from === undefined || day < from)) from = day;
        if (about.to === undefined && (to === undefined || day > to)) to = day;
      }
    }
  }
  return from === undefined || to === undefined ? undefined : { from, to: to < from ? from : to };
}

function mostCommonLanguage(items: readonly ImportedItem[]): string {
  const counts = new Map<string, number>();
  for (const { event } of items) {
    const lang = Object.keys(event.title)[0]!;
    counts.set(lang, (counts.get(lang) ?? 0) + 1);
  }
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? 'und';
}
