import { defineConfig } from '@playwright/test';

/** Real Chromium against the production build in `dist/`; `npm test` builds it first. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results/e2e',
  // A test starts a server and two browsers: one at a time, on a machine that may have two cores.
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 240_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  reporter: [['list'], ['json']],
});
