import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { isLoopback, OperatorError, readConfig } from '#server/config.ts';
import { securityHeaders } from '#server/routes/security.ts';

const oidc = { OIDC_ISSUER: 'https://identity.example/v2', OIDC_CLIENT_ID: 'escale', OIDC_CLIENT_SECRET: 'secret' };

test('an empty environment is a server for this machine', () => {
  expect(readConfig({})).toEqual({
    host: '127.0.0.1',
    port: 3000,
    dataDir: resolve('data'),
    logLevel: 'info',
    loopback: true,
  });
});

test.each([
  [{ PORT: 'http' }, /^PORT: http/],
  [{ PORT: '70000' }, /^PORT: 70000/],
  [{ PORT: '-1' }, /^PORT: -1/],
  [{ DATABASE_URL: 'mysql://u:secret@h/d' }, /^DATABASE_URL: not an address/],
  [{ DATABASE_URL: 'postgres' }, /^DATABASE_URL: not an address/],
  [{ SMTP_URL: 'https://mail.example' }, /^SMTP_URL: /],
  [{ ESCALE_PUBLIC_URL: 'https://programme.example/escale' }, /^ESCALE_PUBLIC_URL: give the origin/],
  [{ LOG_LEVEL: 'loud' }, /^LOG_LEVEL: loud/],
  [{ OIDC_ISSUER: 'http://identity.example' }, /^OIDC_ISSUER: only over https/],
  [{ OIDC_ISSUER: 'https://identity.example?secret' }, /^OIDC_ISSUER: an issuer has/],
  [{ OIDC_ISSUER: 'https://identity.example' }, /^OIDC_CLIENT_ID: is needed/],
  [{ OIDC_ISSUER: 'https://identity.example', OIDC_CLIENT_ID: 'a' }, /^OIDC_CLIENT_SECRET: is needed/],
  [{ ...oidc, OIDC_SIGNED_WITH: 'HS256' }, /^OIDC_SIGNED_WITH: none of RS256/],
  [{ ...oidc, OIDC_SCOPE: 'email' }, /^OIDC_SCOPE: openid/],
  [{ ...oidc, OIDC_TRUST_EMAIL: 'perhaps' }, /^OIDC_TRUST_EMAIL: yes or no/],
  [{ ...oidc, HOST: '0.0.0.0' }, /^ESCALE_PUBLIC_URL: the provider/],
])('%j is refused in one line that names the variable', (environment, message) => {
  const read = (): unknown => readConfig(environment);
  expect(read).toThrow(OperatorError);
  expect(read).toThrow(message);
  expect(read).not.toThrow(/secret|\n/);
});

test('a provider of OpenID Connect is asked for an address and no more, unless the operator says so', () => {
  expect(readConfig(oidc).oidc).toEqual({
    issuer: 'https://identity.example/v2',
    clientId: 'escale',
    clientSecret: 'secret',
    name: 'identity.example',
    scope: 'openid email',
    signedWith: 'RS256',
    signedUserInfo: false,
    acr: [],
    trustEmail: false,
  });
  const more = { OIDC_NAME: 'ProConnect', OIDC_ACR: 'eidas2 eidas3', OIDC_SIGNED_USERINFO: 'yes' };
  expect(readConfig({ ...oidc, ...more }).oidc).toMatchObject({
    name: 'ProConnect',
    acr: ['eidas2', 'eidas3'],
    signedUserInfo: true,
  });
});

test('a public address or another host is not for this machine alone', () => {
  expect(readConfig({ HOST: '0.0.0.0' }).loopback).toBe(false);
  expect(readConfig({ HOST: '::1' }).loopback).toBe(true);
  expect(readConfig({ ESCALE_PUBLIC_URL: 'https://programme.example' }).loopback).toBe(false);
  expect(readConfig({ ESCALE_PUBLIC_URL: 'http://localhost:4173/' })).toMatchObject({
    loopback: true,
    publicUrl: 'http://localhost:4173',
  });
});

test.each([
  ['127.0.0.1', true],
  ['127.9.9.9', true],
  ['[::1]', true],
  ['LOCALHOST', true],
  ['127.0.0.1.example.org', false],
  ['localhost.example.org', false],
  ['10.0.0.1', false],
  ['::', false],
  ['', false],
])('%s is loopback: %s', (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});

const IGN = 'https://data.geopf.fr/wmts?LAYER=PLANIGNV2&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}';

test('pictures of a map from elsewhere want an address of tiles and the name of whose they are', () => {
  expect(readConfig({ ESCALE_MAP_TILES: IGN, ESCALE_MAP_ATTRIBUTION: '© IGN' }).raster).toEqual({
    url: IGN,
    attribution: '© IGN',
    maxZoom: 19,
  });
  expect(readConfig({ ESCALE_MAP_ATTRIBUTION: '© IGN' }).raster).toBeUndefined();
});

test.each([
  [{ ESCALE_GEOCODER: 'data.geopf.fr/geocodage' }, /^ESCALE_GEOCODER: not an address/],
  [{ ESCALE_MAP_TILES: IGN }, /^ESCALE_MAP_ATTRIBUTION: say whose map/],
  [
    { ESCALE_MAP_TILES: 'https://tiles.example/map.png', ESCALE_MAP_ATTRIBUTION: 'x' },
    /^ESCALE_MAP_TILES: not an address of tiles/,
  ],
  [{ ESCALE_MAP_TILES: 'javascript:{z}{x}{y}', ESCALE_MAP_ATTRIBUTION: 'x' }, /^ESCALE_MAP_TILES: not an address/],
  [{ ESCALE_MAP_TILES: IGN, ESCALE_MAP_ATTRIBUTION: 'x', ESCALE_MAP_MAX_ZOOM: '40' }, /^ESCALE_MAP_MAX_ZOOM: 40/],
  [
    { ESCALE_MAP_TILES: 'https://a.tile.openstreetmap.org/{z}/{x}/{y}.png', ESCALE_MAP_ATTRIBUTION: '© OSM' },
    /^ESCALE_MAP_TILES: the terms of tile.openstreetmap.org do not allow it/,
  ],
])('%j is refused', (environment, message) => {
  expect(() => readConfig(environment)).toThrow(message);
});

test('the policy lets pictures of the map in from that host, and nothing else', () => {
  const chosen = readConfig({ ESCALE_MAP_TILES: IGN, ESCALE_MAP_ATTRIBUTION: '© IGN' });
  const policy = securityHeaders(chosen).contentSecurityPolicy;
  const directives = typeof policy === 'object' ? policy.directives : undefined;
  expect(directives?.['img-src']).toEqual(["'self'", 'data:', 'blob:', 'https://data.geopf.fr']);
  expect(directives?.['connect-src']).toEqual(["'self'"]);
});
