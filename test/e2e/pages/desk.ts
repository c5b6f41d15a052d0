import type { Locator } from '@playwright/test';
import { expect } from '@playwright/test';
import type { DoorRules } from '#domain/door-rules.ts';
import { PROTOCOL, PROTOCOL_HEADER } from '#protocol/version.ts';
import type { ServerProcess } from '../../support/server-process.ts';
import type { Phone } from '../phone.ts';

/** An organiser at the desk, by the names that a screen reader hears (French). */
export class Desk {
  readonly phone: Phone;

  constructor(phone: Phone) {
    this.phone = phone;
  }

  /** Signs in with the code that the server has mailed. */
  async signIn(email: string, server: ServerProcess): Promise<void> {
    const { page } = this.phone;
    await page.goto('/connexion');
    await page.getByRole('textbox', { name: 'Adresse électronique' }).fill(email);
    await page.getByRole('button', { name: 'Recevoir un code' }).click();
    const field = page.getByRole('textbox', { name: 'Code à six chiffres' });
    await expect(field).toBeVisible();
    const code = /\b(\d{6})\b/.exec((await server.mailTo(email)).split(/\n\n/).slice(1).join('\n'))?.[1];
    if (code === undefined) throw new Error('the mail holds no code');
    await field.fill(code);
    await page.getByRole('button', { name: 'Se connecter' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Mon espace' })).toBeVisible();
  }

  /** Opens an event from the desk and gives a link that enrols one phone. */
  async enrolmentLink(title: string): Promise<string> {
    const { page } = this.phone;
    await page.getByRole('searchbox', { name: 'Chercher un événement' }).fill(title);
    await page.getByRole('link', { name: title }).first().click();
    await page.getByRole('button', { name: 'Enrôler un téléphone' }).click();
    const field = page.getByRole('textbox', { name: "Lien d'enrôlement" });
    await expect(field).toHaveValue(/#enrolement=[0-9A-Z]{20}$/);
    return field.inputValue();
  }

  /** Sets what holds at the doors of an event, as the desk's page does. */
  async setRules(eventId: string, rules: DoorRules): Promise<void> {
    const status = await this.phone.page.evaluate(
      async ([path, body, header, protocol]) => {
        const headers = { 'content-type': 'application/json', [header]: protocol };
        return (await fetch(path, { method: 'PUT', headers, body })).status;
      },
      [`/api/v1/desk/events/${eventId}/door-rules`, JSON.stringify(rules), PROTOCOL_HEADER, String(PROTOCOL)] as const,
    );
    expect(status).toBe(200);
  }

  /** One of the numbers of an event's evening. */
  figure(name: string): Locator {
    return this.phone.page
      .getByRole('main')
      .locator('dl > div')
      .filter({ has: this.phone.page.getByText(name) })
      .locator('dd');
  }
}
