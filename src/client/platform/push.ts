import * as v from 'valibot';
import type { PushTarget } from '#protocol/follow.ts';
import { pushKey, pushTarget } from '#protocol/follow.ts';
import { call } from './session.ts';

/** `unsupported`: this browser has no Web Push here, as on an iPhone before the app is on its home screen. */
export type PushPermission = 'unsupported' | 'denied' | 'default' | 'granted';

export function pushPermission(): PushPermission {
  const able = 'serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis;
  return able ? Notification.permission : 'unsupported';
}

export type PushAsked =
  | { readonly kind: 'done'; readonly target: PushTarget }
  /** `refused`: the person or the browser; `offline`: our server or the browser's push service cannot be reached. */
  | { readonly kind: 'refused' | 'offline' };

/** Asks the person, and the browser, for pushes. Only from a press of theirs. */
export async function askForPush(): Promise<PushAsked> {
  const permission = await Notification.requestPermission();
  if (permission !== 'granted') return { kind: 'refused' };
  const called = await call('GET', '/push-key', pushKey);
  if (called.kind === 'failed') return { kind: 'offline' };
  try {
    const { pushManager } = await navigator.serviceWorker.ready;
    const applicationServerKey = bytesOf(called.value.key);
    const before = await pushManager.getSubscription();
    // One made for another server key would be refused.
    await before?.unsubscribe();
    const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey });
    const { endpoint, keys } = subscription.toJSON();
    const target = v.safeParse(pushTarget, { endpoint, p256dh: keys?.['p256dh'], auth: keys?.['auth'] });
    return target.success ? { kind: 'done', target: target.output } : { kind: 'offline' };
  } catch {
    return { kind: 'offline' };
  }
}

/** The browser takes no pushes for us any more. */
export async function endPush(): Promise<void> {
  const registration = await navigator.serviceWorker.getRegistration();
  const subscription = await registration?.pushManager.getSubscription();
  await subscription?.unsubscribe().catch(() => undefined);
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
