import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface SourceFile {
  /** From the project's folder: `src/domain/ids.ts`. */
  readonly path: string;
  readonly text: string;
}

/** Files of the project by glob patterns, each with its text; what the benchmark installs for itself is none of them. */
export function sources(...patterns: string[]): SourceFile[] {
  return globSync(patterns, { cwd: ROOT, exclude: ['**/node_modules/**'] })
    .toSorted()
    .map((path) => ({ path, text: readFileSync(`${ROOT}${path}`, 'utf8') }));
}
