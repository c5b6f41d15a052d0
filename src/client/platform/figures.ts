import * as v from 'valibot';
import type { DeskFigures } from '#protocol/figures.ts';
import { deskFigures } from '#protocol/figures.ts';
import { DESK_PREFIX } from './desk-memory.ts';
import type { Called } from './session.ts';
import { call } from './session.ts';
import { readStored, writeStored } from './stored.ts';

/** What is asked about: the parameters of the page's address and of the call are the same. */
export interface FiguresFilter {
  readonly edition: string;
  readonly region?: string;
  readonly from?: string;
  readonly to?: string;
}

/** An answer with what it answers. */
export interface SeenFigures {
  readonly filter: FiguresFilter;
  readonly answer: DeskFigures;
}

/** The last figures that were seen, for when the network is gone: sums, no person. Signing out forgets them. */
const KEY = `${DESK_PREFIX}figures`;
const seen = v.object({
  filter: v.object({
    edition: v.string(),
    region: v.exactOptional(v.string()),
    from: v.exactOptional(v.string()),
    to: v.exactOptional(v.string()),
  }),
  answer: deskFigures,
});

export async function readFigures(filter: FiguresFilter): Promise<Called<SeenFigures>> {
  const called = await call('GET', `/desk/figures?${figuresQuery(filter)}`, deskFigures);
  if (called.kind === 'failed') return called;
  const value = { filter, answer: called.value };
  writeStored(KEY, value);
  return { kind: 'done', value };
}

export function recallFigures(): SeenFigures | undefined {
  return readStored(KEY, seen);
}

/** Its parameters, in one order. */
export function figuresQuery({ edition, region, from, to }: FiguresFilter): string {
  return new URLSearchParams({
    edition,
    ...(region === undefined ? {} : { region }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  }).toString();
}
