import * as v from 'valibot';
import type { Article, ContentPage } from '#domain/content.ts';
import { contentPages } from '#domain/content.ts';
import type { Featured } from '#domain/featured.ts';
import { MAX_FEATURED } from '#domain/featured.ts';
import { editionId, instantText, localDate, regionCode, slug, uuid } from './primitives.ts';

const tag = v.pipe(v.string(), v.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'not a language tag'));
const texts = (max: number) =>
  v.pipe(
    v.record(tag, v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(max))),
    v.check((given) => Object.keys(given).length > 0, 'a text in one language at least'),
  );

/** What the scope `content` brings. */
export const contentPage = v.object({
  id: v.picklist(contentPages),
  title: texts(200),
  body: texts(40_000),
  updatedAt: instantText,
  unedited: v.exactOptional(v.literal(true)),
}) satisfies v.GenericSchema<unknown, ContentPage>;

export const article = v.object({
  id: uuid,
  slug,
  editionId: v.exactOptional(editionId),
  title: texts(200),
  summary: v.exactOptional(texts(300)),
  body: texts(40_000),
  publishedAt: instantText,
  updatedAt: instantText,
}) satisfies v.GenericSchema<unknown, Article>;

const featuredEvents = v.pipe(
  v.array(
    v.pipe(
      v.object({ eventId: uuid, from: v.exactOptional(localDate), to: v.exactOptional(localDate) }),
      v.check(({ from, to }) => from === undefined || to === undefined || from <= to, 'it ends before it begins'),
    ),
  ),
  v.maxLength(MAX_FEATURED),
  v.check((list) => new Set(list.map((one) => one.eventId)).size === list.length, 'an event stands twice'),
);
export const featuredPlace = v.union([v.literal('home'), regionCode]);

export const featured: v.GenericSchema<Featured> = v.object({
  id: v.pipe(v.string(), v.maxLength(80)),
  editionId,
  place: featuredPlace,
  events: featuredEvents,
  updatedAt: instantText,
});

/**
 * `PUT /api/v1/content/featured/{edition}/{home or a region}`: what stands first there, whole and in its order; without `basedOn`, nothing
 * stood there before.
 */
export const featuredEdit = v.object({ events: featuredEvents, basedOn: v.exactOptional(instantText) });
export type FeaturedEdit = v.InferOutput<typeof featuredEdit>;

/** `PUT /api/v1/content/pages/{id}` as the national team. `basedOn`: the `updatedAt` of what was edited; another one answers `edited_elsewhere`. */
export const pageEdit = v.object({ title: texts(200), body: texts(40_000), basedOn: instantText });
export type PageEdit = v.InferOutput<typeof pageEdit>;

/** `PUT /api/v1/content/articles/{id}` as the national team; without `basedOn` it makes a new one. `DELETE` takes it away. */
export const articleEdit = v.object({
  title: texts(200),
  summary: v.exactOptional(texts(300)),
  body: texts(40_000),
  editionId: v.exactOptional(editionId),
  publishedAt: instantText,
  basedOn: v.exactOptional(instantText),
});
export type ArticleEdit = v.InferOutput<typeof articleEdit>;
