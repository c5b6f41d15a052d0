import type { Uuid } from './ids.ts';
import type { LocalizedText } from './text.ts';

/** The pages that the law and good manners ask for; an operator edits them. */
export const contentPages = ['accessibilite', 'confidentialite', 'mentions-legales'] as const;
export type ContentPageId = (typeof contentPages)[number];

export interface ContentPage {
  readonly id: ContentPageId;
  readonly title: LocalizedText;
  /** Markdown. */
  readonly body: LocalizedText;
  /** ISO 8601, the server's time; an edit names the one that it was made from. */
  readonly updatedAt: string;
  /** The text that comes with the app, with gaps for whoever runs it to fill. */
  readonly unedited?: true;
}

/** A piece of news of the programme. */
export interface Article {
  readonly id: Uuid;
  /** Unique among articles. */
  readonly slug: string;
  readonly editionId?: string;
  readonly title: LocalizedText;
  /** At most 300 characters. */
  readonly summary?: LocalizedText;
  /** Markdown. */
  readonly body: LocalizedText;
  /** ISO 8601. */
  readonly publishedAt: string;
  readonly updatedAt: string;
}

/** Latest first. */
export function compareArticles(a: Article, b: Article): number {
  if (a.publishedAt !== b.publishedAt) return a.publishedAt < b.publishedAt ? 1 : -1;
  return a.id < b.id ? -1 : 1;
}

/** Whole years since something was published, for the notice that it is old; 0 in its first year. */
export function yearsOld(publishedAt: string, now: number): number {
  const then = new Date(publishedAt);
  const today = new Date(now);
  const years = today.getUTCFullYear() - then.getUTCFullYear();
  const reached =
    today.getUTCMonth() > then.getUTCMonth() ||
    (today.getUTCMonth() === then.getUTCMonth() && today.getUTCDate() >= then.getUTCDate());
  return Math.max(0, reached ? years : years - 1);
}
