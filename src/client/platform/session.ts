import * as v from 'valibot';
import type { DeskEvent } from '#protocol/desk.ts';
import { deskEvents } from '#protocol/desk.ts';
import type { ProblemCode } from '#protocol/problem.ts';
import { problem } from '#protocol/problem.ts';
import type { Me } from '#protocol/sign-in.ts';
import { me, whoIsSignedIn } from '#protocol/sign-in.ts';
import { signedOut } from '#protocol/sign-in-ways.ts';
import { PROTOCOL, PROTOCOL_HEADER } from '#protocol/version.ts';
import type { Language } from '#domain/text.ts';
import { forgetAccount, rememberAccount } from '#client/store/account.ts';
import { forgetDesk } from './desk-memory.ts';

/**
 * Why a call brought nothing. `offline`: no answer of ours came before the deadline, which a captive portal's page is not
 * either (D2); `unreadable`: ours, but not of a shape that this version knows.
 */
export type CallFailure = { readonly kind: 'failed'; readonly reason: ProblemCode | 'offline' | 'unreadable' };
export type Called<T> = { readonly kind: 'done'; readonly value: T } | CallFailure;

/** Milliseconds after which a call is given up. */
const DEADLINE = 15_000;
const FILE_DEADLINE = 180_000;
/** Events a page. */
export const DESK_PAGE = 100;
export interface DeskEvents {
  readonly events: readonly DeskEvent[];
  readonly total: number;
}

/** Sends a code by e-mail. Done whether the address is known or not. */
export function askForCode(email: string, language: Language): Promise<Called<undefined>> {
  return call('POST', '/sign-in/codes', nothing, { email, language });
}

/** `code_refused` when the code is wrong, used or too old. */
export async function signIn(email: string, code: string): Promise<Called<Me>> {
  return remembered(await call('POST', '/sign-in', me, { email, code }));
}

/** Whoever is signed in finds their proposals without a network; a device that can write nothing down is none of their business. */
export async function remembered(called: Called<Me>): Promise<Called<Me>> {
  if (called.kind === 'done') await rememberAccount(called.value).catch(() => undefined);
  return called;
}

/** Signs out here, and goes on to sign out at the provider that the person signed in with. */
export async function signOut(): Promise<Called<undefined>> {
  const called = await call('DELETE', '/sign-in', v.optional(signedOut));
  if (called.kind === 'failed') return called;
  forgetDesk();
  await forgetAccount().catch(() => undefined);
  if (called.value?.onward !== undefined) location.assign(called.value.onward);
  return { kind: 'done', value: undefined };
}

/** `sign_in_required` when nobody is signed in. */
export async function whoAmI(): Promise<Called<Me>> {
  const called = await call('GET', '/me', whoIsSignedIn);
  if (called.kind === 'failed') return called;
  return called.value.me
    ? remembered({ kind: 'done', value: called.value.me })
    : { kind: 'failed', reason: 'sign_in_required' };
}

/** A page of the events that the signed-in person may run and whose words match; `total` counts all that match. */
export function listDeskEvents(query: string, offset: number): Promise<Called<DeskEvents>> {
  const search = new URLSearchParams({ limit: String(DESK_PAGE), offset: String(offset) });
  if (query) search.set('q', query);
  return call('GET', `/desk/events?${search}`, deskEvents);
}

const nothing = v.pipe(
  v.unknown(),
  v.transform(() => undefined),
);

/** Any call of the desk, as the signed-in person. A file is sent as it is, and may take longer. */
export async function call<T>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  schema: v.GenericSchema<unknown, T>,
  body?: unknown,
): Promise<Called<T>> {
  let answer: Response;
  let text: string;
  try {
    answer = await fetch(`/api/v1${path}`, {
      method,
      headers: {
        [PROTOCOL_HEADER]: String(PROTOCOL),
        accept: 'application/json',
        ...(body === undefined
          ? {}
          : { 'content-type': body instanceof Blob ? 'application/octet-stream' : 'application/json' }),
      },
      ...(body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) }),
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.timeout(body instanceof Blob ? FILE_DEADLINE : DEADLINE),
    });
    text = await answer.text();
  } catch {
    return { kind: 'failed', reason: 'offline' };
  }
  if (!answer.headers.has(PROTOCOL_HEADER)) return { kind: 'failed', reason: 'offline' };
  const content = json(text);
  if (!answer.ok) {
    const parsed = v.safeParse(problem, content);
    return { kind: 'failed', reason: parsed.success ? parsed.output.code : 'unreadable' };
  }
  const parsed = v.safeParse(schema, content);
  return parsed.success ? { kind: 'done', value: parsed.output } : { kind: 'failed', reason: 'unreadable' };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
