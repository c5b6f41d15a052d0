import * as v from 'valibot';

export const problemAt = v.object({
  /** In English; `interop/import-messages.ts` knows what it means. */
  message: v.string(),
  line: v.exactOptional(v.number()),
  item: v.exactOptional(v.string()),
});
export type ProblemAt = v.InferOutput<typeof problemAt>;

const change = v.object({
  action: v.picklist(['added', 'changed', 'kept', 'withdrawn']),
  title: v.string(),
  region: v.string(),
  item: v.string(),
  line: v.exactOptional(v.number()),
  /** Fields taken from the file, texts with their language: `title.fr`. */
  taken: v.array(v.string()),
  /** Fields that stay as they were edited here. */
  kept: v.array(v.string()),
});
export type Change = v.InferOutput<typeof change>;

/**
 * `POST /api/v1/desk/imports?format=&edition=[&region=][&dryRun=1]` with the file as `application/octet-stream`, by the national team
 * or a regional correspondent, whose events are proposed where the nation has the last word: what is done, or would be. `refused`: nothing was written. Lists are cut at `LISTED`; counts are whole.
 */
export const importAnswer = v.variant('kind', [
  v.object({ kind: v.literal('refused'), problem: problemAt }),
  v.object({
    kind: v.literal('imported'),
    dryRun: v.boolean(),
    makesEdition: v.boolean(),
    read: v.number(),
    added: v.number(),
    changed: v.number(),
    unchanged: v.number(),
    refused: v.number(),
    problems: v.array(problemAt),
    notes: v.array(v.string()),
    changes: v.array(change),
    changesInAll: v.number(),
    /** Nothing was published: so many were handed to the moderators, and so many wait for their author to complete them. */
    proposed: v.exactOptional(v.object({ submitted: v.number(), drafts: v.number() })),
  }),
]);
export type ImportAnswer = v.InferOutput<typeof importAnswer>;

export const LISTED = 500;
/** Bytes of a file that is sent from a desk; larger ones are for the operator. */
export const MAX_IMPORT = 20_000_000;
