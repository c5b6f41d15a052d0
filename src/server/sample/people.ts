/** Invented people with names as they are in France: accents, particles, hyphens, other alphabets' traces. */
const FIRST = [
  'Hélène',
  'Maël',
  'Zoé',
  'François',
  'Aïcha',
  'Noël',
  'Inès',
  'Loïc',
  'Chloé',
  'Jérôme',
  'Léa',
  'Théo',
  'Nadège',
  'Rémi',
  'Gaëlle',
  'Björn',
  'Anaïs',
  'Mathéo',
  'Cécile',
  'Yann',
  'Océane',
  'Stéphane',
  'Maïwenn',
  'Élodie',
  'Kévin',
  'Véronique',
  'Raphaël',
  'Solène',
  'Jean-Noël',
  'Marie-Ève',
  'Łukasz',
  'Nguyệt',
  'Soraya',
  'Benoît',
  'Aurélie',
  'Gérard',
  'Fatoumata',
  'Tévaïté',
  'Émile',
  'Séverine',
  'Amélie',
] as const;
const LAST = [
  'Öztürk',
  'Lefèvre',
  "N'Diaye",
  'Le Goff',
  'Béranger',
  'Da Silva',
  'Müller',
  'Garçon',
  'Étienne',
  "L'Hôpital",
  'Núñez',
  'Bénard',
  'Cœur',
  'Dvořák',
  'Hervé',
  'Kœnig',
  'Lacôte',
  'Maréchal',
  'Nguyễn',
  'Pérès',
  'Quéméner',
  'Rivière',
  'Sørensen',
  'Tréguier',
  "D'Angelo",
  'Vasseur',
  'Wójcik',
  'Yıldız',
  'Zaïdi',
  'Aït-Ali',
  'Boëldieu',
  'Château',
  'Décamps',
  'Évrard',
  'Fléchard',
  'Grégoire',
  'Hoarau',
] as const;

export interface InventedPerson {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
}

/**
 * The n-th of the invented people: no two of the first 1,517 have the same name, and later ones have two surnames.
 * The addresses are of a domain that is nobody's.
 */
export function inventedPerson(n: number): InventedPerson {
  const firstName = FIRST[n % FIRST.length]!;
  const last = LAST[n % LAST.length]!;
  const round = Math.floor(n / (FIRST.length * LAST.length));
  const lastName = round === 0 ? last : `${last}-${LAST[round % LAST.length]!}`;
  return { firstName, lastName, email: `personne.${n + 1}@example.org` };
}
