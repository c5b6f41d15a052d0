import { looksMixedUp } from '#domain/keyboard-mixup.ts';
import { readCode } from '#domain/ticket.ts';
import { markIfForeign } from './scanner-mark.ts';

/** `code`: with a mark where it is none of ours. `garbled`: a code of ours that went through a keyboard which is not the scanner's, and cannot be put right. */
export type TypedScan = { readonly kind: 'code'; readonly text: string } | { readonly kind: 'garbled' };

/** What of a key press counts. */
export interface Press {
  /** The character, or the name of the key. */
  readonly key: string;
  /** The key's place on the keyboard, whatever is printed on it. */
  readonly code: string;
  /** Milliseconds of any steady clock. */
  readonly at: number;
}

/** Milliseconds between two keys after which it was a person, or another code. */
const GAP = 120;
/** Characters; shorter ones are typed by people in a hurry. */
const SHORTEST = 6;
/** Milliseconds a character on average, of a short code and of one that no person types in one go. */
const FAST = 35;
const FAST_LONG = 90;
const LONG = 40;
/** Keys in quick succession after which a page should no longer take them for its own. */
const SUSPECT = 4;

/** Tells a scanner that types from a person: so many keys so fast, and then Enter or Tab. */
export class KeyBurst {
  #presses: Press[] = [];

  /** Whether the keys so far come too fast for a person. */
  get suspect(): boolean {
    return this.#presses.length >= SUSPECT && this.#pace() <= FAST;
  }

  get isEmpty(): boolean {
    return this.#presses.length === 0;
  }

  /** @returns whether this key begins something new */
  add(press: Press): boolean {
    const last = this.#presses.at(-1);
    const begins = !last || press.at - last.at > GAP;
    if (begins) this.#presses = [];
    this.#presses.push(press);
    return begins;
  }

  /** Enter or Tab came: the code, if it was a scanner that typed it. */
  end(at: number): TypedScan | undefined {
    const presses = this.#presses;
    const last = presses.at(-1);
    const pace = this.#pace();
    this.#presses = [];
    if (!last || at - last.at > GAP || presses.length < SHORTEST) return undefined;
    if (pace > (presses.length >= LONG ? FAST_LONG : FAST)) return undefined;
    return scanOf(presses);
  }

  /** For a scanner that sends no Enter: whether what stands there is a whole ticket. */
  get isTicket(): boolean {
    return this.#presses.length >= LONG && textsOf(this.#presses).some(isOurs);
  }

  clear(): void {
    this.#presses = [];
  }

  #pace(): number {
    const first = this.#presses[0];
    const last = this.#presses.at(-1);
    return first && last && this.#presses.length > 1 ? (last.at - first.at) / (this.#presses.length - 1) : Infinity;
  }
}

function scanOf(presses: readonly Press[]): TypedScan {
  const texts = textsOf(presses);
  const ours = texts.find(isOurs);
  if (ours !== undefined) return { kind: 'code', text: ours };
  const typed = texts[0] ?? '';
  if (looksMixedUp(typed.toUpperCase())) return { kind: 'garbled' };
  return { kind: 'code', text: markIfForeign(typed) };
}

/** As the device understood the keys, and as they stand on an American keyboard, which scanners are set to when nobody set them. */
function textsOf(presses: readonly Press[]): string[] {
  const typed = presses.map(({ key }) => (key.length === 1 ? key : '')).join('');
  const placed = presses.map(({ code }) => /^(?:Key|Digit|Numpad)([A-Z0-9])$/.exec(code)?.[1] ?? '').join('');
  return [typed, placed];
}

function isOurs(text: string): boolean {
  const { kind } = readCode(text);
  return kind !== 'foreign' && kind !== 'malformed';
}

/**
 * Listens for scanners that type (by cable or Bluetooth), wherever the focus is. What a person types stays where it is; what a
 * scanner typed into a field is taken out again.
 * @returns ends the listening
 */
export function listenForScanner(onScan: (scan: TypedScan) => void): () => void {
  const burst = new KeyBurst();
  let field: { readonly element: HTMLInputElement | HTMLTextAreaElement; readonly value: string } | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;

  const finish = (at: number): boolean => {
    const scan = burst.end(at);
    if (!scan) return false;
    if (field) putBack(field.element, field.value);
    onScan(scan);
    return true;
  };
  const onKey = (event: KeyboardEvent): void => {
    clearTimeout(silence);
    if (event.isComposing || event.repeat) return burst.clear();
    const { key, code, timeStamp: at } = event;
    if (key === 'Enter' || key === 'Tab') {
      if (finish(at)) stop(event);
      return;
    }
    const shortcut = (event.ctrlKey || event.metaKey || event.altKey) && !event.getModifierState('AltGraph');
    if (shortcut) return burst.clear();
    // Shift, Caps Lock and the like stand between the characters of a code.
    if (key.length !== 1 && key !== 'Dead') {
      if (!MODIFIERS.has(key)) burst.clear();
      return;
    }
    if (burst.add({ key, code, at })) field = fieldOf(event.target);
    // In a field the characters are shown until it is certain; elsewhere a space would press the button that has the focus.
    if (!field && burst.suspect) stop(event);
    if (burst.isTicket) silence = setTimeout(() => finish(at), GAP);
  };
  document.addEventListener('keydown', onKey, true);
  return () => {
    clearTimeout(silence);
    document.removeEventListener('keydown', onKey, true);
  };
}

const MODIFIERS = new Set(['Shift', 'CapsLock', 'AltGraph', 'NumLock', 'Unidentified']);

function stop(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}

function fieldOf(
  target: EventTarget | null,
): { element: HTMLInputElement | HTMLTextAreaElement; value: string } | undefined {
  const isField = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
  return isField ? { element: target, value: target.value } : undefined;
}

/** Past React, which keeps the value it last gave. */
function putBack(element: HTMLInputElement | HTMLTextAreaElement, value: string): void {
  const prototype = element instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLTextAreaElement.prototype;
  Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(element, value);
  element.dispatchEvent(new Event('input', { bubbles: true }));
}
