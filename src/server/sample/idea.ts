import type { Audience, EventFormat } from '#domain/programme.ts';

/** What an invented event is about, in French and English; a town, a day and an organiser make an event of it. */
export interface Idea {
  readonly key: string;
  readonly format: EventFormat;
  readonly themes: readonly string[];
  readonly audiences: readonly Audience[];
  /** How long it lasts; 0 for what is listened to or read at any time. */
  readonly minutes: number;
  readonly fr: IdeaText;
  readonly en: IdeaText;
}

export interface IdeaText {
  readonly title: string;
  readonly summary: string;
  readonly text: string;
  readonly points: readonly [string, string, string];
}

type Texts = readonly [title: string, summary: string, text: string, points: readonly [string, string, string]];

/** @param themes codes with a space between; @param audiences likewise */
export function idea(
  key: string,
  format: EventFormat,
  themes: string,
  audiences: string,
  minutes: number,
  fr: Texts,
  en: Texts,
): Idea {
  return {
    key,
    format,
    themes: themes.split(' '),
    audiences: audiences.split(' ') as Audience[],
    minutes,
    fr: { title: fr[0], summary: fr[1], text: fr[2], points: fr[3] },
    en: { title: en[0], summary: en[1], text: en[2], points: en[3] },
  };
}
