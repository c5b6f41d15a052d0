import type { Locator } from '@playwright/test';
import { expect } from '@playwright/test';
import type { LatLon } from '#domain/tour-route.ts';
import type { Phone } from '../phone.ts';

/** Somebody on a walking tour, by the names that a screen reader hears (French), whose position and hours the test gives. */
export class Walker {
  readonly phone: Phone;
  /** The hour on the phone: a walk of two hours is tested in seconds. */
  now: number;

  private constructor(phone: Phone, now: number) {
    this.phone = phone;
    this.now = now;
  }

  /** @param now of the phone's clock, milliseconds */
  static async on(phone: Phone, now: number): Promise<Walker> {
    await phone.context.grantPermissions(['geolocation'], { origin: phone.origin });
    await phone.context.clock.install({ time: now });
    // The browser stamps positions with its own clock, which nothing moves forward.
    await phone.context.addInitScript(() => {
      const watch = Geolocation.prototype.watchPosition;
      Geolocation.prototype.watchPosition = function (found, failed, options) {
        const stamped: PositionCallback = ({ coords }) =>
          found({ coords, timestamp: Date.now(), toJSON: () => undefined });
        return watch.call(this, stamped, failed, options);
      };
    });
    return new Walker(phone, now);
  }

  button(name: string | RegExp): Locator {
    return this.phone.page.getByRole('main').getByRole('button', { name });
  }

  /** What was last announced. */
  get said(): Locator {
    return this.phone.page.getByRole('main').locator('[aria-live="polite"]').first();
  }

  get heading(): Locator {
    return this.phone.page.getByRole('main').getByRole('heading', { level: 2 }).first();
  }

  /** Seconds later the phone is there. */
  async be(at: LatLon, seconds: number, accuracy = 8): Promise<void> {
    this.now += seconds * 1000;
    await this.phone.context.clock.fastForward(seconds * 1000);
    await this.phone.context.setGeolocation({ latitude: at.lat, longitude: at.lon, accuracy });
    await this.#noted(at);
  }

  /** The app has it written down: of positions that come faster than that, it takes the latest alone. */
  async #noted(at: LatLon): Promise<void> {
    await this.phone.page.waitForFunction(
      async ([lat, lon]) => {
        const database = await new Promise<IDBDatabase>((resolve, reject) => {
          const asked = indexedDB.open('escale');
          asked.addEventListener('success', () => resolve(asked.result));
          asked.addEventListener('error', () => reject(new Error('no database')));
        });
        const rows = await new Promise<{ lat: number; lon: number }[]>((resolve) => {
          const asked = database.transaction('track').objectStore('track').openCursor(null, 'prev');
          asked.addEventListener('success', () => resolve(asked.result ? [asked.result.value] : []));
        });
        database.close();
        return rows[0]?.lat === lat && rows[0]?.lon === lon;
      },
      [at.lat, at.lon] as const,
      { polling: 50, timeout: 20_000 },
    );
  }

  /** Stands somewhere until the page says that it has arrived. */
  async arriveAt(at: LatLon, title: string): Promise<void> {
    for (let i = 0; i < 8; i++) {
      await this.be({ lat: at.lat + i * 1e-7, lon: at.lon }, 3);
      if (await this.phone.page.getByText('Vous y êtes').first().isVisible()) break;
    }
    await expect(this.heading).toHaveText(title);
    await expect(this.phone.page.getByText('Vous y êtes').first()).toBeVisible();
  }
}
