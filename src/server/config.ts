import { isIP } from 'node:net';
import { resolve } from 'node:path';
import * as v from 'valibot';
import type { RasterLayer } from '#protocol/map.ts';
import { rasterLayer } from '#protocol/map.ts';

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** What the environment asks for (CONTRACT), parsed once. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** Absolute path of the folder for the database, keys and mail. */
  readonly dataDir: string;
  /** PostgreSQL; SQLite in `dataDir` without it. */
  readonly databaseUrl?: string;
  /** Origin without a final slash; the address that a request came to when absent. */
  readonly publicUrl?: string;
  /** Mail becomes files in `dataDir/mail` without it. */
  readonly smtpUrl?: string;
  readonly logLevel: LogLevel;
  /** Pictures of a map from elsewhere, shown where no pack is. */
  readonly raster?: RasterLayer;
  /** Where addresses are looked for; the words are put behind it as `q`. */
  readonly geocoder?: string;
  /** Who else may say who somebody is. */
  readonly oidc?: OidcConfig;
  /** The server listens for this machine alone and says nothing of a public address: demonstration accounts may exist. */
  readonly loopback: boolean;
}

/** An OpenID Connect provider, and how it speaks. */
export interface OidcConfig {
  /** As its own discovery document writes it. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** On the button, and in mails. */
  readonly name: string;
  readonly scope: string;
  /** The one algorithm by which it signs what it says. */
  readonly signedWith: (typeof signatures)[number];
  /** UserInfo comes as a signed JWT too, and is refused otherwise. */
  readonly signedUserInfo: boolean;
  /** Levels of authentication of which it must have reached one; any without them. */
  readonly acr: readonly string[];
  /** It says nothing of whether an address is verified, and the operator knows that it is. */
  readonly trustEmail: boolean;
}

/** Asymmetric ones alone: with HS256 whoever knows the client's secret could sign as the provider. */
const signatures = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'EdDSA'] as const;

/** Something outside the program is not as it must be; its message is one line for the operator, and no stack is shown. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
}

/** @throws OperatorError on a variable that cannot be meant. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const get = (name: string): string | undefined => env[name]?.trim() || undefined;
  const host = get('HOST') ?? '127.0.0.1';
  const databaseUrl = get('DATABASE_URL');
  if (databaseUrl !== undefined) urlOf('DATABASE_URL', databaseUrl, ['postgres:', 'postgresql:']);
  const smtpUrl = get('SMTP_URL');
  if (smtpUrl !== undefined) urlOf('SMTP_URL', smtpUrl, ['smtp:', 'smtps:']);
  const publicUrl = get('ESCALE_PUBLIC_URL');
  const origin = publicUrl === undefined ? undefined : originOf(publicUrl);
  const raster = rasterOf(get('ESCALE_MAP_TILES'), get('ESCALE_MAP_ATTRIBUTION'), get('ESCALE_MAP_MAX_ZOOM') ?? '19');
  const geocoder = get('ESCALE_GEOCODER');
  if (geocoder !== undefined) urlOf('ESCALE_GEOCODER', geocoder, ['http:', 'https:']);
  const loopback = isLoopback(host) && (origin === undefined || isLoopback(new URL(origin).hostname));
  const oidc = oidcOf(get);
  if (oidc && origin === undefined && !loopback) {
    throw new OperatorError('ESCALE_PUBLIC_URL: the provider of OIDC_ISSUER sends people back to it; say where it is');
  }
  return {
    host,
    port: portOf(get('PORT') ?? '3000'),
    dataDir: resolve(get('ESCALE_DATA') ?? 'data'),
    ...(databaseUrl === undefined ? {} : { databaseUrl }),
    ...(origin === undefined ? {} : { publicUrl: origin }),
    ...(smtpUrl === undefined ? {} : { smtpUrl }),
    logLevel: levelOf(get('LOG_LEVEL') ?? 'info'),
    ...(raster === undefined ? {} : { raster }),
    ...(geocoder === undefined ? {} : { geocoder }),
    ...(oidc ? { oidc } : {}),
    loopback,
  };
}

/** Whether a host name or address can only be reached from this machine. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '').toLowerCase();
  if (isIP(name) === 4) return name.startsWith('127.');
  return name === '::1' || name === 'localhost';
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new OperatorError(`PORT: ${text} is not a port (0 to 65535)`);
  return port;
}

function levelOf(text: string): LogLevel {
  const level = logLevels.find((l) => l === text);
  if (!level) throw new OperatorError(`LOG_LEVEL: ${text} is none of ${logLevels.join(', ')}`);
  return level;
}

function originOf(text: string): string {
  const url = urlOf('ESCALE_PUBLIC_URL', text, ['http:', 'https:']);
  if (url.pathname !== '/' || url.search || url.hash) {
    throw new OperatorError('ESCALE_PUBLIC_URL: give the origin alone, as in https://programme.example');
  }
  return url.origin;
}

/** Whose terms keep apps like this one away (https://operations.osmfoundation.org/policies/tiles/). */
const NOT_FOR_APPS = /(^|\.)tile\.openstreetmap\.org$/;

function rasterOf(url: string | undefined, attribution: string | undefined, maxZoom: string): RasterLayer | undefined {
  if (url === undefined) return undefined;
  const parsed = v.safeParse(rasterLayer, { url, attribution: attribution ?? '', maxZoom: Number(maxZoom) });
  if (!parsed.success) {
    const part = parsed.issues[0].path?.[0]?.key;
    throw new OperatorError(
      part === 'attribution'
        ? 'ESCALE_MAP_ATTRIBUTION: say whose map it is; no map is shown without'
        : part === 'maxZoom'
          ? `ESCALE_MAP_MAX_ZOOM: ${maxZoom} is no zoom (0 to 22)`
          : 'ESCALE_MAP_TILES: not an address of tiles, which has {z}, {x} and {y} in it',
    );
  }
  if (NOT_FOR_APPS.test(new URL(url).hostname)) {
    throw new OperatorError('ESCALE_MAP_TILES: the terms of tile.openstreetmap.org do not allow it; choose another');
  }
  return parsed.output;
}

/** @throws OperatorError when only a part of it is there, or one that cannot be meant */
function oidcOf(get: (name: string) => string | undefined): OidcConfig | undefined {
  const issuer = get('OIDC_ISSUER');
  if (issuer === undefined) return undefined;
  const { protocol, hostname, search, hash } = urlOf('OIDC_ISSUER', issuer, ['http:', 'https:']);
  if (protocol !== 'https:' && !isLoopback(hostname)) throw new OperatorError('OIDC_ISSUER: only over https');
  if (search || hash) throw new OperatorError('OIDC_ISSUER: an issuer has neither ? nor # in it');
  const needed = (name: string): string => {
    const value = get(name);
    if (value === undefined) throw new OperatorError(`${name}: is needed beside OIDC_ISSUER`);
    return value;
  };
  const signedWith = signatures.find((one) => one === (get('OIDC_SIGNED_WITH') ?? 'RS256'));
  if (!signedWith) throw new OperatorError(`OIDC_SIGNED_WITH: none of ${signatures.join(', ')}`);
  const scope = get('OIDC_SCOPE') ?? 'openid email';
  if (!scope.split(/ +/).includes('openid')) throw new OperatorError('OIDC_SCOPE: openid is not in it');
  const name = get('OIDC_NAME') ?? hostname;
  if (name.length > 60) throw new OperatorError('OIDC_NAME: at most 60 characters');
  return {
    issuer,
    clientId: needed('OIDC_CLIENT_ID'),
    clientSecret: needed('OIDC_CLIENT_SECRET'),
    name,
    scope,
    signedWith,
    signedUserInfo: flagOf('OIDC_SIGNED_USERINFO', get('OIDC_SIGNED_USERINFO')),
    acr: (get('OIDC_ACR') ?? '').split(/ +/).filter(Boolean),
    trustEmail: flagOf('OIDC_TRUST_EMAIL', get('OIDC_TRUST_EMAIL')),
  };
}

function flagOf(name: string, text: string | undefined): boolean {
  if (text === undefined || text === 'no') return false;
  if (text === 'yes') return true;
  throw new OperatorError(`${name}: yes or no`);
}

/** The value is not repeated in the message: these addresses hold passwords. */
function urlOf(name: string, text: string, protocols: readonly string[]): URL {
  const url = URL.parse(text);
  if (!url || !protocols.includes(url.protocol)) {
    throw new OperatorError(`${name}: not an address beginning with ${protocols.map((p) => `${p}//`).join(' or ')}`);
  }
  return url;
}
