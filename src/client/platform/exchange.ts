import type { ImportAnswer } from '#protocol/exchange.ts';
import { importAnswer } from '#protocol/exchange.ts';
import type { Called } from './session.ts';
import { call } from './session.ts';

export interface ImportWanted {
  readonly format: string;
  readonly edition: string;
  /** INSEE code; without it each event is where its address is. */
  readonly region?: string;
  /** Only says what it would do. */
  readonly dryRun: boolean;
}

/** Takes a programme's file in, or says what that would change. */
export function importProgramme(
  file: Blob,
  { format, edition, region, dryRun }: ImportWanted,
): Promise<Called<ImportAnswer>> {
  const query = new URLSearchParams({ format, edition, dryRun: dryRun ? '1' : '0', ...(region ? { region } : {}) });
  return call('POST', `/desk/imports?${query}`, importAnswer, file);
}
