import { Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { Button } from '#client/components/button.tsx';
import { Dialog } from '#client/components/modal.tsx';
import { useAccount } from '#client/hooks/use-account.ts';
import { useT } from '#client/i18n/i18n.ts';
import type { ProposalView } from '#client/store/proposals-view.ts';
import { withdrawProposal } from '#client/store/proposals.ts';

/** Gives a proposal up, after a question: what was sent can be taken up again. */
export function Withdraw({ view }: { readonly view: ProposalView }) {
  const t = useT();
  const navigate = useNavigate();
  const account = useAccount();
  const [asking, setAsking] = useState(false);
  const { state, mine, submittedAt } = view;
  const withdraw = async (): Promise<void> => {
    setAsking(false);
    await withdrawProposal(view.id);
    // Of a draft that nobody else has seen nothing is left to look at.
    if (submittedAt === undefined) await navigate(account ? '/espace' : '/');
  };
  if (!mine || (state !== 'draft' && state !== 'submitted' && state !== 'changes_requested')) return null;
  return (
    <div>
      <Button variant="quiet" icon={Undo2} onClick={() => setAsking(true)}>
        {t('propose.withdraw')}
      </Button>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('propose.withdraw.title')}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{t('propose.withdraw.no')}</Button>
            <Button variant="danger" onClick={() => void withdraw()}>
              {t('propose.withdraw.yes')}
            </Button>
          </>
        }
      >
        <p>{t(submittedAt === undefined ? 'propose.withdraw.draft' : 'propose.withdraw.sent')}</p>
      </Dialog>
    </div>
  );
}
