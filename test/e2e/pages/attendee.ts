import type { Locator } from '@playwright/test';
import { expect } from '@playwright/test';
import type { Phone } from '../phone.ts';

/** What an attendee does, by the names that a screen reader hears (French). */
export class Attendee {
  readonly phone: Phone;

  constructor(phone: Phone) {
    this.phone = phone;
  }

  /** Opens the programme and waits until the list shows. */
  async openProgramme(): Promise<void> {
    await this.phone.page.goto('/');
    await expect(this.eventLinks.first()).toBeVisible();
  }

  get eventLinks(): Locator {
    return this.phone.page.locator('main a[href^="/evenements/"]');
  }

  get syncState(): Locator {
    return this.phone.page
      .getByRole('status')
      .filter({ hasText: /À vérifier|envois? en attente|Hors ligne|À jour/ })
      .first();
  }

  async search(text: string): Promise<void> {
    await this.#enter(this.phone.page.getByRole('searchbox', { name: 'Rechercher dans le programme' }), text);
  }

  /** Opens an event of the list by its title. */
  async openEvent(title: string): Promise<void> {
    await this.eventLinks.filter({ hasText: title }).first().click();
    await expect(this.phone.page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  }

  /** Notes the event that is on screen in the agenda. */
  async note(): Promise<void> {
    await this.phone.page.getByRole('button', { name: 'Ajouter à mon agenda' }).click();
    await expect(this.phone.page.getByRole('button', { name: 'Retirer de mon agenda' })).toBeVisible();
  }

  async register(person: { firstName: string; lastName: string; email: string }): Promise<void> {
    const { page } = this.phone;
    await page
      .getByRole('link', { name: "S'inscrire" })
      .or(page.getByRole('button', { name: "S'inscrire" }))
      .first()
      .click();
    await this.fill(person);
    await this.submit();
  }

  /** Fills the registration form that is on screen in. */
  async fill(person: { firstName: string; lastName: string; email: string }, page = this.phone.page): Promise<void> {
    await this.#enter(page.getByRole('textbox', { name: 'Prénom', exact: false }), person.firstName);
    await this.#enter(page.getByRole('textbox', { name: /^Nom/ }), person.lastName);
    await this.#enter(page.getByRole('textbox', { name: 'Adresse électronique' }), person.email);
  }

  /** Playwright's `fill` changes a field of Firefox in a way that React does not hear of. */
  async #enter(field: Locator, text: string): Promise<void> {
    if (this.phone.engine === 'chromium') return field.fill(text);
    await field.press('Control+a');
    await field.pressSequentially(text);
  }

  async submit(page = this.phone.page): Promise<void> {
    await page.getByRole('button', { name: 'Valider mon inscription' }).click();
  }

  /** The state of the registration that is on screen. */
  state(name: string): Locator {
    return this.phone.page.getByRole('main').getByRole('status').filter({ hasText: name }).first();
  }

  async openMap(): Promise<void> {
    await this.#tab('Carte').click();
    await expect(this.phone.page.locator('.leaflet-container')).toBeVisible();
  }

  async openAgenda(): Promise<void> {
    await this.#tab('Mon agenda').click();
    await expect(this.phone.page).toHaveURL(/\/agenda$/);
  }

  async openTickets(): Promise<void> {
    await this.#tab('Mes billets').click();
    await expect(this.phone.page).toHaveURL(/\/billets$/);
  }

  /** Opens the ticket of an event from the list of tickets. */
  async openTicket(title: string): Promise<void> {
    await this.openTickets();
    await this.phone.page.locator('main a[href^="/billets/"]').filter({ hasText: title }).first().click();
    await expect(this.phone.page).toHaveURL(/\/billets\/.+/);
  }

  #tab(name: string): Locator {
    return this.phone.page.getByRole('navigation').getByRole('link', { name, exact: true }).first();
  }
}
