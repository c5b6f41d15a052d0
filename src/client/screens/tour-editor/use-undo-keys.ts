import { useEffect } from 'react';
import type { DraftEditor } from './use-draft.ts';

/** In a field the browser takes back its letters; everywhere else the keys that everybody knows take back a step. */
export function useUndoKeys({ takeBack, takeAgain }: Pick<DraftEditor, 'takeBack' | 'takeAgain'>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.defaultPrevented) return;
      const key = event.key.toLowerCase();
      if (key !== 'z' && key !== 'y') return;
      if (event.target instanceof Element && event.target.closest(WRITTEN_IN)) return;
      event.preventDefault();
      if (key === 'y' || event.shiftKey) takeAgain();
      else takeBack();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [takeBack, takeAgain]);
}

const WRITTEN_IN = 'input:not([type=checkbox], [type=radio]), textarea, select, dialog';
