import type { Locator } from '@playwright/test';
import { expect } from '@playwright/test';
import type { Phone } from '../phone.ts';

/** What the panel said. */
interface Answer {
  readonly verdict: string;
  readonly text: string;
}

/** A phone at the door, by the names that a screen reader hears (French). */
export class Door {
  readonly phone: Phone;

  constructor(phone: Phone) {
    this.phone = phone;
  }

  /** Opens an enrolment link and waits until roster, keys and scanner are on the phone. */
  async enrol(link: string, names: { phone: string; door: string }): Promise<void> {
    const { page } = this.phone;
    await page.goto(link);
    await page.getByRole('textbox', { name: 'Nom de ce téléphone' }).fill(names.phone);
    await page.getByRole('textbox', { name: 'Nom de la porte' }).fill(names.door);
    await page.getByRole('button', { name: 'Enrôler ce téléphone' }).click();
    const ready = page.getByRole('button', { name: 'Ouvrir la porte' });
    await expect(ready).toBeVisible({ timeout: 60_000 });
    await ready.click();
    await expect(this.code).toBeVisible();
  }

  async open(): Promise<void> {
    await this.phone.page.goto('/emargement');
    await expect(this.code).toBeVisible();
  }

  get code(): Locator {
    return this.phone.page.getByRole('textbox', { name: 'Code du billet' });
  }

  get verdict(): Locator {
    return this.phone.page.getByRole('status', { name: 'Verdict' });
  }

  /** Waits for a verdict, shown since the door was opened or by now. */
  async expectVerdict(verdict: string, name?: string): Promise<void> {
    await expect(this.verdict).toHaveAttribute('data-verdict', verdict);
    if (name !== undefined) await expect(this.verdict).toContainText(name);
  }

  /** Types a code and records the arrival if the door admits it. */
  async admitByCode(code: string): Promise<void> {
    await this.code.fill(code);
    await this.code.press('Enter');
    await this.phone.page.getByRole('button', { name: "Enregistrer l'arrivée" }).click();
    await this.expectVerdict('admitted');
  }

  /** Presents a code that a reader types, as one on a cable does: a valid one is recorded at once. */
  async present(text: string): Promise<void> {
    await this.code.fill(text);
    await this.code.press('Enter');
    await expect(this.code).toHaveValue('');
  }

  /** Opens the pane for people without a registration. */
  async openWalkIn(): Promise<Locator> {
    await this.phone.page.getByRole('button', { name: 'Sans inscription' }).click();
    return this.phone.page.getByRole('dialog', { name: 'Sans inscription' });
  }

  /** Asks for seats that this phone keeps. */
  async takeSeats(count: number): Promise<void> {
    const pane = await this.openWalkIn();
    const ask = pane.getByRole('group', { name: 'Places à demander' });
    for (let now = Number(await ask.getByRole('status').textContent()); now !== count; now += now < count ? 1 : -1)
      await ask.getByRole('button', { name: now < count ? 'Une personne de plus' : 'Une personne de moins' }).click();
    await pane.getByRole('button', { name: /^Demander/ }).click();
    await expect(pane.getByRole('alert')).toContainText('gardée');
    await this.phone.page.keyboard.press('Escape');
  }

  /** Lets somebody in who has not registered, or is told that there is no seat. */
  async walkIn(count = 1): Promise<void> {
    const pane = await this.openWalkIn();
    for (let now = 1; now < count; now++)
      await pane
        .getByRole('group', { name: 'Combien entrent' })
        .getByRole('button', { name: 'Une personne de plus' })
        .click();
    await pane.getByRole('button', { name: 'Faire entrer' }).click();
    await expect(pane).toBeHidden();
  }

  /** Notes exits from now on, or arrivals again. */
  async way(name: 'Entrées' | 'Sorties'): Promise<void> {
    const next = this.phone.page.getByRole('button', { name: 'Suivant' });
    if (await next.isVisible()) await next.click();
    await this.phone.page.getByRole('radio', { name }).check({ force: true });
  }

  /** What the bar says, without what is only there for eyes that cannot see. */
  get counts(): Locator {
    return this.phone.page.getByRole('main').locator('header dl');
  }

  /**
   * Keeps every verdict that the camera brings from now on, in order: the film goes on while a test looks elsewhere.
   * Call before the camera opens.
   */
  async recordVerdicts(): Promise<void> {
    await this.phone.context.addInitScript(() => {
      const seen: string[] = [];
      Object.assign(globalThis, { verdictsSeen: seen });
      let last: string | null = null;
      setInterval(() => {
        const now = document.querySelector('[data-verdict]')?.getAttribute('data-verdict') ?? null;
        if (now !== null && now !== last) seen.push(now);
        last = now;
      }, 50);
    });
  }

  verdictsSeen(): Promise<string[]> {
    return this.phone.page.evaluate(() => [...(globalThis as unknown as { verdictsSeen: string[] }).verdictsSeen]);
  }

  /**
   * Keeps every answer that the panel shows from now on with its text, in order and however short it is shown.
   * Call before the door opens.
   */
  async recordAnswers(): Promise<void> {
    await this.phone.context.addInitScript(() => {
      const seen: Answer[] = [];
      Object.assign(globalThis, { answersSeen: seen });
      const look = (): void => {
        const panel = document.querySelector<HTMLElement>('[data-verdict]');
        const verdict = panel?.getAttribute('data-verdict') ?? '';
        const text = panel?.textContent ?? '';
        const last = seen.at(-1);
        if (verdict !== '' && (last?.verdict !== verdict || last.text !== text)) seen.push({ verdict, text });
      };
      new MutationObserver(look).observe(document, {
        subtree: true,
        childList: true,
        characterData: true,
        attributes: true,
        attributeFilter: ['data-verdict'],
      });
    });
  }

  answersSeen(): Promise<Answer[]> {
    return this.phone.page.evaluate(() => [...(globalThis as unknown as { answersSeen: Answer[] }).answersSeen]);
  }

  /** Opens the camera unless it opened by itself. */
  async openCamera(): Promise<void> {
    const start = this.phone.page.getByRole('button', { name: 'Ouvrir la caméra' });
    if (await start.isVisible()) await start.click();
  }
}
