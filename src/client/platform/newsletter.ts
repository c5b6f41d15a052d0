import * as v from 'valibot';
import type { Uuid } from '#domain/ids.ts';
import type { IssueEdit, NewsletterDesk, NewsletterIssue } from '#protocol/newsletter.ts';
import { mailToken, newsletterDesk, newsletterDone, newsletterIssue } from '#protocol/newsletter.ts';
import type { Called } from './session.ts';
import { call } from './session.ts';

/** What a link of a mail asks the page to do; its token stays in the fragment, which no server sees. */
export type NewsletterLink = { readonly kind: 'confirm' | 'leave'; readonly token: string };

/** Undefined for a page that was opened without a link, or with half of one. */
export function linkIn(hash: string): NewsletterLink | undefined {
  const found = /^#(confirmer|desabonner)=(.+)$/.exec(hash);
  const token = v.safeParse(mailToken, found?.[2]);
  return found && token.success
    ? { kind: found[1] === 'confirmer' ? 'confirm' : 'leave', token: token.output }
    : undefined;
}

/** `code_refused` when the link is not good any more. */
export function followLink({ kind, token }: NewsletterLink): Promise<Called<unknown>> {
  return kind === 'confirm'
    ? call('POST', '/newsletter/confirmations', newsletterDone, { token })
    : call('POST', `/newsletter/unsubscriptions/${token}`, newsletterDone);
}

export function readNewsletterDesk(): Promise<Called<NewsletterDesk>> {
  return call('GET', '/newsletter/issues', newsletterDesk);
}

/** `edited_elsewhere` when somebody else has changed or sent it since. */
export function saveIssue(id: Uuid, edit: IssueEdit): Promise<Called<NewsletterIssue>> {
  return call('PUT', `/newsletter/issues/${id}`, newsletterIssue, edit);
}

export function removeIssue(id: Uuid): Promise<Called<unknown>> {
  return call('DELETE', `/newsletter/issues/${id}`, v.unknown());
}

export function testIssue(id: Uuid): Promise<Called<unknown>> {
  return call('POST', `/newsletter/issues/${id}/test`, v.unknown());
}

export function sendIssue(id: Uuid, basedOn: string): Promise<Called<NewsletterIssue>> {
  return call('POST', `/newsletter/issues/${id}/sending`, newsletterIssue, { basedOn });
}
