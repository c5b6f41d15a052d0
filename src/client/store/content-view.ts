import type { Article, ContentPage } from '#domain/content.ts';
import { compareArticles } from '#domain/content.ts';
import type { Featured } from '#domain/featured.ts';
import { CONTENT } from '#protocol/scope.ts';
import { database, EscaleDatabase } from './database.ts';
import { live } from './live.ts';

export interface Content {
  readonly pages: readonly ContentPage[];
  /** Latest first. */
  readonly articles: readonly Article[];
  /** One a page that has something. */
  readonly featured: readonly Featured[];
  /** False until the device's store was read. */
  readonly loaded: boolean;
  /** The device has had them once, even if there are none. */
  readonly kept: boolean;
}

export const content = live<Content>(
  async () => {
    const db = database();
    const items = await db.items
      .where('[scope+kind+id]')
      .between(...EscaleDatabase.underItems(CONTENT))
      .toArray();
    const of = <T>(kind: 'page' | 'article' | 'featured'): T[] =>
      items.filter((i) => i.kind === kind).map((i) => i.value as T);
    return {
      pages: of<ContentPage>('page'),
      articles: of<Article>('article').sort(compareArticles),
      featured: of<Featured>('featured'),
      loaded: true,
      kept: (await db.scopes.get(CONTENT)) !== undefined,
    };
  },
  { pages: [], articles: [], featured: [], loaded: false, kept: false },
);
