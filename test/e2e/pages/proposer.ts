import type { Locator } from '@playwright/test';
import { expect } from '@playwright/test';
import type { Phone } from '../phone.ts';

/** An organiser with the referencing form, by the names that a screen reader hears (French). */
export class Proposer {
  readonly phone: Phone;

  constructor(phone: Phone) {
    this.phone = phone;
  }

  get title(): Locator {
    return this.phone.page.getByRole('textbox', { name: 'Titre', exact: true });
  }

  /** The state of the proposal that is on screen. */
  state(name: string): Locator {
    return this.phone.page.getByRole('main').getByRole('status').filter({ hasText: name }).first();
  }

  /** Opens the form and begins a draft, which is on the device from then on. */
  async begin(title: string): Promise<void> {
    await this.phone.page.goto('/proposer');
    await this.title.fill(title);
    await expect(this.state('Enregistré sur cet appareil')).toBeVisible();
    await expect(this.phone.page).toHaveURL(/\/proposer\/[0-9a-f-]{36}$/);
  }

  /** Fills in everything that is asked for beside the title. */
  async fillIn(day: string, hours: readonly [start: string, end: string]): Promise<void> {
    const { page } = this.phone;
    await page.getByRole('textbox', { name: 'Description courte' }).fill('Une matinée pour regarder ensemble.');
    await page.getByRole('combobox', { name: 'Format' }).selectOption('workshop');
    await page.getByRole('checkbox', { name: 'Tout public' }).check();
    await page.getByLabel('Date', { exact: true }).fill(day);
    await page.getByLabel('Début').fill(hours[0]);
    await page.getByLabel('Fin').fill(hours[1]);
    await page.getByRole('textbox', { name: 'Nom du lieu' }).fill('Médiathèque Émile-Zola');
    await page.getByRole('textbox', { name: 'Code postal' }).fill('34000');
    await page.getByRole('textbox', { name: 'Ville' }).fill('Montpellier');
    await page.getByRole('textbox', { name: 'Organisme', exact: true }).fill('Ville de Montpellier');
  }

  /** Chooses a picture, and says what it shows and under which licence. */
  async illustrate(png: Buffer, alt: string): Promise<void> {
    const { page } = this.phone;
    await page
      .getByLabel('Choisir une image')
      .setInputFiles({ name: 'atelier.png', mimeType: 'image/png', buffer: png });
    await page.getByRole('textbox', { name: "Description de l'image" }).fill(alt);
    await page.getByRole('textbox', { name: 'Licence' }).fill('CC BY 4.0');
  }

  async send(): Promise<void> {
    await this.phone.page.getByRole('button', { name: /^Envoyer la (proposition|modification)$/ }).click();
  }
}
