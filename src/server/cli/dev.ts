import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';
import { OperatorError, readConfig } from '#server/config.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

try {
  await develop();
} catch (error) {
  console.error(error instanceof OperatorError ? error.message : error);
  process.exit(1);
}

/**
 * The app with hot reload in one terminal: Vite on `PORT` with the client from its sources, and behind it the server on the
 * next port, started again when one of its files changes.
 */
async function develop(): Promise<void> {
  const config = readConfig(process.env);
  const { host, port } = config;
  const behind = port + 1;
  const origin = config.publicUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const target = `http://${host.includes(':') ? `[${host}]` : host}:${behind}`;
  const vite = await createServer({
    root: ROOT,
    clearScreen: false,
    server: {
      host,
      port,
      strictPort: true,
      proxy: Object.fromEntries(['/api', '/healthz', '/readyz', '/metrics'].map((path) => [path, { target }])),
    },
  });
  try {
    await vite.listen();
  } catch (error) {
    await vite.close();
    throw new OperatorError(error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'Vite could not listen');
  }
  const server = spawn(process.execPath, ['--watch-preserve-output', '--watch', join(ROOT, 'src/server/main.ts')], {
    stdio: 'inherit',
    env: { ...process.env, PORT: String(behind), ESCALE_PUBLIC_URL: origin },
  });
  const end = (): void => {
    server.kill('SIGTERM');
    void vite.close().finally(() => process.exit(0));
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
}
