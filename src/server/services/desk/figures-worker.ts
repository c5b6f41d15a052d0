import { parentPort, workerData } from 'node:worker_threads';
import { readSqliteFile } from '../../db/open.ts';
import type { FiguresTask } from './figures-apart.ts';
import { countFigures } from './figures-count.ts';

/** A thread that counts once and ends. */
const { file, question } = workerData as FiguresTask;
const db = readSqliteFile(file);
try {
  parentPort?.postMessage(await countFigures(db, question));
} finally {
  await db.destroy();
}
