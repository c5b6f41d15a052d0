import type { SearchAnswer } from '#domain/found.ts';

/** What the page and the search worker say to each other. */
export type ToSearch =
  /** The device has an edition's programme, or has it otherwise than before. */
  | { readonly kind: 'read'; readonly editionId: string }
  | { readonly kind: 'search'; readonly editionId: string; readonly turn: number; readonly query: string };

export type FromSearch =
  /** The index has everything that the device keeps of the edition. */
  | { readonly kind: 'ready'; readonly editionId: string }
  | { readonly kind: 'found'; readonly editionId: string; readonly turn: number; readonly answer: SearchAnswer };
