import { MessageSquareWarning } from 'lucide-react';
import { useMemo } from 'react';
import type { Edition } from '#domain/programme.ts';
import type { ProposalContent, ProposalField } from '#domain/proposal.ts';
import { changedFields } from '#domain/proposal-diff.ts';
import { lineDiff } from '#domain/text-diff.ts';
import type { DiffLine } from '#domain/text-diff.ts';
import { Button } from '#client/components/button.tsx';
import { VisuallyHidden } from '#client/components/visually-hidden.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import styles from './difference.module.css';
import { linesOf } from './field-lines.ts';

interface DifferenceProps {
  readonly before: ProposalContent;
  readonly after: ProposalContent;
  readonly edition: Edition | undefined;
  /** The reader may ask for other words. */
  readonly onAsk?: ((field: ProposalField) => void) | undefined;
}

/** Of a field's row, where the history leads to. */
export const rowId = (field: ProposalField): string => `ecart-${field}`;

/** What two versions of an event differ in, field by field, word by word; what stays the same is left out. */
export function Difference({ before, after, edition, onAsk }: DifferenceProps) {
  const t = useT();
  const format = useFormat();
  const rows = useMemo(
    () =>
      changedFields(before, after).map((field) => ({
        field,
        lines: lineDiff(linesOf(field, before, { t, format, edition }), linesOf(field, after, { t, format, edition })),
      })),
    [before, after, edition, t, format],
  );
  if (rows.length === 0) return <p>{t('moderation.diff.none')}</p>;
  return (
    <dl className={styles.difference}>
      {rows.map(({ field, lines }) => (
        <div key={field} id={rowId(field)} tabIndex={-1} className={styles.row}>
          <dt>{t(`propose.name.${field}`)}</dt>
          <dd>
            {lines
              .filter((line) => line.kind !== 'same')
              .map((line, at) => (
                // oxlint-disable-next-line react/no-array-index-key -- a line has no identity but its place
                <Line key={at} line={line} />
              ))}
            {onAsk ? (
              <Button variant="quiet" icon={MessageSquareWarning} onClick={() => onAsk(field)}>
                {t('moderation.diff.ask', { name: t(`propose.name.${field}`) })}
              </Button>
            ) : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Line({ line }: { readonly line: DiffLine }) {
  const t = useT();
  return (
    <p className={styles.line}>
      {line.parts.map(({ kind, text }, at) => {
        const key = `${at} ${kind}`;
        if (kind === 'same') return <span key={key}>{text}</span>;
        const Part = kind === 'removed' ? 'del' : 'ins';
        return (
          <Part key={key} className={styles[kind]}>
            <VisuallyHidden>{t(`moderation.diff.${kind}`)}</VisuallyHidden>
            {text}
          </Part>
        );
      })}
    </p>
  );
}
