import * as v from 'valibot';
import { enrolmentCode } from '#protocol/enrolment.ts';

/** The one-time code in what was scanned, pasted or typed: a link with it in its fragment, or the code alone. */
export function readEnrolmentCode(text: string): string | undefined {
  const fragment = /#enrolement=([^&\s]+)/i.exec(text)?.[1];
  const typed = (fragment ?? text)
    .replace(/[\s-]/g, '')
    .toUpperCase()
    // Crockford's reading: O is 0, I and L are 1.
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  const parsed = v.safeParse(enrolmentCode, typed);
  return parsed.success ? parsed.output : undefined;
}

const KEPT = 'escale.enrolement';

/**
 * Takes the code out of the address, where it would stay in the history and in a screenshot. It waits in the tab's own
 * storage until the person has named the phone, so that a reload does not lose it.
 * @returns `none` when the address carries nothing; `bad` when what it carries is no code
 */
export function takeCodeFromAddress():
  | { readonly kind: 'none' | 'bad' }
  | { readonly kind: 'code'; readonly code: string } {
  if (/^#enrolement=/i.test(location.hash)) {
    const code = readEnrolmentCode(location.hash);
    history.replaceState(history.state, '', location.pathname + location.search);
    if (!code) return { kind: 'bad' };
    keepCode(code);
    return { kind: 'code', code };
  }
  const kept = keptCode();
  return kept ? { kind: 'code', code: kept } : { kind: 'none' };
}

export function keepCode(code: string): void {
  try {
    sessionStorage.setItem(KEPT, code);
  } catch {
    return;
  }
}

export function forgetCode(): void {
  try {
    sessionStorage.removeItem(KEPT);
  } catch {
    return;
  }
}

function keptCode(): string | undefined {
  try {
    const kept = sessionStorage.getItem(KEPT);
    return kept ? readEnrolmentCode(kept) : undefined;
  } catch {
    return undefined;
  }
}
