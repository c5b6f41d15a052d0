import type { Logger } from 'pino';
import { pino } from 'pino';
import type { LogLevel } from './config.ts';

/**
 * One JSON line an entry. No personal data: requests are logged by their route and never with bodies, queries,
 * addresses or credentials, and the fields that could hold one are cut whatever a library hands over.
 */
export function createLog(level: LogLevel, destination: NodeJS.WritableStream = process.stdout): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: ['req.headers', 'req.query', 'req.body', '*.email', '*.authorization', '*.cookie'],
        remove: true,
      },
    },
    destination,
  );
}
