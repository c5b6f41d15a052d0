import { build } from 'vite';

/** A script with everything that it imports, in one file for a browser. */
export async function bundle(root: string, entry: string): Promise<string> {
  const made = await build({
    configFile: false,
    logLevel: 'error',
    root,
    build: { write: false, target: 'es2022', lib: { entry, formats: ['es'], fileName: 'bench' } },
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
  });
  const output = Array.isArray(made) ? made[0]?.output : 'output' in made ? made.output : undefined;
  const code = output?.find((file) => file.type === 'chunk')?.code;
  if (code === undefined) throw new Error(`${entry} was not built`);
  return code;
}
