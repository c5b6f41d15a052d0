import type { RegionCode } from '#domain/programme.ts';
import { lookup } from '#protocol/lookup.ts';
import { Api } from './api.ts';

/** Where an event is that this device does not hold. `nowhere`: the server knows of none that is published. */
export type Whereabouts =
  | { readonly kind: 'published'; readonly editionId: string; readonly region: RegionCode }
  | { readonly kind: 'nowhere' }
  | { readonly kind: 'unreachable' };

/** Asks the server for the edition and region of an address that someone was given. */
export async function lookUpEvent(slug: string): Promise<Whereabouts> {
  const answer = await new Api().json({ path: `/events/${encodeURIComponent(slug)}` }, lookup);
  // An address that cannot be a slug is refused as such.
  if (answer.kind === 'problem') return { kind: answer.problem.code === 'bad_request' ? 'nowhere' : 'unreachable' };
  if (answer.kind === 'unreachable') return answer;
  const { event } = answer.value;
  return event ? { kind: 'published', editionId: event.editionId, region: event.region } : { kind: 'nowhere' };
}
