import type { Locator } from '@playwright/test';
import { expect } from '@playwright/test';
import type { Phone } from '../phone.ts';

/** A regional correspondent or the national team, by the names that a screen reader hears (French). */
export class Moderator {
  readonly phone: Phone;

  constructor(phone: Phone) {
    this.phone = phone;
  }

  /** Opens a proposal that waits for this moderator. */
  async open(title: string): Promise<void> {
    const { page } = this.phone;
    await page.goto('/moderation');
    await page.getByRole('link', { name: title }).first().click({ timeout: 60_000 });
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  }

  /** Where the proposal stands, by its words. */
  state(name: string): Locator {
    return this.phone.page.getByRole('status', { name });
  }

  async approve(): Promise<void> {
    const { page } = this.phone;
    await page.getByRole('button', { name: /^Approuver/ }).click();
    await expect(page.getByRole('button', { name: /^Approuver/ })).toHaveCount(0);
    await expect(page.getByText("En attente d'envoi")).toHaveCount(0, { timeout: 60_000 });
  }

  /** Puts a text of the proposal that is open right. */
  async correct(field: string, text: string): Promise<void> {
    const { page } = this.phone;
    await page.getByRole('link', { name: 'Corriger le texte' }).click();
    await page.getByRole('textbox', { name: field, exact: true }).fill(text);
    await expect(page.getByText(`Corrigé, pas encore envoyé : ${field}`)).toBeVisible();
    await page.getByRole('button', { name: 'Enregistrer les corrections' }).click();
    await expect(page.getByRole('link', { name: 'Corriger le texte' })).toBeVisible();
  }

  /** @param fields those that the request is about */
  async askForChanges(what: string, ...fields: string[]): Promise<void> {
    const { page } = this.phone;
    await page.getByRole('button', { name: 'Demander des modifications' }).click();
    await page.getByRole('textbox', { name: 'Ce qui est à modifier' }).fill(what);
    for (const name of fields) await page.getByRole('checkbox', { name, exact: true }).check();
    await page.getByRole('button', { name: 'Envoyer la demande' }).click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
}
