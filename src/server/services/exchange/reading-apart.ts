import { Worker } from 'node:worker_threads';
import type { ImportFormat } from '#interop/formats.ts';
import type { Imported, ImportOptions } from '#interop/imported.ts';

/** What a thread is given: bytes, and options without what it makes itself. */
export interface ReadingTask {
  readonly bytes: Uint8Array;
  readonly format: ImportFormat;
  readonly options: Omit<ImportOptions, 'digest' | 'locate'>;
}

/** What a thread may take of the memory, in megabytes, and how long it may take: a hostile file costs no more. */
const MEMORY = 512;
const PATIENCE = 120_000;

/**
 * Reads a file in a thread of its own, so that the doors go on while a desk brings in ten thousand events, and so that a file
 * that is too much ends its own thread and nothing else.
 */
export async function readApart(
  bytes: AsyncIterable<Uint8Array>,
  format: ImportFormat,
  { digest: _, locate: __, ...options }: ImportOptions,
): Promise<Imported> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  const task: ReadingTask = { bytes: Buffer.concat(chunks), format, options };
  const worker = new Worker(new URL('./reading-worker.ts', import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY },
  });
  const timer = setTimeout(() => void worker.terminate(), PATIENCE);
  try {
    return await new Promise<Imported>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve(tooMuch);
        else reject(error);
      });
      worker.once('exit', () => resolve(tooMuch));
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

const tooMuch: Imported = {
  kind: 'refused',
  problem: { message: 'it takes more memory or time to read than there is' },
};
