import { useEffect, useState } from 'react';
import type { ProposalView } from '#client/store/proposals-view.ts';
import { isMineToDecide, moderated } from '#client/store/proposals.ts';
import type { SignedInAccount } from '#client/store/settings.ts';
import { useLive } from '#client/hooks/use-live.ts';
import { useAccount } from '#client/hooks/use-account.ts';
import { whoAmI } from '#client/platform/session.ts';

/**
 * Who moderates here. `unknown`: the device's store or, where it says nobody, the server has not answered yet; `nobody`: there is
 * nobody signed in, or somebody who moderates nothing (`account`).
 */
export interface Moderator {
  readonly kind: 'unknown' | 'nobody' | 'moderator';
  readonly account?: SignedInAccount;
  /** The session has ended; what is on the device can still be read, and decided upon once they have signed in. */
  readonly expired: boolean;
  readonly isMine: (proposal: ProposalView) => boolean;
}

/** Known from the device at once; the server is asked beside it. */
export function useModerator(): Moderator {
  const account = useAccount();
  const [asked, setAsked] = useState<'asking' | 'signed_out' | 'answered'>('asking');
  useEffect(() => {
    let gone = false;
    void whoAmI().then((called) => {
      const out = called.kind === 'failed' && called.reason === 'sign_in_required';
      if (!gone) setAsked(out ? 'signed_out' : 'answered');
    });
    return () => {
      gone = true;
    };
  }, []);
  const isMine = (proposal: ProposalView): boolean => isMineToDecide(account, proposal);
  const expired = asked === 'signed_out';
  if (!account) return { kind: asked === 'asking' ? 'unknown' : 'nobody', expired, isMine };
  return { kind: account.role === 'organiser' ? 'nobody' : 'moderator', account, expired, isMine };
}

/** What the signed-in person moderates; undefined until the device's store was read. */
export function useModerated(): readonly ProposalView[] | undefined {
  return useLive(moderated);
}
