/** What the browser says of the room that this site has; absent where it says nothing. */
export interface StorageState {
  /** Bytes. */
  readonly usage?: number;
  readonly quota?: number;
  readonly persisted?: boolean;
}

export async function storageState(): Promise<StorageState> {
  const manager = navigator.storage as StorageManager | undefined;
  if (!manager) return {};
  const [estimate, persisted] = await Promise.all([
    manager.estimate?.().catch((): StorageEstimate => ({})),
    manager.persisted?.().catch(() => undefined),
  ]);
  return {
    ...(estimate?.usage === undefined ? {} : { usage: estimate.usage }),
    ...(estimate?.quota === undefined ? {} : { quota: estimate.quota }),
    ...(persisted === undefined ? {} : { persisted }),
  };
}

/** Asks that the browser never clears this site by itself (D4). False where it refuses or cannot. */
export async function persist(): Promise<boolean> {
  const manager = navigator.storage as StorageManager | undefined;
  if (!manager?.persist) return false;
  return (await manager.persisted().catch(() => false)) || (await manager.persist().catch(() => false));
}
