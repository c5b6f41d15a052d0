import type { ProposalContent, ProposalField } from '#domain/proposal.ts';
import type { LocalizedText } from '#domain/text.ts';
import type { Correction } from '../../db/schema-proposals.ts';

/** Characters: longer words are read on the page. */
const SHORT = 300;

/** What somebody else than the author has put right, for the letter to the author: short texts with what they were and are. */
export function correctionsOf(
  before: ProposalContent,
  after: ProposalContent,
  fields: readonly ProposalField[],
): Correction[] {
  return fields.flatMap((field): Correction[] => {
    const [old, now] = [textsOf(before, field), textsOf(after, field)];
    if (!old && !now) return [{ field }];
    const languages = [...new Set([...Object.keys(old ?? {}), ...Object.keys(now ?? {})])];
    const changed = languages.filter((language) => (old?.[language] ?? '') !== (now?.[language] ?? ''));
    const all = changed.map((language): Correction => {
      const [from, to] = [old?.[language] ?? '', now?.[language] ?? ''];
      return { field, ...(from.length <= SHORT && to.length <= SHORT ? { from, to } : {}) };
    });
    return all.length > 0 ? all : [{ field }];
  });
}

/** A text by language; undefined of what is none. */
function textsOf(content: ProposalContent, field: ProposalField): LocalizedText | undefined {
  return TEXTS.find((one) => one === field) && (content[field] as LocalizedText | undefined);
}

const TEXTS: readonly ProposalField[] = ['title', 'summary', 'description', 'statusNote', 'conditions'];
