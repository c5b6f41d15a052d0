import * as v from 'valibot';
import { instantText, line, uuid } from './primitives.ts';

/** How a session was opened: by a mailed code, by a provider of OpenID Connect, by a passkey. */
export const signInWays = ['code', 'provider', 'passkey'] as const;
export type SignInWay = (typeof signInWays)[number];

/**
 * `GET /api/v1/sign-in/provider?retour=/…` sends the browser to the provider, and `/api/v1/sign-in/provider/callback` is where it
 * comes back; from there it goes on to `/connexion`, with `connecte=1` or with one of these as `souci`, and with `retour`.
 */
export const providerFailures = [
  /** The person gave up, or the provider would not have them. */
  'cancelled',
  /** It took too long, was answered before, or began in another browser. */
  'expired',
  /** The provider does not answer, or not as agreed. */
  'unavailable',
  /** What it answered could not be verified. */
  'untrusted',
  /** It does not vouch for the address. */
  'unverified_email',
  /** Nobody has an account or an invitation with this address. */
  'unknown_person',
  /** The account of this address is somebody else's at this provider. */
  'linked_elsewhere',
] as const;
export type ProviderFailure = (typeof providerFailures)[number];

/** `DELETE /api/v1/sign-in` → where the browser goes on to sign out at the provider too, if it came from there. */
export const signedOut = v.object({ onward: v.exactOptional(v.pipe(v.string(), v.regex(/^https?:\/\//))) });

const base64url = (max: number) => v.pipe(v.string(), v.maxLength(max), v.regex(/^[A-Za-z0-9_-]+$/));
const transports = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const;
const descriptor = v.object({
  id: base64url(1400),
  type: v.literal('public-key'),
  transports: v.exactOptional(v.array(v.picklist(transports))),
});

/** `POST /api/v1/account/passkeys/options`: what a browser needs to make a passkey. */
export const passkeyCreation = v.object({
  challenge: base64url(100),
  rp: v.object({ name: v.string(), id: v.string() }),
  user: v.object({ id: base64url(100), name: v.string(), displayName: v.string() }),
  pubKeyCredParams: v.array(v.object({ alg: v.number(), type: v.literal('public-key') })),
  timeout: v.number(),
  attestation: v.literal('none'),
  excludeCredentials: v.array(descriptor),
  authenticatorSelection: v.object({
    residentKey: v.literal('required'),
    requireResidentKey: v.literal(true),
    userVerification: v.literal('required'),
  }),
});
export type PasskeyCreation = v.InferOutput<typeof passkeyCreation>;

const credential = {
  id: base64url(1400),
  rawId: base64url(1400),
  type: v.literal('public-key'),
  // Nothing in them is asked for or looked at.
  clientExtensionResults: v.object({}),
};

/** `POST /api/v1/account/passkeys` → `signInMeans`. */
export const passkeyRegistration = v.object({
  ...credential,
  response: v.object({
    clientDataJSON: base64url(4096),
    attestationObject: base64url(16_384),
    // A transport that is newer than this server is none that it could hand back.
    transports: v.exactOptional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(40))), v.maxLength(20))),
  }),
});
export type PasskeyRegistration = v.InferOutput<typeof passkeyRegistration>;

/** `POST /api/v1/sign-in/passkey/options`. */
export const passkeyRequest = v.object({
  challenge: base64url(100),
  rpId: v.string(),
  timeout: v.number(),
  userVerification: v.literal('required'),
});
export type PasskeyRequest = v.InferOutput<typeof passkeyRequest>;

/** `POST /api/v1/sign-in/passkey` → `me`, with a session cookie. */
export const passkeySignIn = v.object({
  ...credential,
  response: v.object({
    clientDataJSON: base64url(4096),
    authenticatorData: base64url(4096),
    signature: base64url(4096),
    userHandle: base64url(100),
  }),
});
export type PasskeySignIn = v.InferOutput<typeof passkeySignIn>;

/** `PUT /api/v1/account/passkeys/{id}`. */
export const passkeyName = v.object({ name: line(60) });

export const passkey = v.object({
  id: uuid,
  /** Empty when nobody knows one. */
  name: v.string(),
  since: instantText,
  lastUsedAt: v.exactOptional(instantText),
});

/** The account as a provider of OpenID Connect knows it. */
export const identity = v.object({ id: uuid, provider: v.string(), since: instantText, lastUsedAt: instantText });

/** `GET /api/v1/account/means`: in which ways one signs in, beside the mailed code. */
export const signInMeans = v.object({ passkeys: v.array(passkey), identities: v.array(identity) });
export type SignInMeans = v.InferOutput<typeof signInMeans>;

/** How many passkeys an account may have. */
export const MAX_PASSKEYS = 20;
