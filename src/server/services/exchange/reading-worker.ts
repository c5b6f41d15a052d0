import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import type { ReadingTask } from './reading-apart.ts';
import { locatePlace } from '../programme/geography.ts';
import { readProgramme } from './reading.ts';

/** A thread that reads one file and ends. */
const { bytes, format, options } = workerData as ReadingTask;
const digest = (text: string): Uint8Array => createHash('sha256').update(text).digest();

parentPort?.postMessage(await readProgramme(once(bytes), format, { ...options, digest, locate: locatePlace }));

async function* once(chunk: Uint8Array): AsyncGenerator<Uint8Array> {
  if (chunk.length > 0) yield await Promise.resolve(chunk);
}
