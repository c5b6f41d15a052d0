import { setTimeout } from 'node:timers/promises';
import * as oidc from 'openid-client';
import * as v from 'valibot';
import type { ProviderFailure } from '#protocol/sign-in-ways.ts';
import type { OidcConfig } from '../../config.ts';
import type { Context } from '../context.ts';

/** Seconds that the provider has for each of its answers. */
const DEADLINE = 8;
/** Milliseconds that signing out here waits for it. */
const SIGN_OUT_DEADLINE = 2000;
/** Milliseconds after which what it says of itself is asked for again. */
const KNOWN_FOR = 3_600_000;

/** What only this server and the browser that left it know, until the browser is back. */
export interface Trip {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Who somebody is, as the provider says and its signature proves. */
export interface ProvenPerson {
  readonly issuer: string;
  readonly subject: string;
  /** One that the provider vouches for; absent otherwise. */
  readonly email?: string;
  /** By which the provider knows again whom to sign out. */
  readonly idToken: string;
}

export type Proof =
  | { readonly kind: 'proven'; readonly person: ProvenPerson }
  | { readonly kind: 'failed'; readonly reason: ProviderFailure };

const known = new WeakMap<OidcConfig, { readonly at: number; readonly provider: oidc.Configuration }>();

/** @throws whatever kept the provider from answering as it should */
async function providerOf(config: OidcConfig): Promise<oidc.Configuration> {
  const kept = known.get(config);
  const now = Date.now();
  if (kept && now - kept.at < KNOWN_FOR) return kept.provider;
  const issuer = new URL(config.issuer);
  const insecure = issuer.protocol === 'http:';
  const metadata: Partial<oidc.ClientMetadata> = {
    id_token_signed_response_alg: config.signedWith,
    ...(config.signedUserInfo ? { userinfo_signed_response_alg: config.signedWith } : {}),
  };
  const provider = await oidc.discovery(issuer, config.clientId, metadata, secretOf(config), {
    timeout: DEADLINE,
    // TLS would do by the standard; ProConnect asks for the signatures to be checked.
    execute: [oidc.enableNonRepudiationChecks, ...(insecure ? [oidc.allowInsecureRequests] : [])],
  });
  known.set(config, { at: now, provider });
  return provider;
}

/** How the client shows its secret: as the provider takes it, in the body where it takes both. */
function secretOf({ clientSecret }: OidcConfig): oidc.ClientAuth {
  const inBody = oidc.ClientSecretPost(clientSecret);
  const inHeader = oidc.ClientSecretBasic(clientSecret);
  return (server, client, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    (methods.includes('client_secret_post') ? inBody : inHeader)(server, client, body, headers);
  };
}

/** Makes a trip. Each part is longer than the 32 characters that ProConnect asks for. */
export function newTrip(): Trip {
  return { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier() };
}

/** Where the browser goes to have its person recognised; undefined while the provider cannot be reached. */
export async function addressOfProvider(
  ctx: Context,
  config: OidcConfig,
  trip: Trip,
  redirectUri: string,
): Promise<string | undefined> {
  try {
    const provider = await providerOf(config);
    return oidc.buildAuthorizationUrl(provider, {
      redirect_uri: redirectUri,
      scope: config.scope,
      state: trip.state,
      nonce: trip.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(trip.verifier),
      code_challenge_method: 'S256',
      ...levelsAsked(config, provider),
    }).href;
  } catch (error) {
    failed(ctx, error);
    return undefined;
  }
}

function levelsAsked({ acr }: OidcConfig, provider: oidc.Configuration): Record<string, string> {
  if (acr.length === 0) return {};
  // Essential: a provider that cannot reach one of them says so instead of going on below it.
  return provider.serverMetadata().claims_parameter_supported
    ? { claims: JSON.stringify({ id_token: { acr: { essential: true, values: acr } } }) }
    : { acr_values: acr.join(' ') };
}

const claims = v.object({
  email: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(254), v.email())),
  // Some write it as a text.
  email_verified: v.optional(
    v.union([
      v.boolean(),
      v.pipe(
        v.picklist(['true', 'false']),
        v.transform((t) => t === 'true'),
      ),
    ]),
  ),
});

/** Exchanges what the browser brought back. @param answer the address at which it came back, whole */
export async function provePerson(ctx: Context, config: OidcConfig, answer: URL, trip: Trip): Promise<Proof> {
  try {
    const provider = await providerOf(config);
    const tokens = await oidc.authorizationCodeGrant(provider, answer, {
      pkceCodeVerifier: trip.verifier,
      expectedNonce: trip.nonce,
      expectedState: trip.state,
      idTokenExpected: true,
    });
    const token = tokens.claims();
    if (!token || tokens.id_token === undefined) return { kind: 'failed', reason: 'untrusted' };
    if (config.acr.length > 0 && !config.acr.some((level) => level === token['acr']))
      return { kind: 'failed', reason: 'untrusted' };
    // Without an endpoint, everything is in the token.
    const told = provider.serverMetadata().userinfo_endpoint
      ? await oidc.fetchUserInfo(provider, tokens.access_token, token.sub)
      : token;
    const { issuer } = provider.serverMetadata();
    // What it says of an address in one place is not mended by what it says in another.
    const email = addressIn(config, 'email' in told ? told : token);
    const person = { issuer, subject: token.sub, idToken: tokens.id_token, ...(email === undefined ? {} : { email }) };
    return { kind: 'proven', person };
  } catch (error) {
    return { kind: 'failed', reason: failed(ctx, error) };
  }
}

/** The address, if it is vouched for: by the provider's own word, or by the operator's where it has none. */
function addressIn(config: OidcConfig, told: unknown): string | undefined {
  const parsed = v.safeParse(claims, told);
  if (!parsed.success) return undefined;
  const { email, email_verified: verified = config.trustEmail } = parsed.output;
  return verified ? email : undefined;
}

/** Where the browser goes on to sign out at the provider; undefined where it announces no such place. */
export async function addressOfSignOut(
  ctx: Context,
  config: OidcConfig,
  idToken: string,
  redirectUri: string,
): Promise<string | undefined> {
  try {
    // Nobody waits long to sign out here because something is slow there.
    const provider = await Promise.race([providerOf(config), late(SIGN_OUT_DEADLINE)]);
    if (provider.serverMetadata().end_session_endpoint === undefined) return undefined;
    return oidc.buildEndSessionUrl(provider, {
      id_token_hint: idToken,
      post_logout_redirect_uri: redirectUri,
      // Asked for by ProConnect. Nothing happens on the way back that it would have to protect.
      state: oidc.randomState(),
    }).href;
  } catch (error) {
    failed(ctx, error);
    return undefined;
  }
}

async function late(milliseconds: number): Promise<never> {
  await setTimeout(milliseconds, undefined, { ref: false });
  throw new Error('too late');
}

/** Answers of the provider by which the person, or it for them, says no. */
const NO = new Set([
  'access_denied',
  'login_required',
  'interaction_required',
  'consent_required',
  'account_selection_required',
]);
/** Codes of the library for what came but is not what was agreed. */
const UNTRUSTED = new Set([
  'OAUTH_JWT_CLAIM_COMPARISON_FAILED',
  'OAUTH_JWT_TIMESTAMP_CHECK_FAILED',
  'OAUTH_JWT_USERINFO_EXPECTED',
  'OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED',
  'OAUTH_INVALID_RESPONSE',
  'OAUTH_KEY_SELECTION_FAILED',
  'OAUTH_MISSING_SERVER_METADATA',
]);

/** Tells the operator what went wrong by codes alone: messages and descriptions may quote what is in a token. */
function failed(ctx: Context, error: unknown): ProviderFailure {
  const answered =
    error instanceof oidc.AuthorizationResponseError || error instanceof oidc.ResponseBodyError
      ? error.error
      : undefined;
  const code = answered ?? (error instanceof Error && 'code' in error ? String(error.code) : 'unreachable');
  const reason = reasonOf(answered, code);
  if (reason !== 'cancelled') ctx.log.warn({ code: code.slice(0, 60), reason }, 'a sign-in at the provider failed');
  return reason;
}

function reasonOf(answered: string | undefined, code: string): ProviderFailure {
  if (answered !== undefined && NO.has(answered)) return 'cancelled';
  // The code was used, or is too old.
  if (answered === 'invalid_grant') return 'expired';
  return UNTRUSTED.has(code) ? 'untrusted' : 'unavailable';
}
