import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';

/** Further than that nobody presses Tab. */
const MOST = 120;
/** How often a stop is looked at again that could not be seen. */
const LOOKS = 10;

/** Somebody who has a keyboard and nothing else. Every stop on the way has to be seen: what is not is a fault, kept until the end. */
export class Keyboard {
  readonly page: Page;
  readonly faults: string[] = [];

  constructor(page: Page) {
    this.page = page;
  }

  /** Presses Tab until something has the focus; `back` with Shift. */
  async to(wanted: Locator, back = false): Promise<void> {
    await expect(wanted).toBeVisible();
    const way: string[] = [];
    for (let n = 0; n < MOST; n++) {
      await this.page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
      let stop = await wanted.evaluate(stopAt);
      // What had the focus before may still be on its way out of the picture.
      for (let look = 0; stop.fault !== undefined && look < LOOKS; look++) {
        await this.page.waitForTimeout(50);
        stop = await wanted.evaluate(stopAt);
      }
      const { there, name, fault } = stop;
      if (fault !== undefined) this.faults.push(`${new URL(this.page.url()).pathname}: ${name} ${fault}`);
      if (there) return;
      way.push(name);
    }
    throw new Error(`Tab never comes to it, only to ${way.join(', ')}`);
  }

  /** Goes to something and presses it. */
  async press(wanted: Locator, back = false): Promise<void> {
    await this.to(wanted, back);
    await this.page.keyboard.press('Enter');
  }

  /** Goes to a field and types; what it held is replaced. */
  async type(wanted: Locator, text: string): Promise<void> {
    await this.to(wanted);
    await this.page.keyboard.press('Control+a');
    await this.page.keyboard.type(text);
  }

  /** Goes to a select and picks by the first letters of its name. */
  async pick(wanted: Locator, name: string): Promise<void> {
    await this.to(wanted);
    await this.page.keyboard.type(name);
    await expect(wanted.locator('option:checked')).toHaveText(new RegExp(`^${name}`));
  }
}

/** Where the focus is now. Runs in the page. */
function stopAt(wanted: Element): { there: boolean; name: string; fault?: string } {
  const focused = document.activeElement;
  // Past the last and before the first stop the focus is the browser's own.
  if (!focused || focused === document.body) return { there: false, name: 'the browser' };
  const label = 'labels' in focused ? (focused.labels as NodeListOf<HTMLElement> | null)?.[0] : undefined;
  const around = [focused, label, focused.nextElementSibling, focused.parentElement, focused.closest('article, li')];
  const near = around.filter((one): one is Element => one instanceof Element);
  const ringed = near.some((one) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
  });
  // The control itself may be hidden behind its label's look.
  const seen = [focused, label].some((one) => {
    if (!one) return false;
    const { left, top, width, height } = one.getBoundingClientRect();
    return [0.1, 0.5, 0.9].some((part) => {
      const hit = document.elementFromPoint(left + width * part, top + height / 2);
      return hit !== null && (one.contains(hit) || hit.contains(one));
    });
  });
  const said = focused.getAttribute('aria-label') ?? label?.textContent ?? focused.textContent;
  const name = `${focused.tagName.toLowerCase()} « ${said.trim().slice(0, 40)} »`;
  const there = focused === wanted;
  if (!ringed) return { there, name, fault: 'has the focus and does not show it' };
  return seen ? { there, name } : { there, name, fault: 'has the focus out of sight' };
}
