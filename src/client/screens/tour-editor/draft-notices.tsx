import { useEffect, useRef } from 'react';
import { useT } from '#client/i18n/i18n.ts';
import { Button, LinkButton } from '#client/components/button.tsx';
import { CallNotice } from '#client/components/call-notice.tsx';
import { Notice } from '#client/components/notice.tsx';
import type { Problem } from './draft.ts';
import { problemsOf } from './draft.ts';
import type { DraftEditor, Editing } from './use-draft.ts';

interface DraftNoticesProps {
  readonly editor: DraftEditor;
  readonly editing: Editing;
  readonly onChoose: (stopId: string) => void;
}

/** How the draft stands: found again, published, in the way of somebody else's, or not yet whole. */
export function DraftNotices(props: DraftNoticesProps) {
  const place = useRef<HTMLDivElement>(null);
  const { kind } = props.editor.save;
  useEffect(() => {
    if (kind !== 'idle' && kind !== 'saving') place.current?.scrollIntoView({ block: 'nearest' });
  }, [kind]);
  return (
    <div ref={place}>
      <DraftNotice {...props} />
    </div>
  );
}

function DraftNotice({ editor, editing, onChoose }: DraftNoticesProps) {
  const t = useT();
  const { save, found, dirty } = editor;
  if (save.kind === 'conflict')
    return (
      <Notice
        tone="problem"
        urgent
        title={t('tour-edit.conflict')}
        actions={<Button onClick={() => void editor.takeTheirs()}>{t('tour-edit.conflict.action')}</Button>}
      >
        {t('tour-edit.conflict.text')}
      </Notice>
    );
  if (save.kind === 'failed') return <CallNotice reason={save.reason} onRetry={() => void editor.publish()} />;
  if (save.kind === 'incomplete')
    return (
      <Notice tone="attention" urgent title={t('tour-edit.incomplete')}>
        <ul>
          {problemsOf(editing.draft).map((problem) => (
            <li key={JSON.stringify(problem)}>
              <ProblemText problem={problem} editing={editing} onChoose={onChoose} />
            </li>
          ))}
        </ul>
      </Notice>
    );
  if (save.kind === 'saved')
    return (
      <Notice
        tone="success"
        urgent
        title={t('tour-edit.saved')}
        actions={
          <LinkButton to={`/balades/${editing.published.tour?.slug ?? editing.published.slug}`}>
            {t('tour-edit.saved.see')}
          </LinkButton>
        }
      />
    );
  if (found && dirty)
    return (
      <Notice
        tone="info"
        title={t('tour-edit.found')}
        actions={<Button onClick={editor.discard}>{t('tour-edit.found.discard')}</Button>}
      >
        {t('tour-edit.found.text')}
      </Notice>
    );
  return null;
}

function ProblemText({
  problem,
  editing,
  onChoose,
}: {
  readonly problem: Problem;
  readonly editing: Editing;
  readonly onChoose: (stopId: string) => void;
}) {
  const t = useT();
  const stop = 'stop' in problem ? editing.draft.stops[problem.stop] : undefined;
  const text = t(`tour-edit.problem.${problem.kind}`, { n: 'stop' in problem ? problem.stop + 1 : 0 });
  return stop ? (
    <Button variant="quiet" onClick={() => onChoose(stop.id)}>
      {text}
    </Button>
  ) : (
    text
  );
}
