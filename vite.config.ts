import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage';
import PO from 'pofile';
import type { Plugin, Rolldown } from 'vite';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { frenchSpaces } from './src/client/i18n/typesetting.ts';

/**
 * Turns a catalogue (`.po`, explicit ids) into a module of compiled messages, so that no message parser is shipped.
 * An apostrophe is always an apostrophe: translators need not know that ICU would take `l'{name}` for a quotation.
 */
function catalogues(): Plugin {
  return {
    name: 'escale-catalogues',
    transform: {
      filter: { id: /\.po$/ },
      handler(source, file) {
        const messages: Record<string, unknown> = {};
        const set = file.includes('/fr/') ? frenchSpaces : String;
        for (const item of PO.parse(source).items) {
          const text = set(item.msgstr[0] ?? '');
          if (item.obsolete) continue;
          if (!text) this.error(`${file}: ${item.msgid} has no text`);
          if (Object.hasOwn(messages, item.msgid)) this.error(`${file}: ${item.msgid} is there twice`);
          try {
            messages[item.msgid] = compileMessageOrThrow(text.replaceAll("'", "''"));
          } catch (error) {
            this.error(`${file}: ${item.msgid}: ${error instanceof Error ? error.message : 'not a message'}`);
          }
        }
        return { code: `export default ${JSON.stringify(messages)};`, map: null, moduleType: 'js' };
      },
    },
  };
}

/** The two fonts of every page are asked for with its scripts: found in the styles, they would come only after the first page was laid out. */
function earlyFonts(): Plugin {
  return {
    name: 'escale-early-fonts',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle }) =>
        Object.keys(bundle ?? {})
          .filter((file) => file.endsWith('.woff2'))
          .map((file) => ({
            tag: 'link',
            attrs: { rel: 'preload', as: 'font', type: 'font/woff2', href: `/${file}`, crossorigin: true },
            injectTo: 'head' as const,
          })),
    },
  };
}

/** Files that only the pages of the desk need: what is reached from the start of the app without opening one of them is everybody's. */
const desk = new Set<string>();
const DESK = '/src/client/app/desk-pages.tsx';

let everybodysModules: ReadonlySet<string> | undefined;

/** Whether a module is reached from the start of the app without opening a page of the desk. */
function isEverybodys(id: string, graph: { getModuleInfo(id: string): Rolldown.ModuleInfo | null }): boolean {
  if (!everybodysModules) {
    const found = new Set<string>();
    const queue = [fileURLToPath(new URL('index.html', import.meta.url))];
    for (let one = queue.pop(); one !== undefined; one = queue.pop()) {
      if (found.has(one) || one.endsWith(DESK)) continue;
      found.add(one);
      const info = graph.getModuleInfo(one);
      if (info) queue.push(...info.importedIds, ...info.dynamicallyImportedIds);
    }
    everybodysModules = found;
  }
  return everybodysModules.has(id);
}

function deskFiles(): Plugin {
  return {
    name: 'escale-desk-files',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const isDesk = (file: string): boolean => {
          const part = bundle[file];
          return (
            part?.type === 'chunk' &&
            part.moduleIds.some((id) => id.endsWith(DESK) || /catalogue-\w\w-desk\.ts$/.test(id))
          );
        };
        const reached = (starts: readonly string[], passes: (file: string) => boolean): Set<string> => {
          const found = new Set<string>();
          const queue = [...starts];
          for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
            const part = bundle[file];
            if (found.has(file) || !passes(file)) continue;
            found.add(file);
            if (part?.type === 'chunk')
              queue.push(...part.imports, ...part.dynamicImports, ...(part.viteMetadata?.importedCss ?? []));
          }
          return found;
        };
        const starts = Object.values(bundle).flatMap((part) =>
          part.type === 'chunk' && part.isEntry ? part.fileName : [],
        );
        const everybodys = reached(starts, (file) => !isDesk(file));
        for (const file of reached(Object.keys(bundle).filter(isDesk), () => true))
          if (!everybodys.has(file)) desk.add(file);
        if (everybodys.size === 0 || desk.size === 0) this.error('everybody has all files, or none');
      },
    },
  };
}

/**
 * The map's painter from its own TypeScript: in the built file every function is wrapped in a call that keeps its name, so
 * that nothing unused can be left out, ready-made styles in thirty languages among it (46 KB gzip instead of 17).
 */
const PAINTER = fileURLToPath(new URL('node_modules/protomaps-leaflet/src/index.ts', import.meta.url));

export default defineConfig({
  resolve: { alias: { 'protomaps-leaflet': PAINTER }, dedupe: ['pmtiles', '@mapbox/point-geometry'] },
  plugins: [
    catalogues(),
    earlyFonts(),
    deskFiles(),
    react(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/sw',
      filename: 'service-worker.ts',
      // An update asks first (SYNC D3): the shell registers the worker and shows the question.
      registerType: 'prompt',
      injectRegister: false,
      includeManifestIcons: false,
      injectManifest: {
        globPatterns: ['**/*.{js,css,html,woff2,svg,png,webmanifest}'],
        // Launcher pictures are fetched by the system when it installs the app, never by a page.
        globIgnores: ['screenshots/**', 'icons/*.png', 'icons/monochrome.svg'],
        maximumFileSizeToCacheInBytes: 1_000_000,
        manifestTransforms: [
          (entries) => ({
            manifest: entries.map((entry) => (desk.has(entry.url) ? { ...entry, desk: true } : entry)),
            warnings: [],
          }),
        ],
      },
      manifest: {
        id: '/',
        name: 'Escale',
        short_name: 'Escale',
        description: 'Le programme des événements près de chez vous, lisible sans réseau.',
        lang: 'fr',
        dir: 'ltr',
        start_url: '/',
        scope: '/',
        display: 'standalone',
        background_color: '#FBF9F4',
        theme_color: '#FBF9F4',
        categories: ['events', 'education', 'government'],
        icons: [
          { src: '/icons/icon.svg', sizes: 'any', type: 'image/svg+xml' },
          { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
          { src: '/icons/monochrome.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'monochrome' },
        ],
        screenshots: [
          {
            src: '/screenshots/programme.png',
            sizes: '390x844',
            type: 'image/png',
            form_factor: 'narrow',
            label: 'Le programme',
          },
          {
            src: '/screenshots/ticket.png',
            sizes: '390x844',
            type: 'image/png',
            form_factor: 'narrow',
            label: 'Un billet',
          },
          {
            src: '/screenshots/door.png',
            sizes: '390x844',
            type: 'image/png',
            form_factor: 'narrow',
            label: "L'émargement",
          },
          {
            src: '/screenshots/map-wide.png',
            sizes: '1280x800',
            type: 'image/png',
            form_factor: 'wide',
            label: 'La carte',
          },
        ],
        shortcuts: [
          { name: "Programme d'aujourd'hui", short_name: 'Programme', url: '/?when=today' },
          { name: 'Mes billets', url: '/billets' },
          { name: 'Mon agenda', url: '/agenda' },
          { name: 'Émargement', url: '/emargement' },
        ],
        // A link or a text that another app shares: a page of ours opens, anything else is searched for.
        share_target: { action: '/partage', method: 'GET', params: { title: 'title', text: 'text', url: 'url' } },
      },
    }),
  ],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // Every browser that runs the rest knows it.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // What the map's painter names and this app does not use.
      treeshake: {
        moduleSideEffects: [
          { test: /node_modules[\\/](@protomaps|@mapbox|pmtiles|pbf|color2k)[\\/]/, sideEffects: false },
        ],
      },
      output: {
        codeSplitting: {
          groups: [
            // What several pages of the desk share and no other page has: it must not come with what everybody keeps.
            {
              name: (id, graph) => (isEverybodys(id, graph) ? null : 'desk-shared'),
              debugName: 'desk-shared',
              includeDependenciesRecursively: false,
              minShareCount: 2,
              priority: 5,
            },
            // What changes only when a library does keeps its name from one release to the next.
            {
              name: 'react',
              test: /node_modules[\\/](react|react-dom|scheduler|react-router)[\\/]|rolldown\/runtime/,
              priority: 4,
            },
            { name: 'store', test: /node_modules[\\/]dexie[\\/]/, priority: 4 },
            // The first page in one piece: forty small ones compress worse and take as many requests.
            { name: 'shell', tags: ['$initial'], priority: 3 },
            // What a first visit fetches the programme with, and what a link to an event needs, each in one piece with all below it.
            { name: 'sync', test: /src[\\/]client[\\/]hooks[\\/]start\.ts/, priority: 2 },
            {
              name: 'event',
              test: /src[\\/]client[\\/]screens[\\/]event[\\/]/,
              priority: 1,
            },
            // A door's list, which is read before the door is drawn, and which the guide of a tour has too.
            { name: 'roster', test: /src[\\/]client[\\/](store[\\/]door-view|hooks[\\/]use-door)\.ts/, priority: 1 },
            // What draws maps and streets, in one piece for every page that has one, and nothing that a page needs before it.
            {
              name: 'map',
              test: /[\\/](src[\\/](client[\\/]map[\\/](?!department|outlines|map-texts|map-parts|places|check-pack|unzip)|interop[\\/](vector-tile|outlines[\\/]communes))|node_modules[\\/](leaflet|pmtiles|fflate|protomaps-leaflet|@mapbox|potpack|rbush|quickselect)[\\/])/,
              includeDependenciesRecursively: false,
              priority: 1,
            },
            // What several pages share, likewise: a page that came as forty files would wait for each.
            {
              name: 'shared',
              test: /[\\/](src[\\/](domain|protocol|client[\\/](components|hooks|platform|store|sync))|node_modules[\\/]lucide-react)[\\/]/,
              minShareCount: 8,
              maxModuleSize: 5000,
            },
            // Some fewer share small parts, and the reading of tickets.
            {
              name: 'common',
              test: /[\\/](src[\\/](domain|protocol|client[\\/](components|hooks|platform|store|sync))|node_modules[\\/]lucide-react)[\\/]/,
              minShareCount: 3,
              maxModuleSize: 5000,
            },
            {
              name: 'tickets',
              test: /[\\/](src[\\/](domain[\\/](base32|request-code|ticket|verdict)|client[\\/]platform[\\/](scanner|signatures))|node_modules[\\/](@noble|qr|lucide-react)[\\/])/,
              minShareCount: 2,
            },
            // A door, which is opened again in front of a queue.
            { name: 'door', test: /src[\\/]client[\\/]screens[\\/]door[\\/]door-screen\.tsx/ },
          ],
        },
      },
    },
  },
  server: { host: '127.0.0.1' },
  preview: { host: '127.0.0.1' },
});
