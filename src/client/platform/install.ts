import { Cell } from '#client/store/live.ts';

/** Chromium's offer to install the app. */
interface InstallOffer extends Event {
  prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }>;
}

/** `offered`: the browser can ask now. `installed`: it runs as an app. `unknown`: only the browser's own menu can do it, if any. */
export type InstallState = 'offered' | 'installed' | 'unknown';

export const installState = new Cell<InstallState>('unknown');

let offer: InstallOffer | undefined;

/** Listens for the browser's offer; it comes once, soon after the start. */
export function watchInstall(): void {
  if (matchMedia('(display-mode: standalone)').matches) installState.set('installed');
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
