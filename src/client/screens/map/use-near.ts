import { useState } from 'react';
import type { Located } from '#client/platform/locate.ts';
import { locateOnce } from '#client/platform/locate.ts';

/** Where the person is, once they asked. */
export interface Near {
  readonly at: Extract<Located, { kind: 'found' }> | undefined;
  /** Why it is not known although they asked. */
  readonly failed: 'denied' | 'unavailable' | undefined;
  readonly asking: boolean;
  /** Asks, or stops sorting by distance. Gives the position that was found. */
  readonly toggle: () => Promise<Near['at']>;
}

export function useNear(): Near {
  const [answer, setAnswer] = useState<Located>();
  const [asking, setAsking] = useState(false);
  const at = answer?.kind === 'found' ? answer : undefined;
  const toggle = async (): Promise<Near['at']> => {
    if (at) {
      setAnswer(undefined);
      return undefined;
    }
    setAsking(true);
    const found = await locateOnce();
    setAsking(false);
    setAnswer(found);
    return found.kind === 'found' ? found : undefined;
  };
  return { at, failed: answer && answer.kind !== 'found' ? answer.kind : undefined, asking, toggle };
}
