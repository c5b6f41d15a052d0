import type { CheckIn } from '#domain/check-in.ts';
import type { Uuid } from '#domain/ids.ts';

/**
 * What this page has just recorded or taken back and the roster in memory may not show yet: it follows the store a few
 * milliseconds later, and a second ticket of the same person must not slip in between.
 */
export class RecentArrivals {
  readonly #byId = new Map<Uuid, CheckIn>();

  add(checkIn: CheckIn): void {
    this.#byId.set(checkIn.id, checkIn);
  }

  undo(checkIn: CheckIn, at: string): void {
    this.#byId.set(checkIn.id, { ...checkIn, undoneAt: at });
  }

  /** A ticket's arrivals as they are now. */
  over(ticketId: Uuid, known: readonly CheckIn[]): readonly CheckIn[] {
    const mine = [...this.#byId.values()].filter((c) => c.ticketId === ticketId);
    if (mine.length === 0) return known;
    return [...known.filter((c) => !this.#byId.has(c.id)), ...mine];
  }

  /** Lets go of what the roster shows by now. */
  settle(known: (ticketId: Uuid) => readonly CheckIn[]): void {
    for (const [id, mine] of this.#byId) {
      const there = known(mine.ticketId).find((c) => c.id === id);
      if (there && (mine.undoneAt === undefined || there.undoneAt !== undefined)) this.#byId.delete(id);
    }
  }
}
