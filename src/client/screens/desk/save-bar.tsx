import { Save, Undo2 } from 'lucide-react';
import { Button } from '#client/components/button.tsx';
import { CallNotice } from '#client/components/call-notice.tsx';
import { Notice } from '#client/components/notice.tsx';
import type { CallFailure } from '#client/platform/session.ts';
import styles from './desk.module.css';
import rulesStyles from './rules.module.css';

/** How far the saving of a form is. */
export type SaveState = 'none' | 'saving' | 'saved' | 'incomplete' | CallFailure['reason'];

interface SaveBarProps {
  readonly state: SaveState;
  /** The form differs from what is saved. */
  readonly dirty: boolean;
  readonly words: Readonly<Record<'save' | 'saved' | 'dirty' | 'incomplete' | 'revert', string>>;
  readonly onRevert: () => void;
}

/** The end of a form of the desk: what became of it, the button that submits it and the one that takes it back. */
export function SaveBar({ state, dirty, words, onRevert }: SaveBarProps) {
  return (
    <div className={rulesStyles.save}>
      <div role="status">
        {state === 'saved' ? <Notice tone="success">{words.saved}</Notice> : null}
        {dirty && state === 'none' ? <p className={styles.count}>{words.dirty}</p> : null}
      </div>
      {state === 'incomplete' ? (
        <Notice tone="problem" urgent>
          {words.incomplete}
        </Notice>
      ) : null}
      {state !== 'none' && state !== 'saved' && state !== 'saving' && state !== 'incomplete' ? (
        <CallNotice reason={state} />
      ) : null}
      <div className={styles.actions}>
        <Button type="submit" variant="primary" icon={Save} busy={state === 'saving'}>
          {words.save}
        </Button>
        {dirty ? (
          <Button variant="quiet" icon={Undo2} onClick={onRevert}>
            {words.revert}
          </Button>
        ) : null}
      </div>
    </div>
  );
}
