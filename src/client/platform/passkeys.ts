import * as v from 'valibot';
import { me } from '#protocol/sign-in.ts';
import type { Me } from '#protocol/sign-in.ts';
import type { SignInMeans } from '#protocol/sign-in-ways.ts';
import { passkeyCreation, passkeyRequest, signInMeans } from '#protocol/sign-in-ways.ts';
import type { Called } from './session.ts';
import { call, remembered } from './session.ts';

const nothing = v.pipe(
  v.unknown(),
  v.transform(() => undefined),
);

/** What came of asking the browser for a passkey; `given_up`: the person closed its window, or there is none. */
export type PasskeyOutcome<T> = Called<T> | { readonly kind: 'given_up' } | { readonly kind: 'known' };

/** Whether this browser knows passkeys, and this address may have some: an IP address may not. */
export function passkeysWork(): boolean {
  const ip = /^[\d.]+$|^\[/.test(location.hostname);
  return isSecureContext && !ip && typeof PublicKeyCredential === 'function';
}

/** Loaded by the two pages that need it, once they do. */
const library = () => import('@simplewebauthn/browser');

/** Makes a passkey of this device for whoever is signed in. */
export async function addPasskey(): Promise<PasskeyOutcome<SignInMeans>> {
  const options = await call('POST', '/account/passkeys/options', passkeyCreation);
  if (options.kind === 'failed') return options;
  const { startRegistration } = await library();
  try {
    const { authenticatorAttachment: _, ...made } = await startRegistration({ optionsJSON: options.value });
    return await call('POST', '/account/passkeys', signInMeans, made);
  } catch (error) {
    return nameOf(error) === 'InvalidStateError' ? { kind: 'known' } : { kind: 'given_up' };
  }
}

/** Signs in with a passkey that the person chooses in the browser's own window. */
export async function signInByPasskey(): Promise<PasskeyOutcome<Me>> {
  return answer();
}

/**
 * Lets the browser offer passkeys where the address is typed. Settles only once one was chosen, and when it is called off: a page
 * that was left must not take the offer of the next one away.
 * @returns undefined in a browser that cannot
 */
export async function offerPasskeys(until: AbortSignal): Promise<PasskeyOutcome<Me> | undefined> {
  const { browserSupportsWebAuthnAutofill } = await library();
  return (await browserSupportsWebAuthnAutofill()) ? answer(until) : undefined;
}

/** Settles when nothing waits for the person any more: a browser has one such question at a time. */
let waiting: Promise<unknown> = Promise.resolve();

/** @param until given: what the browser offers by itself, until it is called off */
async function answer(until?: AbortSignal): Promise<PasskeyOutcome<Me>> {
  const options = await call('POST', '/sign-in/passkey/options', passkeyRequest);
  if (options.kind === 'failed') return options;
  const { startAuthentication, WebAuthnAbortService } = await library();
  await waiting;
  if (until?.aborted) return { kind: 'given_up' };
  let over = false;
  const given = startAuthentication({ optionsJSON: options.value, useBrowserAutofill: until !== undefined })
    .catch(() => undefined)
    .finally(() => (over = true));
  waiting = given;
  // The library asks the browser something first, and what has not begun cannot be called off.
  const callOff = (): void => {
    if (over) return;
    WebAuthnAbortService.cancelCeremony();
    setTimeout(callOff, 20);
  };
  until?.addEventListener('abort', callOff, { once: true });
  const chosen = await given;
  if (!chosen) return { kind: 'given_up' };
  return remembered(await call('POST', '/sign-in/passkey', me, chosen));
}

export function readMeans(): Promise<Called<SignInMeans>> {
  return call('GET', '/account/means', signInMeans);
}

export function renamePasskey(id: string, name: string): Promise<Called<undefined>> {
  return call('PUT', `/account/passkeys/${id}`, nothing, { name });
}

export function removePasskey(id: string): Promise<Called<undefined>> {
  return call('DELETE', `/account/passkeys/${id}`, nothing);
}

export function removeIdentity(id: string): Promise<Called<undefined>> {
  return call('DELETE', `/account/identities/${id}`, nothing);
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}
