import { shownIn } from '#client/i18n/shown.ts';
import { changedFields } from '#domain/proposal-diff.ts';
import { Button } from '#client/components/button.tsx';
import { Notice } from '#client/components/notice.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import type { ProposalView } from '#client/store/proposals-view.ts';
import { keepMine, keepTheirs } from '#client/store/proposals.ts';

interface ConflictProps {
  readonly view: ProposalView;
  /** The store holds what was chosen. */
  readonly onChosen: () => void;
}

/** Two wrote at once, on two devices or two people: which fields differ, and whose words stay. */
export function Conflict({ view, onChosen }: ConflictProps) {
  const t = useT();
  const format = useFormat();
  const { conflict } = view;
  if (!conflict) return null;
  const fields = changedFields(conflict.theirs, conflict.mine).map((field) => t(`propose.name.${field}`));
  const theirs = shownIn(conflict.theirs.title, format.language).text;
  const choose = async (keep: (id: string) => Promise<void>): Promise<void> => {
    await keep(view.id);
    onChosen();
  };
  return (
    <Notice
      tone="attention"
      urgent
      title={t('propose.conflict')}
      actions={
        <>
          <Button onClick={() => void choose(keepMine)}>{t('propose.conflict.mine')}</Button>
          <Button onClick={() => void choose(keepTheirs)}>{t('propose.conflict.theirs')}</Button>
        </>
      }
    >
      <p>{t('propose.conflict.text', { fields: format.list(fields), title: theirs })}</p>
    </Notice>
  );
}
