import { database } from '#client/store/database.ts';
import { onSignal } from '#client/store/signals.ts';
import { Api } from './api.ts';
import { alone } from './leader.ts';
import type { CheckPack } from './packs.ts';
import { loadPacks, refreshOffer } from './packs.ts';

/**
 * When maps are fetched, in a tab: at launch, when the person asks for one, when the network comes back, and again after a
 * wait that doubles while it does not. Beside sync, and never in its way: a map may take minutes.
 */
const LOCK = 'escale-packs';
const FIRST_RETRY = 4000;
const LONGEST_RETRY = 300_000;
/** What the server offers changes seldom. */
const OFFER_AGE = 600_000;

const api = new Api();
let started: CheckPack | undefined;
let running: Promise<void> | undefined;
let again = false;
let failures = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Starts it in this tab; once. */
export function startPacks(check: CheckPack): void {
  if (started) return;
  started = check;
  onSignal((what) => {
    if (what === 'pack') packsNow();
  });
  packsNow();
}

/** Goes on with what was asked for, now. */
export function packsNow(): void {
  if (!started) return;
  const check = started;
  clearTimeout(timer);
  if (running) {
    again = true;
    return;
  }
  running = alone(LOCK, () => loadPacks(database(), api, check))
    .catch(() => false)
    .then((done) => {
      running = undefined;
      failures = done ? 0 : failures + 1;
      if (again) {
        again = false;
        packsNow();
      } else if (!done) {
        timer = setTimeout(packsNow, Math.min(LONGEST_RETRY, FIRST_RETRY * 2 ** (failures - 1)));
      }
    });
}

let asked = 0;

/** Asks what maps there are, unless that was done a moment ago. Never rejects. */
export async function lookForPacks(): Promise<void> {
  if (Date.now() - asked < OFFER_AGE) return;
  asked = Date.now();
  const told = await refreshOffer(database(), api).catch(() => false);
  if (!told) asked = 0;
}
