import type { Page } from '@playwright/test';

/** A mutation as the device keeps it. */
export interface QueuedRow {
  readonly replicaId: string;
  readonly seq: number;
  readonly mutationId: string;
  readonly state: string;
}

/** The device's queue as it lies in IndexedDB, read past the app. */
export function queueOf(page: Page): Promise<QueuedRow[]> {
  return allOf<QueuedRow>(page, 'outbox');
}

/** Every record of one of the app's stores, read past the app. */
export function allOf<T>(page: Page, store: string): Promise<T[]> {
  return page.evaluate(
    (name) =>
      new Promise<unknown[]>((resolve, reject) => {
        const opening = indexedDB.open('escale');
        opening.addEventListener('error', () => reject(new Error(String(opening.error))));
        opening.onsuccess = () => {
          const db = opening.result;
          const reading = db.transaction(name).objectStore(name).getAll();
          reading.addEventListener('error', () => reject(new Error(String(reading.error))));
          reading.onsuccess = () => {
            db.close();
            resolve(reading.result);
          };
        };
      }),
    store,
  ) as Promise<T[]>;
}
