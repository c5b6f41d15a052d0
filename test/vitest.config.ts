import { fileURLToPath } from 'node:url';
import { defineConfig, mergeConfig } from 'vitest/config';
import app from '../vite.config.ts';

/** Everything that needs no browser. The app's own configuration is under it, so that catalogues and components load as in the app. */
export default mergeConfig(
  app,
  defineConfig({
    root: fileURLToPath(new URL('..', import.meta.url)),
    test: {
      include: ['test/{unit,property,contract}/**/*.test.{ts,tsx}'],
      environment: 'node',
      globals: false,
      restoreMocks: true,
      // A database or a process is started in some of them, on a machine that may be small.
      testTimeout: 30_000,
      hookTimeout: 60_000,
      maxWorkers: 2,
      passWithNoTests: false,
    },
  }),
);
