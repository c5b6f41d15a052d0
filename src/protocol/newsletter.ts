import * as v from 'valibot';
import { languages } from '#domain/text.ts';
import { email, instantText, uuid } from './primitives.ts';

/**
 * Asks for the newsletter. Made by an attendee's replica, so that it waits in the queue without a network; it has nothing to do with
 * any registration. A mail asks to confirm (double opt-in); whether the address is known the answer does not say.
 */
export const subscribeNewsletter = v.object({ email, language: v.picklist(languages) });
export type SubscribeNewsletter = v.InferOutput<typeof subscribeNewsletter>;

/** What stands in the links of the mails: 256 random bits. */
export const mailToken = v.pipe(v.string(), v.regex(/^[\w-]{43}$/, 'not a token of ours'));

/** `POST /api/v1/newsletter/confirmations`: the second opt-in. `code_refused` for a link that is not good any more. */
export const newsletterConfirmation = v.object({ token: mailToken });
/** Also of `POST /api/v1/newsletter/unsubscriptions/{token}`, which mail programs call by themselves (RFC 8058) and which always succeeds. */
export const newsletterDone = v.object({});

const texts = (max: number) =>
  v.pipe(
    v.partial(
      v.object({
        fr: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(max)),
        en: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(max)),
      }),
    ),
    v.check((given) => given.fr !== undefined || given.en !== undefined, 'a text in one language at least'),
  );

/** `PUT /api/v1/newsletter/issues/{id}` as the national team; without `basedOn` it makes a new one. Only a draft can be changed. */
export const issueEdit = v.object({
  subject: texts(150),
  /** Markdown. */
  body: texts(40_000),
  basedOn: v.exactOptional(instantText),
});
export type IssueEdit = v.InferOutput<typeof issueEdit>;

export const issueStates = ['draft', 'sending', 'sent'] as const;
export const newsletterIssue = v.object({
  id: uuid,
  subject: v.record(v.string(), v.string()),
  body: v.record(v.string(), v.string()),
  state: v.picklist(issueStates),
  updatedAt: instantText,
  /** When the sending began. */
  sentAt: v.exactOptional(instantText),
  /** To how many it goes, has gone, and could not be handed over. */
  recipients: v.number(),
  sent: v.number(),
  failed: v.number(),
});
export type NewsletterIssue = v.InferOutput<typeof newsletterIssue>;

/**
 * `GET /api/v1/newsletter/issues` as the national team, the latest first. `POST …/issues/{id}/test` mails it to oneself;
 * `POST …/issues/{id}/sending` with the `updatedAt` that was seen sends it to everyone, once; `DELETE` takes a draft away.
 */
export const newsletterDesk = v.object({
  issues: v.array(newsletterIssue),
  /** Addresses that are confirmed. */
  subscribers: v.number(),
});
export type NewsletterDesk = v.InferOutput<typeof newsletterDesk>;
export const issueSending = v.object({ basedOn: instantText });
