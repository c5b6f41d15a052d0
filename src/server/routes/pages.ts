import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import staticFiles from '@fastify/static';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '#server/services/context.ts';
import { ProblemError } from '#server/services/problem-error.ts';
import { sendProblem } from './problems.ts';
import { originOf } from './request.ts';
import type { RobotPage } from './robot-html.ts';
import { withWords } from './robot-html.ts';
import { robotPage } from './robot-pages.ts';
import type { App } from './schemas.ts';

/** What the client has a route for: a new one is one line here. Another address gets the app, which says so, with status 404. */
const PAGES = [
  /^\/$/,
  /^\/evenements\/[^/]+(\/inscription)?$/,
  /^\/(carte|agenda|connexion|reglages|emargement|hors-ligne|infolettre|mes-donnees|accessibilite|confidentialite|mentions-legales)$/,
  /^\/(balades|billets|actualites|proposer|moderation)(\/[^/]+)?$/,
  /^\/(editions|regions)\/[^/]+$/,
  /^\/emargement\/(feuille|saisie)$/,
  /^\/espace(\/contenus|\/infolettre|\/echanges|\/tableau|\/une|\/equipe|\/compte|\/edition|\/journal|\/evenements\/[^/]+(\/(affiche|feuille|saisie|attestations|balade|balade\/codes))?)?$/,
];

/** Names with a hash of their content in them never change. */
const HASHED = /[/\\]assets[/\\][^/\\]+-[\w-]{8,}\.\w+(\.map)?(\.br|\.gz)?$/;

/**
 * Serves the built client from `folder`, and its document for every address that a browser may open, with the words of a
 * public page in it. Without a build only the API answers.
 */
export async function pageRoutes(app: App, ctx: Context, folder: string): Promise<void> {
  const built = existsSync(join(folder, 'index.html'));
  if (built) {
    await app.register(staticFiles, {
      root: folder,
      cacheControl: false,
      preCompressed: true,
      dotfiles: 'ignore',
      // The front page has words in it; `/index.html`, which the worker keeps, has none.
      index: false,
      setHeaders: (reply, path) => {
        reply.header('cache-control', HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
  const open = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const path = request.url.split('?', 1)[0] ?? '/';
    const plain = path.length > 1 ? path.replace(/\/$/, '') : path;
    const known = PAGES.some((page) => page.test(plain));
    const accept = request.headers.accept ?? '*/*';
    // Robots take anything; what is no page is not made into one for them.
    const wantsPage =
      built &&
      (request.method === 'GET' || request.method === 'HEAD') &&
      !path.startsWith('/api/') &&
      (accept.includes('text/html') || (known && accept.includes('*/*')));
    if (!wantsPage) return sendProblem(reply, new ProblemError('not_found'));
    if (!known) return reply.code(404).sendFile('index.html');
    const words = await wordsOf(ctx, request, decoded(plain));
    if (words === undefined || words === 'absent')
      return reply.code(words && plain !== '/' ? 404 : 200).sendFile('index.html');
    const page = withWords(await readFile(join(folder, 'index.html'), 'utf8'), words);
    const tag = `W/"${createHash('sha256').update(page).digest('base64url').slice(0, 22)}"`;
    void reply.header('cache-control', 'no-cache').header('etag', tag).type('text/html; charset=utf-8');
    if (request.headers['if-none-match'] === tag) return reply.code(304).send();
    return reply.send(page);
  };
  // The folder itself is no file.
  app.get('/', { schema: { hide: true } }, open);
  app.setNotFoundHandler(open);
}

/** The app opens without its words too: a database that is busy is no reason to show nothing. */
async function wordsOf(ctx: Context, request: FastifyRequest, path: string): Promise<RobotPage | 'absent' | undefined> {
  const chosen = path === '/' ? new URLSearchParams(request.url.split('?')[1]).get('edition') : null;
  try {
    return await robotPage(ctx, chosen ? `/editions/${chosen}` : path, originOf(ctx, request));
  } catch (error) {
    ctx.log.warn({ err: error, route: path.split('/')[1] ?? '' }, 'a page was served without its words');
    return undefined;
  }
}

/** An address that cannot be read names nothing. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
