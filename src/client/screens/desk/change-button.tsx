import { PencilLine } from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { Button } from '#client/components/button.tsx';
import { CallNotice } from '#client/components/call-notice.tsx';
import { useMyProposals } from '#client/hooks/use-proposals.ts';
import { useT } from '#client/i18n/i18n.ts';
import { readPublished } from '#client/platform/desk.ts';
import type { CallFailure } from '#client/platform/session.ts';
import { newProposal } from '#client/store/proposals.ts';

/** Begins a change of a published event, or goes on with the one that was begun. */
export function ChangeButton({ eventId }: { readonly eventId: string }) {
  const t = useT();
  const navigate = useNavigate();
  const begun = useMyProposals()?.find(
    ({ eventId: of, state }) =>
      of === eventId && (state === 'draft' || state === 'submitted' || state === 'changes_requested'),
  );
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CallFailure['reason']>();
  const change = async (): Promise<void> => {
    if (begun) return void navigate(`/proposer/${begun.id}`);
    setBusy(true);
    setFailure(undefined);
    const called = await readPublished(eventId);
    setBusy(false);
    if (called.kind === 'failed') return setFailure(called.reason);
    const id = await newProposal(called.value.editionId, { edit: called.value });
    await navigate(`/proposer/${id}`);
  };
  return (
    <>
      <Button icon={PencilLine} busy={busy} onClick={() => void change()}>
        {t(begun ? 'desk.event.change.begun' : 'desk.event.change')}
      </Button>
      {failure ? <CallNotice reason={failure} onRetry={() => void change()} /> : null}
    </>
  );
}
