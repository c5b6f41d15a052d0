import type { ModerationStep, ProposalState } from '#domain/proposal.ts';
import { fold, textIn } from '#domain/text.ts';
import type { ProposalView } from '#client/store/proposals-view.ts';

/** What the list shows. `mine`: what waits for the reader's own word. */
export const queueStates = [
  'mine',
  'submitted',
  'changes_requested',
  'approved',
  'refused',
  'withdrawn',
  'all',
] as const;
export type QueueState = (typeof queueStates)[number];

export interface QueueFilter {
  readonly state: QueueState;
  readonly region: string;
  readonly step: ModerationStep | '';
  readonly editionId: string;
  readonly text: string;
}

export function readFilter(search: URLSearchParams): QueueFilter {
  const state = search.get('etat') ?? '';
  const step = search.get('etape') ?? '';
  return {
    state: isQueueState(state) ? state : 'mine',
    region: search.get('region') ?? '',
    step: step === 'region' || step === 'nation' ? step : '',
    editionId: search.get('programme') ?? '',
    text: search.get('q') ?? '',
  };
}

/** Without what is as it is at first, so that the address stays short. */
export function writeFilter({ state, region, step, editionId, text }: QueueFilter): URLSearchParams {
  const search = new URLSearchParams();
  if (state !== 'mine') search.set('etat', state);
  if (region) search.set('region', region);
  if (step) search.set('etape', step);
  if (editionId) search.set('programme', editionId);
  if (text.trim()) search.set('q', text.trim());
  return search;
}

function isQueueState(text: string): text is QueueState {
  return (queueStates as readonly string[]).includes(text);
}

/** What the list holds by everything but the state, and how many each state would show. */
export function queueOf(
  all: readonly ProposalView[],
  filter: QueueFilter,
  isMine: (proposal: ProposalView) => boolean,
): { readonly shown: readonly ProposalView[]; readonly counts: Readonly<Record<QueueState, number>> } {
  const words = fold(filter.text).split(' ').filter(Boolean);
  const within = all.filter(
    (one) =>
      (!filter.region || one.content.region === filter.region) &&
      (!filter.step || one.step === filter.step) &&
      (!filter.editionId || one.editionId === filter.editionId) &&
      words.every((word) => textOf(one).includes(word)),
  );
  const isIn = (one: ProposalView, state: QueueState): boolean =>
    state === 'all' || (state === 'mine' ? isMine(one) : one.state === (state satisfies ProposalState));
  const counts = Object.fromEntries(
    queueStates.map((state) => [state, within.filter((one) => isIn(one, state)).length]),
  ) as Record<QueueState, number>;
  // Who has waited longest comes first where somebody waits.
  const waiting = filter.state === 'mine' || filter.state === 'submitted';
  const shown = within.filter((one) => isIn(one, filter.state));
  return { shown: waiting ? shown.toSorted((a, b) => compareText(a.submittedAt, b.submittedAt)) : shown, counts };
}

function compareText(a = '', b = ''): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function textOf({ content, author }: ProposalView): string {
  return fold(
    [
      textIn(content.title, 'fr').text,
      textIn(content.summary, 'fr').text,
      ...(content.organisers ?? []).map((one) => one.name),
      ...(content.venues ?? []).flatMap((one) => [one.name, one.city ?? '']),
      author.name ?? '',
    ].join(' '),
  );
}
