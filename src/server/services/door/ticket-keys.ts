import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { link, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { base32Encode } from '#domain/base32.ts';
import type { ScannedCode, Ticket } from '#domain/ticket.ts';
import { readCode, ticketBody, ticketText } from '#domain/ticket.ts';
import { DIRECTORY } from '#protocol/scope.ts';
import type { TicketKey } from '#protocol/ticket-key.ts';
import type { Database } from '../../db/open.ts';

/** The Ed25519 keys of an installation: the newest signs, all of them verify until they are revoked. */
export interface TicketKeys {
  readonly published: readonly TicketKey[];
  /** The signed text of a ticket. */
  issue(ticket: Omit<Ticket, 'keyId'>): string;
  /** The ticket in a text, when one of our keys has signed it. */
  check(text: string): Ticket | undefined;
  /** What only this installation can write beside a text: 20 bits in four characters, for eyes. The newest key's first. */
  marksOf(text: string): readonly string[];
  /** Reads the folder again: an operator may have made or revoked a key beside. @returns whether that is so */
  reload(): Promise<boolean>;
}

interface KeyPair extends TicketKey {
  readonly privateKey: KeyObject;
  readonly public: KeyObject;
  /** For marks, made from the private key and never used for anything else. */
  readonly marking: Buffer;
}

const FILE = /^ticket-(\d{6})\.pem$/;
/** A revoked key is kept under another name, and never read again. */
const ANY_FILE = /^ticket-(\d{6})\.(?:revoked\.)?pem$/;

/**
 * Reads the keys in `{dataDir}/keys`, and makes the first one when there is none. Processes that start together end
 * with the same key: the file is made whole under another name and linked into place, which only one of them can do.
 */
export async function openTicketKeys(dataDir: string): Promise<TicketKeys> {
  const folder = join(dataDir, 'keys');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await keyFiles(folder)).length === 0) await makeKey(folder, 1);
  let names = await keyFiles(folder);
  let pairs = await readPairs(folder, names);
  return {
    ...ticketKeysOf(() => pairs),
    get published() {
      return pairs.map(({ keyId, publicKey }) => ({ keyId, publicKey }));
    },
    reload: async () => {
      const now = await keyFiles(folder);
      if (now.length === 0 || now.join() === names.join()) return false;
      pairs = await readPairs(folder, now);
      names = now;
      return true;
    },
  };
}

/** Makes a key that signs from now on; those before it go on verifying. @returns its id */
export async function addTicketKey(dataDir: string): Promise<string> {
  const folder = join(dataDir, 'keys');
  for (;;) {
    const numbers = (await readdir(folder)).map((name) => Number(ANY_FILE.exec(name)?.[1] ?? 0));
    const name = await makeKey(folder, Math.max(0, ...numbers) + 1);
    // Somebody else has made one of that number: theirs is new as well, but not ours to speak of.
    if (name) return (await readPairs(folder, [name]))[0]!.keyId;
  }
}

/** Takes a key out of use for good. @returns false when there is no such key, or it was revoked before */
export async function removeTicketKey(dataDir: string, keyId: string): Promise<boolean> {
  const folder = join(dataDir, 'keys');
  for (const name of await keyFiles(folder)) {
    const [pair] = await readPairs(folder, [name]);
    if (pair?.keyId !== keyId) continue;
    await rename(join(folder, name), join(folder, name.replace('.pem', '.revoked.pem')));
    return true;
  }
  return false;
}

function readPairs(folder: string, names: readonly string[]): Promise<KeyPair[]> {
  return Promise.all(names.map(async (name) => pairOf(await readFile(join(folder, name), 'utf8'))));
}

/** Puts the public keys that are not yet there into the directory. */
export async function publishTicketKeys(db: Database, keys: TicketKeys): Promise<void> {
  await db.units.one(async (tx) => {
    const known = await tx.db
      .selectFrom('change')
      .select('item_id')
      .where('scope', '=', DIRECTORY)
      .where('kind', '=', 'ticket-key')
      .execute();
    const there = new Set(known.map((k) => k.item_id));
    for (const key of keys.published) if (!there.has(key.keyId)) tx.log(DIRECTORY, 'ticket-key', key.keyId, key);
  });
}

async function keyFiles(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => FILE.test(name)).toSorted();
}

/** @returns its name; undefined when another process was faster */
async function makeKey(folder: string, number: number): Promise<string | undefined> {
  const name = `ticket-${String(number).padStart(6, '0')}.pem`;
  const draft = join(folder, `.${randomBytes(8).toString('hex')}.draft`);
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
  await writeFile(draft, pem, { mode: 0o600, flag: 'wx', flush: true });
  try {
    await link(draft, join(folder, name));
    return name;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return undefined;
  } finally {
    await rm(draft);
  }
}

function pairOf(pem: string): KeyPair {
  const privateKey = createPrivateKey(pem);
  const publicKey = createPublicKey(privateKey);
  const raw = publicKey.export({ format: 'jwk' }).x!;
  const keyId = createHash('sha256').update(Buffer.from(raw, 'base64url')).digest('hex').slice(0, 8);
  const secret = Buffer.from(privateKey.export({ format: 'jwk' }).d!, 'base64url');
  const marking = Buffer.from(hkdfSync('sha256', secret, '', 'escale marks', 32));
  return { keyId, publicKey: raw, privateKey, public: publicKey, marking };
}

function ticketKeysOf(pairs: () => readonly KeyPair[]): Pick<TicketKeys, 'issue' | 'check' | 'marksOf'> {
  return {
    issue: (ticket) => {
      const newest = pairs().at(-1)!;
      const body = ticketBody({ ...ticket, keyId: newest.keyId });
      return ticketText(body, sign(null, body, newest.privateKey));
    },
    check: (text) => {
      const code: ScannedCode = readCode(text);
      if (code.kind !== 'ticket') return undefined;
      const pair = pairs().find(({ keyId }) => keyId === code.ticket.keyId);
      return pair && verify(null, code.body, pair.public, code.signature) ? code.ticket : undefined;
    },
    marksOf: (text) =>
      pairs()
        .toReversed()
        .map(({ marking }) =>
          base32Encode(createHmac('sha256', marking).update(text).digest().subarray(0, 3)).slice(0, 4),
        ),
  };
}
