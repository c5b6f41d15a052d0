import * as v from 'valibot';
import { invitationRefusals, roles } from '#domain/account.ts';
import { languages } from '#domain/text.ts';
import { email, instantText, regionCode, uuid } from './primitives.ts';
import { signInWays } from './sign-in-ways.ts';

const body = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200));
const standing = {
  role: v.picklist(roles),
  regions: v.array(v.string()),
  bodies: v.array(v.string()),
};

/** `GET /api/v1/team`: who is in one's team, as far as one may see it. */
export const team = v.object({
  people: v.array(
    v.object({
      id: uuid,
      email: v.string(),
      ...standing,
      /** The person who asks. */
      self: v.boolean(),
      /** When they last used it. */
      lastSeenAt: v.exactOptional(instantText),
      /** Whether the person who asks may end this account. */
      removable: v.boolean(),
    }),
  ),
  invitations: v.array(
    v.object({
      id: uuid,
      email: v.string(),
      ...standing,
      /** E-mail of whoever invited; absent once that account is gone. */
      invitedBy: v.exactOptional(v.string()),
      expiresAt: instantText,
      expired: v.boolean(),
      removable: v.boolean(),
    }),
  ),
});
export type Team = v.InferOutput<typeof team>;

/** `POST /api/v1/team/invitations` → 201 `invitationAnswer`. The same address again takes the place of its first invitation. */
export const invitationRequest = v.object({
  email,
  role: v.picklist(roles),
  regions: v.pipe(v.array(regionCode), v.maxLength(20)),
  bodies: v.pipe(v.array(body), v.maxLength(20)),
  language: v.picklist(languages),
});
export type InvitationRequest = v.InferOutput<typeof invitationRequest>;

export const invitationAnswer = v.variant('kind', [
  v.object({ kind: v.literal('invited'), id: uuid }),
  v.object({ kind: v.literal('refused'), reason: v.picklist(invitationRefusals) }),
]);
export type InvitationAnswer = v.InferOutput<typeof invitationAnswer>;

/** `GET /api/v1/account/sessions`: where one is signed in. */
export const sessions = v.object({
  sessions: v.array(
    v.object({
      id: v.string(),
      /** What the browser says that it is: `Firefox · Android`. */
      device: v.exactOptional(v.string()),
      since: instantText,
      lastSeenAt: instantText,
      expiresAt: instantText,
      current: v.boolean(),
      /** How it was opened; absent from a server that knew mailed codes alone. */
      by: v.exactOptional(v.picklist(signInWays)),
    }),
  ),
});
export type Sessions = v.InferOutput<typeof sessions>;
