import type { SheetPerson } from '#protocol/desk.ts';

/** As on every list at a door: by surname, then first name; who has no name by their code. */
export function bySurname(people: readonly SheetPerson[], compare: (a: string, b: string) => number): SheetPerson[] {
  return people.toSorted(
    (a, b) => compare(a.lastName, b.lastName) || compare(a.firstName, b.firstName) || compare(a.code, b.code),
  );
}
