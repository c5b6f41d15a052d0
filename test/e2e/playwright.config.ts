import { defineConfig } from '@playwright/test';

/** Real Chromium against the production build in `dist/`; `npm test` builds it first. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results/e2e',
  // A test starts a server and two browsers: two at a time, on a machine that may have two cores.
  workers: 2,
  projects: [
    { name: 'app', testIgnore: ['faults-*', 'pages*'], workers: 1 },
    // One browser that looks at every page: long, and hard on nothing.
    { name: 'pages', testMatch: 'pages*', workers: 1 },
    // Most of their time they wait for a network that is not there.
    { name: 'faults', testMatch: 'faults-*', workers: 2 },
  ],
  // One hiccup of a busy machine is not a red run; the end of the run names whoever needed the second try, to be mended.
  retries: 1,
  timeout: 240_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  reporter: [['list'], ['json']],
});
