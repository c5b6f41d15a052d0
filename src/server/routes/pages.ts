import { existsSync } from 'node:fs';
import { join } from 'node:path';
import staticFiles from '@fastify/static';
import { ProblemError } from '#server/services/problem-error.ts';
import { sendProblem } from './problems.ts';
import type { App } from './schemas.ts';

/** What the client has a route for: a new one is one line here. Another address gets the app, which says so, with status 404. */
const PAGES = [
  /^\/$/,
  /^\/evenements\/[^/]+(\/inscription)?$/,
  /^\/(carte|agenda|connexion|reglages|emargement|hors-ligne|accessibilite|confidentialite|mentions-legales)$/,
  /^\/(balades|billets|actualites)(\/[^/]+)?$/,
  /^\/espace(\/contenus|\/evenements\/[^/]+)?$/,
];

/** Names with a hash of their content in them never change. */
const HASHED = /[/\\]assets[/\\][^/\\]+-[\w-]{8,}\.\w+(\.map)?(\.br|\.gz)?$/;

/**
 * Serves the built client from `folder`, and its document for every address that a browser may open.
 * Without a build only the API answers.
 */
export async function pageRoutes(app: App, folder: string): Promise<void> {
  const built = existsSync(join(folder, 'index.html'));
  if (built) {
    await app.register(staticFiles, {
      root: folder,
      cacheControl: false,
      preCompressed: true,
      dotfiles: 'ignore',
      index: ['index.html'],
      setHeaders: (reply, path) => {
        reply.header('cache-control', HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  }
  app.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '/';
    const wantsPage =
      built &&
      request.method === 'GET' &&
      !path.startsWith('/api/') &&
      (request.headers.accept ?? '').includes('text/html');
    if (!wantsPage) return sendProblem(reply, new ProblemError('not_found'));
    const known = PAGES.some((page) => page.test(path.length > 1 ? path.replace(/\/$/, '') : path));
    return reply.code(known ? 200 : 404).sendFile('index.html');
  });
}
