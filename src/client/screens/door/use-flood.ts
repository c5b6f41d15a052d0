import { useEffect, useState } from 'react';
import type { VerdictTone } from './verdict-text.ts';
import type { Shown } from './use-gate.ts';
import { panelTone } from './verdict-panel.tsx';

/** Milliseconds that a welcome has the whole screen: nobody must be let in by the colour of the guest before. */
const WELCOME = 6000;

/** The colour that the whole screen has: of a refusal until the next guest, of a welcome for as long as it is news. */
export function useFlood(shown: Shown): VerdictTone | undefined {
  const [over, setOver] = useState<Shown>();
  const tone = panelTone(shown);
  const passing = tone === 'good' || tone === 'leaving';
  useEffect(() => {
    if (!passing) return undefined;
    const timer = setTimeout(() => setOver(shown), WELCOME);
    return () => clearTimeout(timer);
  }, [shown, passing]);
  if (tone === 'idle' || tone === 'person' || over === shown) return undefined;
  return tone;
}
