import * as v from 'valibot';
import type { Heads } from '#protocol/hints.ts';
import { heads } from '#protocol/hints.ts';
import { MAX_SCOPES } from '#protocol/pull.ts';
import { scopeParameter } from '#protocol/scope.ts';
import type { EscaleDatabase } from '#client/store/database.ts';
import { watch } from '#client/store/live.ts';
import type { Api } from './api.ts';
import { leading } from './leader.ts';
import type { Audience } from './wanted.ts';
import { audiences } from './wanted.ts';

/** The server sends a comment every 20 seconds: after this long without a sign the line is dead. */
const SILENCE = 50_000;
const RETRY = 15_000;
const LOCK = 'escale-hints';

interface HintListener {
  /** A pull would bring something. */
  readonly news: () => void;
  /** The line is open: the server can be reached. */
  readonly opened: () => void;
}

/**
 * Listens, in one tab of all, for word that a pull would bring something (D2), for as long as the tab lives. The line says
 * little and is used for nothing else: without it the timer brings the same, later.
 */
export function followHints(db: EscaleDatabase, api: Api, on: HintListener): void {
  void leading(LOCK, async () => {
    for (;;) {
      const end = await listen(db, api, on).catch(() => 'broken');
      if (end === 'other_scopes') continue;
      await new Promise((resolve) => setTimeout(resolve, RETRY * (0.5 + Math.random())));
    }
  });
}

/** Until the line breaks, or what is kept is not what the line tells of: then it is asked for anew at once. */
async function listen(
  db: EscaleDatabase,
  api: Api,
  { news, opened }: HintListener,
): Promise<'broken' | 'other_scopes'> {
  const all = await audiences(db);
  // One line, with the credential that hears most: a door's before a holder's.
  const own = all.at(-1);
  const named = [...(own?.bearer ? own.scopes : []), ...(all[0]?.scopes ?? [])].slice(0, MAX_SCOPES);
  if (named.length === 0) return 'broken';
  const query = named.map(scopeParameter).join('&');
  const stop = new AbortController();
  const body = await api.stream(`/hints?${query}`, own?.bearer, stop.signal);
  if (!body) return 'broken';
  opened();

  let end: 'broken' | 'other_scopes' = 'broken';
  const unwatch = watch(
    async () => namesOf(await audiences(db)),
    (names) => {
      if (names === namesOf(all)) return;
      end = 'other_scopes';
      stop.abort();
    },
  );
  let silence = setTimeout(() => stop.abort(), SILENCE);
  try {
    const reader = (body as ReadableStream<BufferSource>).pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return end;
      clearTimeout(silence);
      silence = setTimeout(() => stop.abort(), SILENCE);
      text += value.replaceAll('\r\n', '\n');
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const said = readHeads(block);
        if (said && (await isNews(db, said))) wake(news, said);
      }
    }
  } catch {
    return end;
  } finally {
    unwatch();
    clearTimeout(silence);
    stop.abort();
  }
}

function namesOf(all: readonly Audience[]): string {
  return all.flatMap((audience) => audience.scopes).join(' ');
}

/** An event of the stream; undefined for a comment and for what is none of ours. */
export function readHeads(block: string): Heads | undefined {
  const lines = block.split('\n');
  if (!lines.includes('event: heads')) return undefined;
  const data = lines.filter((line) => line.startsWith('data:')).map((line) => line.slice(5).trimStart());
  try {
    const parsed = v.safeParse(heads, JSON.parse(data.join('\n')));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

async function isNews(db: EscaleDatabase, said: Heads): Promise<boolean> {
  const rows = await db.scopes.bulkGet(Object.keys(said));
  return rows.some((row) => {
    const head = row && said[row.scope];
    return row && head && (head.epoch !== row.epoch || head.cursor > row.cursor);
  });
}

/** One's own things at once; the programme, which everybody hears of together, within some seconds. */
function wake(news: () => void, said: Heads): void {
  const own = Object.keys(said).some((scope) => /^(person|roster|desk|moderation)\//.test(scope));
  if (own) news();
  else setTimeout(news, Math.random() * 5000);
}
