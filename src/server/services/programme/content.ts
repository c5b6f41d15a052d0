import { readFile } from 'node:fs/promises';
import type { Article, ContentPage, ContentPageId } from '#domain/content.ts';
import { contentPages } from '#domain/content.ts';
import type { Featured } from '#domain/featured.ts';
import { slugOf, textIn } from '#domain/text.ts';
import type { ArticleEdit, PageEdit } from '#protocol/content.ts';
import { CONTENT } from '#protocol/scope.ts';
import type { Tx } from '../../db/units.ts';
import type { Account } from '../people/accounts.ts';
import type { Context } from '../context.ts';
import { note } from '../desk/audit.ts';
import { ProblemError } from '../problem-error.ts';

type Kind = 'page' | 'article' | 'featured';

const FOLDER = new URL('../../content/', import.meta.url);

/**
 * Puts the pages that come with the app where nobody has edited them, so that a later version's better text arrives too.
 * @param at ISO 8601
 */
export async function publishDefaultPages(ctx: Context, at: string): Promise<void> {
  const defaults = await Promise.all(contentPages.map((id) => defaultPage(id, at)));
  await ctx.db.units.one(async (tx) => {
    for (const page of defaults) {
      const stored = await read<ContentPage>(tx, 'page', page.id);
      if (stored && (!stored.unedited || sameText(stored, page))) continue;
      await write(ctx, tx, 'page', page);
    }
  });
}

/**
 * Replaces a page's text.
 * @throws ProblemError `forbidden` unless of the national team, `edited_elsewhere` when somebody else was faster
 */
export async function editPage(ctx: Context, who: Account, id: ContentPageId, edit: PageEdit): Promise<ContentPage> {
  requireNational(who);
  const { value } = await ctx.db.units.one(async (tx) => {
    const stored = await locked<ContentPage>(tx, 'page', id);
    if (stored && stored.updatedAt !== edit.basedOn) throw new ProblemError('edited_elsewhere');
    const { title, body } = edit;
    const page: ContentPage = { id, title, body, updatedAt: later(ctx, stored?.updatedAt) };
    await write(ctx, tx, 'page', page);
    await note(ctx, tx, who, { kind: 'content_edited', about: textIn(title, 'fr').text });
    return page;
  });
  return value;
}

/**
 * Makes or changes a piece of news. Its address stays as it was made.
 * @throws ProblemError `forbidden`, `edited_elsewhere`
 */
export async function editArticle(ctx: Context, who: Account, id: string, edit: ArticleEdit): Promise<Article> {
  requireNational(who);
  const { value } = await ctx.db.units.one(async (tx) => {
    const stored = await locked<Article>(tx, 'article', id);
    if (stored?.updatedAt !== edit.basedOn) throw new ProblemError('edited_elsewhere');
    const { basedOn: _, ...content } = edit;
    const slug = stored?.slug ?? (await freeSlug(tx, slugOf(textIn(edit.title, 'fr').text).slice(0, 100) || 'article'));
    const article: Article = { id, slug, ...content, updatedAt: later(ctx, stored?.updatedAt) };
    await write(ctx, tx, 'article', article);
    await note(ctx, tx, who, { kind: 'content_edited', about: textIn(edit.title, 'fr').text });
    return article;
  });
  return value;
}

/** Takes a piece of news away; a second time changes nothing. */
export async function removeArticle(ctx: Context, who: Account, id: string): Promise<void> {
  requireNational(who);
  await ctx.db.units.one(async (tx) => {
    const gone = await tx.db
      .deleteFrom('content')
      .where('kind', '=', 'article')
      .where('id', '=', id)
      .returning('data')
      .executeTakeFirst();
    if (!gone) return;
    tx.log(CONTENT, 'article', id, undefined);
    const { title } = JSON.parse(gone.data) as Article;
    await note(ctx, tx, who, { kind: 'content_removed', about: textIn(title, 'fr').text });
  });
}

/** Puts news there that are not yet: those of the sample's archive. */
export async function addArticles(ctx: Context, articles: readonly Article[]): Promise<void> {
  await ctx.db.units.one(async (tx) => {
    for (const article of articles) {
      if (!(await read(tx, 'article', article.id))) await write(ctx, tx, 'article', article);
    }
  });
}

function requireNational(who: Account): void {
  if (who.role !== 'national') throw new ProblemError('forbidden', 'for the national team');
}

async function defaultPage(id: ContentPageId, updatedAt: string): Promise<ContentPage> {
  const [fr, en] = await Promise.all(
    ['fr', 'en'].map(async (language) => readFile(new URL(`${id}.${language}.md`, FOLDER), 'utf8')),
  );
  const parts = { fr: titled(fr!), en: titled(en!) };
  return {
    id,
    title: { fr: parts.fr.title, en: parts.en.title },
    body: { fr: parts.fr.body, en: parts.en.body },
    updatedAt,
    unedited: true,
  };
}

/** A file's first line is its title: `# …`. */
function titled(markdown: string): { title: string; body: string } {
  const [first = '', ...rest] = markdown.split('\n');
  return { title: first.replace(/^#\s*/, '').trim(), body: rest.join('\n').trim() };
}

function sameText(a: ContentPage, b: ContentPage): boolean {
  return JSON.stringify([a.title, a.body]) === JSON.stringify([b.title, b.body]);
}

/** An edit's moment is its name as well, so two in one millisecond differ. */
export function later(ctx: Context, than: string | undefined): string {
  return new Date(Math.max(ctx.clock(), than === undefined ? 0 : Date.parse(than) + 1)).toISOString();
}

async function freeSlug(tx: Tx, wanted: string): Promise<string> {
  const rows = await tx.db.selectFrom('content').select('slug').where('kind', '=', 'article').execute();
  const taken = new Set(rows.map((row) => row.slug));
  for (let n = 1; ; n++) {
    const slug = n === 1 ? wanted : `${wanted}-${n}`;
    if (!taken.has(slug)) return slug;
  }
}

async function read<T>(tx: Tx, kind: Kind, id: string): Promise<T | undefined> {
  const row = await tx.db
    .selectFrom('content')
    .select('data')
    .where('kind', '=', kind)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && (JSON.parse(row.data) as T);
}

/** As `read`, and nobody else edits it before the commit. */
export async function locked<T>(tx: Tx, kind: Kind, id: string): Promise<T | undefined> {
  if (tx.kind === 'postgres') {
    await tx.db.selectFrom('content').select('id').where('kind', '=', kind).where('id', '=', id).forUpdate().execute();
  }
  return read<T>(tx, kind, id);
}

/** Keeps it, and tells every device. */
export async function write(ctx: Context, tx: Tx, kind: Kind, item: ContentPage | Article | Featured): Promise<void> {
  const row = { data: JSON.stringify(item), slug: 'slug' in item ? item.slug : item.id, updated_at: ctx.clock() };
  await tx.db
    .insertInto('content')
    .values({ kind, id: item.id, ...row })
    .onConflict((c) => c.columns(['kind', 'id']).doUpdateSet(row))
    .execute();
  tx.log(CONTENT, kind, item.id, item);
}
