import encodeQR from 'qr';
import { Door } from '../e2e/pages/door.ts';
import { Phone } from '../e2e/phone.ts';

/** What the page is given to draw with; a phone held upright. */
interface Stand {
  /** Draws a code and gives how long its answer took, in milliseconds. */
  show(modules: boolean[][]): Promise<number>;
}

/** Between two tickets, milliseconds. */
const PAUSE = 150;

/**
 * From the moment at which a picture shows a ticket to the moment at which the screen says the verdict: waiting for the next look,
 * reading, signature, roster, record. The pictures come from a canvas instead of a lens, to know the moment; the rest is the app.
 */
export async function cameraToVerdict(options: {
  readonly home: string;
  readonly origin: string;
  readonly tickets: readonly string[];
}): Promise<number[]> {
  const phone = await Phone.open({ home: options.home, origin: options.origin });
  try {
    await phone.context.addInitScript(stand);
    const door = new Door(phone);
    await door.open();
    await door.openCamera();
    await phone.page.getByRole('button', { name: 'Arrêter la caméra' }).waitFor();
    const times: number[] = [];
    for (const ticket of options.tickets) {
      const modules = encodeQR(ticket, 'raw', { ecc: 'medium', border: 4 });
      times.push(
        await phone.page.evaluate((code) => (globalThis as unknown as { stand: Stand }).stand.show(code), modules),
      );
      await phone.page.waitForTimeout(PAUSE);
    }
    return times;
  } finally {
    await phone.close();
  }
}

/** Runs in the page, before the app. */
function stand(): void {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [720, 1280];
  const drawing = canvas.getContext('2d')!;
  let code: boolean[][] = [];
  const draw = (): void => {
    drawing.fillStyle = '#969696';
    drawing.fillRect(0, 0, canvas.width, canvas.height);
    const pixels = Math.floor(400 / Math.max(1, code.length));
    const [left, top] = [(canvas.width - pixels * code.length) / 2, (canvas.height - pixels * code.length) / 2];
    code.forEach((row, y) =>
      row.forEach((ink, x) => {
        drawing.fillStyle = ink ? '#1e1e1e' : '#e1e1e1';
        drawing.fillRect(left + x * pixels, top + y * pixels, pixels, pixels);
      }),
    );
  };
  draw();
  // A camera gives pictures also of what does not move.
  setInterval(draw, 1000 / 30);
  navigator.mediaDevices.getUserMedia = () => Promise.resolve(canvas.captureStream(30));
  const panel = (): string => document.querySelector('[data-verdict]')?.textContent ?? '';
  const show: Stand['show'] = (modules) =>
    new Promise((resolve) => {
      const before = panel();
      code = modules;
      draw();
      const shown = performance.now();
      const watch = new MutationObserver(() => {
        if (panel() === '' || panel() === before) return;
        watch.disconnect();
        resolve(performance.now() - shown);
      });
      watch.observe(document.body, { subtree: true, childList: true, characterData: true });
    });
  Object.assign(globalThis, { stand: { show } satisfies Stand });
}
