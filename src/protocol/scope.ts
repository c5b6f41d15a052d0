import * as v from 'valibot';
import type { RegionCode } from '#domain/programme.ts';
import type { Actor } from '#domain/proposal.ts';
import type { Uuid } from '#domain/ids.ts';
import { regionsAndNational } from '#domain/regions.ts';

/**
 * A stretch of the change log with one head and one audience (C1):
 * `directory` (editions and ticket keys), `content` (pages, news, what is featured) and `programme/{edition}/{region}` are public,
 * so is `question/{event}` (what people answered there, for who opened that event);
 * `person/{holder}` is one attendee's on all of their devices, `roster/{event}` a door's, `desk/{account}` what a signed-in
 * person has proposed, `moderation/{region}` what waits there for a decision or has had one.
 */
export type Scope = string;

export const scopeName = v.pipe(
  v.string(),
  v.maxLength(160),
  v.regex(
    /^(directory|content|programme\/[a-z0-9-]{1,64}\/(FR|\d{2})|person\/[A-Za-z0-9_-]{43}|(roster|question)\/[0-9a-f-]{36}|desk\/[0-9a-f-]{36}|moderation\/(FR|\d{2}))$/,
    'not a scope',
  ),
);

/**
 * How a scope is named in an address: logs, proxies and histories keep addresses, so none of them names a person. `own` is
 * the scope of whoever's credential the request carries; answers, which nobody keeps, say its name.
 */
export const OWN = 'own';
export const scopeInAddress = v.pipe(
  v.string(),
  v.maxLength(160),
  v.regex(
    /^(own|directory|content|programme\/[a-z0-9-]{1,64}\/(FR|\d{2})|(roster|question)\/[0-9a-f-]{36}|moderation\/(FR|\d{2}))$/,
    'not a scope in an address',
  ),
);
/** The query parameter that names a scope. */
export const scopeParameter = (scope: Scope): string => `scope=${encodeURIComponent(isOwn(scope) ? OWN : scope)}`;

function isOwn(scope: Scope): boolean {
  return scope.startsWith('person/') || scope.startsWith('desk/');
}

export const DIRECTORY: Scope = 'directory';
export const CONTENT: Scope = 'content';
export const programmeScope = (editionId: string, region: RegionCode): Scope => `programme/${editionId}/${region}`;
export const personScope = (holderId: string): Scope => `person/${holderId}`;
export const questionScope = (eventId: Uuid): Scope => `${QUESTIONS}${eventId}`;
/** What the scopes of questions begin with. */
export const QUESTIONS = 'question/';
export const rosterScope = (eventId: Uuid): Scope => `roster/${eventId}`;
export const deskScope = (accountId: Uuid): Scope => `desk/${accountId}`;
export const moderationScope = (region: RegionCode): Scope => `moderation/${region}`;

/** What a signed-in person reads: their own, and what they moderate or audit. */
export function accountScopes({ accountId, role, regions }: Actor): Scope[] {
  const all = role === 'national' || role === 'auditor';
  const moderated = all ? regionsAndNational.map((one) => one.code) : role === 'regional' ? regions : [];
  return [deskScope(accountId), ...moderated.map(moderationScope)];
}

export function isPublicScope(scope: Scope): boolean {
  return scope === DIRECTORY || scope === CONTENT || scope.startsWith('programme/') || scope.startsWith(QUESTIONS);
}

/** What kinds of items a scope holds; with `values.ts` the whole of what a device can be sent. */
export type ItemKind =
  | 'edition'
  | 'ticket-key'
  | 'event'
  | 'registration'
  | 'tour-rating'
  | 'answer'
  | 'question-part'
  | 'entry'
  | 'check-in'
  | 'revoked'
  | 'page'
  | 'article'
  | 'featured'
  | 'door-rules'
  | 'allotment'
  | 'note'
  | 'proposal';
