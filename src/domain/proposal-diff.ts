import type { ProposalContent, ProposalField } from './proposal.ts';
import { eventFields, proposalFields } from './proposal.ts';

/** The fields in which two contents differ, in the form's order; the order of keys and what is only blank mean nothing. */
export function changedFields(before: ProposalContent, after: ProposalContent): ProposalField[] {
  return proposalFields.filter((field) => !isSame(before[field], after[field]));
}

/**
 * An edit laid over what is published now: what its author changed is theirs, and what others changed meanwhile (a cancelled
 * session, a place) stays as they left it.
 */
export function mergeEdit(
  before: ProposalContent,
  edited: ProposalContent,
  published: ProposalContent,
): ProposalContent {
  const merged: Record<string, unknown> = { ...edited };
  for (const field of eventFields) {
    if (!isSame(before[field], edited[field])) continue;
    if (published[field] === undefined) delete merged[field];
    else merged[field] = published[field];
  }
  return merged;
}

function isSame(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

/** JSON with sorted keys, without what is empty. */
function canonical(value: unknown): string {
  return JSON.stringify(trimmed(value)) ?? '';
}

function trimmed(value: unknown): unknown {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value.trim();
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map((one) => trimmed(one) ?? null);
  if (typeof value !== 'object' || value === null) return value ?? undefined;
  const entries = Object.entries(value)
    .map(([key, inner]) => [key, trimmed(inner)] as const)
    .filter(([, inner]) => inner !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
