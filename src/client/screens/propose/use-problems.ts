import { useCallback, useMemo, useState } from 'react';
import type { FocusEvent } from 'react';
import type { LocalDate } from '#domain/dates.ts';
import type { Edition } from '#domain/programme.ts';
import type { ProposalContent } from '#domain/proposal.ts';
import type { FieldProblem } from '#domain/proposal-check.ts';
import { problemsOf } from '#domain/proposal-check.ts';
import { useT } from '#client/i18n/i18n.ts';
import { belongsTo } from './fields.ts';
import { inPageOrder, pathOf, sentenceOf } from './problems.ts';

export interface Problems {
  readonly all: readonly FieldProblem[];
  /** The sentence for a field, once it was left or everything was asked for. */
  readonly errorOf: (field: string) => string | undefined;
  /** Notes which fields were left. */
  readonly onBlur: (event: FocusEvent) => void;
  /** From now on everything is said. */
  readonly sayAll: () => void;
}

/** What is wrong with a content, said field by field when a field was left with something wrong in it, and never while it is typed. */
export function useProblems(
  content: ProposalContent,
  edition: Edition | undefined,
  today: LocalDate,
  before: ProposalContent | undefined,
): Problems {
  const sentence = useSentence();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [everything, setEverything] = useState(false);
  const all = useMemo(
    () => (edition ? inPageOrder(problemsOf(content, { edition, today, ...(before ? { before } : {}) }), content) : []),
    [content, edition, today, before],
  );
  const byPath = useMemo(() => {
    const paths = new Map<string, FieldProblem>();
    for (const problem of all) {
      const path = pathOf(problem, content);
      // What is too long its field counts and says by itself, as it is typed.
      if (problem.kind !== 'too_long' && !paths.has(path)) paths.set(path, problem);
    }
    return paths;
  }, [all, content]);
  const errorOf = useCallback(
    (field: string) => {
      const problem = byPath.get(field);
      if (!problem) return undefined;
      const missing = problem.kind === 'missing' || problem.kind === 'place_missing';
      const wasLeft = !missing && [...left].some((id) => belongsTo(field, id));
      return everything || wasLeft ? sentence(problem) : undefined;
    },
    [byPath, left, everything, sentence],
  );
  const onBlur = useCallback((event: FocusEvent) => {
    const { id } = event.target;
    if (id) setLeft((known) => (known.has(id) ? known : new Set([...known, id])));
  }, []);
  const sayAll = useCallback(() => setEverything(true), []);
  return { all, errorOf, onBlur, sayAll };
}

/** Says a problem; with `whole`, so that it can be understood away from its field. */
export function useSentence(): (problem: FieldProblem, whole?: boolean) => string {
  const t = useT();
  return useCallback(
    (problem, whole = false) => {
      const { field, index, limit, part } = problem;
      const what = t(`propose.name.${field}`);
      const said = t(sentenceOf(problem), { what, limit: limit ?? 0, part: part ?? '' });
      if (!whole) return said;
      const place =
        field === 'sessions' && index !== undefined
          ? t('propose.session', { n: index + 1 })
          : field === 'registrationForm' && index !== undefined
            ? t('propose.question', { n: index + 1 })
            : what;
      return t('propose.problem.at', { place, said });
    },
    [t],
  );
}
