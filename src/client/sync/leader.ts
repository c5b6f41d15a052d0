/** How long a lock is waited for: whoever holds it longer may be a tab that the phone has put to sleep. */
const PATIENCE = 60_000;

/**
 * Does something while no other tab or worker does the same. It saves requests and nothing more (D1): where there are no
 * locks, or one is not given up, it is done all the same.
 */
export async function alone<T>(name: string, work: () => Promise<T>): Promise<T> {
  const locks = (navigator as { locks?: LockManager }).locks;
  if (!locks) return work();
  let entered = false;
  try {
    return await locks.request(name, { signal: AbortSignal.timeout(PATIENCE) }, () => {
      entered = true;
      return work();
    });
  } catch (error) {
    if (entered) throw error;
    return work();
  }
}

/** Does something for as long as this is the one that leads; others wait for their turn. Without locks everyone leads. */
export async function leading(name: string, work: () => Promise<void>): Promise<void> {
  const locks = (navigator as { locks?: LockManager }).locks;
  await (locks ? locks.request(name, work) : work());
}
