import { CircleAlert } from 'lucide-react';
import type { Ref } from 'react';
import type { ProposalContent } from '#domain/proposal.ts';
import type { FieldProblem } from '#domain/proposal-check.ts';
import { Icon } from '#client/components/icon.tsx';
import { useT } from '#client/i18n/i18n.ts';
import { fieldId, showControl } from './fields.ts';
import { pathOf } from './problems.ts';
import styles from './propose.module.css';
import { useSentence } from './use-problems.ts';

interface ProblemSummaryProps {
  readonly ref: Ref<HTMLDivElement>;
  readonly problems: readonly FieldProblem[];
  readonly content: ProposalContent;
}

/** Everything that keeps the proposal from being sent, each leading to where it is mended. It takes the focus when it appears. */
export function ProblemSummary({ ref, problems, content }: ProblemSummaryProps) {
  const t = useT();
  const sentence = useSentence();
  return (
    <div ref={ref} className={styles.summary} tabIndex={-1} role="group" aria-labelledby="propose-problems">
      <h2 id="propose-problems" className={styles.summaryTitle}>
        <Icon of={CircleAlert} /> {t('propose.problems', { n: problems.length })}
      </h2>
      <ul className={styles.problems}>
        {problems.map((problem) => {
          const path = pathOf(problem, content);
          return (
            <li key={`${path} ${problem.kind}`}>
              <a
                href={`#${fieldId(path)}`}
                onClick={(event) => showControl(document.getElementById(fieldId(path))) && event.preventDefault()}
              >
                {sentence(problem, true)}
              </a>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
