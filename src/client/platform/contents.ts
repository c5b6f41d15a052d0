import * as v from 'valibot';
import type { Uuid } from '#domain/ids.ts';
import type { Article, ContentPage, ContentPageId } from '#domain/content.ts';
import type { Featured, FeaturedPlace } from '#domain/featured.ts';
import type { ArticleEdit, FeaturedEdit, PageEdit } from '#protocol/content.ts';
import { article, contentPage, featured } from '#protocol/content.ts';
import type { Called } from './session.ts';
import { call } from './session.ts';

/** `edited_elsewhere` when somebody else has changed it since. */
export function savePage(id: ContentPageId, edit: PageEdit): Promise<Called<ContentPage>> {
  return call('PUT', `/content/pages/${id}`, contentPage, edit);
}

export function saveArticle(id: Uuid, edit: ArticleEdit): Promise<Called<Article>> {
  return call('PUT', `/content/articles/${id}`, article, edit);
}

export function removeArticle(id: Uuid): Promise<Called<unknown>> {
  return call('DELETE', `/content/articles/${id}`, v.unknown());
}

/** `edited_elsewhere` when somebody else has changed it since; `not_found` when an event is no longer there. */
export function saveFeatured(editionId: string, place: FeaturedPlace, edit: FeaturedEdit): Promise<Called<Featured>> {
  return call('PUT', `/content/featured/${encodeURIComponent(editionId)}/${place}`, featured, edit);
}
