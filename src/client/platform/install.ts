import { Cell } from '#client/store/live.ts';
import { onSignal } from '#client/store/signals.ts';

/** Chromium's offer to install the app. */
interface InstallOffer extends Event {
  prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }>;
}

/**
 * `offered`: the browser can ask now. `installed`: it runs as an app. `by_hand`: an iPhone or iPad, whose sharing menu does it.
 * `unknown`: only the browser's own menu can do it, if any.
 */
export type InstallState = 'offered' | 'installed' | 'by_hand' | 'unknown';

export const installState = new Cell<InstallState>('unknown');

/** Something was kept in this visit that a browser's cleaning would lose: the moment to speak of installing. */
export const worthInstalling = new Cell(false);

let offer: InstallOffer | undefined;

/** Listens for the browser's offer; it comes once, soon after the start. */
export function watchInstall(): void {
  onSignal((what) => {
    if (what === 'kept') worthInstalling.set(true);
  });
  // Safari on iOS alone has it.
  const { standalone } = navigator as { standalone?: boolean };
  if (standalone || matchMedia('(display-mode: standalone)').matches) installState.set('installed');
  else if (standalone === false) installState.set('by_hand');
  window.addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    offer = event as InstallOffer;
    installState.set('offered');
  });
  window.addEventListener('appinstalled', () => {
    offer = undefined;
    installState.set('installed');
  });
}

/** Lets the browser ask. An offer is good for one question. */
export async function install(): Promise<void> {
  const asked = offer;
  offer = undefined;
  if (!asked) return;
  const { outcome } = await asked.prompt();
  installState.set(outcome === 'accepted' ? 'installed' : 'unknown');
}
