import { build } from 'vite';

/** A script with everything that it imports, in one file for a browser. */
export async function bundle(root: string, entry: string): Promise<string> {
  return (await bundleWithStyles(root, entry)).code;
}

/** The same, with the styles that it imports; fonts and pictures stand in them. */
export async function bundleWithStyles(root: string, entry: string): Promise<{ code: string; css: string }> {
  const made = await build({
    configFile: false,
    logLevel: 'error',
    root,
    build: {
      write: false,
      target: 'es2022',
      assetsInlineLimit: 1_000_000,
      lib: { entry, formats: ['es'], fileName: 'bench', cssFileName: 'bench' },
    },
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
  });
  const output = (Array.isArray(made) ? made[0]?.output : 'output' in made ? made.output : undefined) ?? [];
  let [code, css] = ['', ''];
  for (const file of output) {
    if (file.type === 'chunk') code = file.code;
    else if (file.fileName.endsWith('.css')) css = String(file.source);
  }
  if (code === '') throw new Error(`${entry} was not built`);
  return { code, css };
}
