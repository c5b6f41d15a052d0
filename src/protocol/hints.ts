import * as v from 'valibot';
import { cursor } from './primitives.ts';
import { scopeName } from './scope.ts';

/**
 * `GET /api/v1/hints?scope=…` (`scopeInAddress`): server-sent events named `heads`, each a record of scopes and their heads, and a comment
 * every 20 seconds. A hint says that a pull would bring something; it brings nothing itself (D2).
 */
export const heads = v.record(scopeName, v.object({ epoch: v.string(), cursor }));
export type Heads = v.InferOutput<typeof heads>;
