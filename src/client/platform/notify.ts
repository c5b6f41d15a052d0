export interface Notice {
  readonly title: string;
  readonly body: string;
  /** A later one of the same takes its place. */
  readonly tag: string;
  /** Where a press leads. */
  readonly url: string;
}

/**
 * Shows a notification, where the person has allowed them.
 * @param claim asked last: false when another tab has shown it
 */
export async function notify({ title, body, tag, url }: Notice, claim: () => Promise<boolean>): Promise<void> {
  if (!('Notification' in globalThis) || Notification.permission !== 'granted') return;
  const registration = await navigator.serviceWorker?.getRegistration().catch(() => undefined);
  if (!registration || !(await claim())) return;
  await registration.showNotification(title, { body, tag, data: { url }, icon: '/icons/icon-192.png' });
}
