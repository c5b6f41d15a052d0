import { useEffect } from 'react';
import { setting } from '#client/store/settings.ts';
import { lookForPacks } from '#client/sync/pack-loop.ts';
import { useLive } from './use-live.ts';

const offer = setting('mapOffer');

/** Who else says who somebody is, if the operator has chosen somebody: as last told, and asked for anew. */
export function useProvider(): { readonly name: string } | undefined {
  useEffect(() => void lookForPacks(), []);
  return useLive(offer)?.provider;
}
