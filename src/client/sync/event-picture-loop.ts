import { database } from '#client/store/database.ts';
import { watch } from '#client/store/live.ts';
import { onSignal } from '#client/store/signals.ts';
import { readSetting } from '#client/store/settings.ts';
import { loadEventPictures } from './event-pictures.ts';
import { alone } from './leader.ts';

/**
 * When pictures of events are fetched, in a tab: after each sync that brought something, when the agenda changes, and again after a
 * wait that doubles while the network is not there. Beside sync, and never in its way.
 */
const LOCK = 'escale-pictures';
/** What was just asked for on a screen goes first. */
const QUIET = 3000;
const FIRST_RETRY = 10_000;
const LONGEST_RETRY = 600_000;

const gone = new Set<string>();
let started = false;
let running = false;
let again = false;
let failures = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Starts it in this tab; once. */
export function startEventPictures(): void {
  if (started) return;
  started = true;
  onSignal((what) => {
    if (what === 'followed' || what === 'eventPictures') soon(QUIET);
  });
  self.addEventListener('online', () => soon(QUIET));
  watch(
    async () => (await readSetting(database(), 'sync'))?.syncedAt,
    (syncedAt) => syncedAt !== undefined && soon(QUIET),
  );
}

function soon(wait: number): void {
  clearTimeout(timer);
  timer = setTimeout(run, wait);
}

function run(): void {
  if (running) {
    again = true;
    return;
  }
  running = true;
  void alone(LOCK, () => loadEventPictures(database(), { spare: isDear(), gone }))
    .catch(() => false)
    .then((done) => {
      running = false;
      failures = done ? 0 : failures + 1;
      if (again) soon(QUIET);
      else if (!done) soon(Math.min(LONGEST_RETRY, FIRST_RETRY * 2 ** (failures - 1)));
      again = false;
    });
}

/** The browser says that bytes cost money or patience here; one that says nothing is taken to be at home. */
function isDear(): boolean {
  const { connection } = navigator as unknown as {
    readonly connection?: { readonly saveData?: boolean; readonly type?: string; readonly effectiveType?: string };
  };
  if (!connection) return false;
  const slow = connection.effectiveType !== undefined && connection.effectiveType !== '4g';
  return connection.saveData === true || connection.type === 'cellular' || slow;
}
