import { Worker } from 'node:worker_threads';
import type { Figures } from '#domain/figures.ts';
import type { FiguresQuestion } from './figures-count.ts';

/** What a thread is given. */
export interface FiguresTask {
  /** SQLite's. */
  readonly file: string;
  readonly question: FiguresQuestion;
}

/** Milliseconds after which a count is given up. */
const PATIENCE = 60_000;

/** Counts in a thread of its own: a hundred thousand rows take SQLite longer than a door may wait. */
export async function countApart(file: string, question: FiguresQuestion): Promise<Figures> {
  const task: FiguresTask = { file, question };
  const worker = new Worker(new URL('./figures-worker.ts', import.meta.url), { workerData: task });
  const timer = setTimeout(() => void worker.terminate(), PATIENCE);
  try {
    return await new Promise<Figures>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('the count was given up')));
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
