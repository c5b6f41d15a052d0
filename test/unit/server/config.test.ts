import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { isLoopback, OperatorError, readConfig } from '#server/config.ts';

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
])('%j is refused in one line that names the variable', (environment, message) => {
  const read = (): unknown => readConfig(environment);
  expect(read).toThrow(OperatorError);
  expect(read).toThrow(message);
  expect(read).not.toThrow(/secret|\n/);
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
