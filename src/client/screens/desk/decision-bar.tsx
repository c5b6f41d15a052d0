import { Ban, Check, ChevronsUp, Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { RegistrationState } from '#domain/registration.ts';
import type { DeskRegistration } from '#protocol/desk.ts';
import type { Decision, DecisionAnswer } from '#protocol/registration-decision.ts';
import { Button } from '#client/components/button.tsx';
import { CallNotice } from '#client/components/call-notice.tsx';
import { Dialog } from '#client/components/modal.tsx';
import { Notice } from '#client/components/notice.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { decide } from '#client/platform/registration-decisions.ts';
import type { CallFailure } from '#client/platform/session.ts';
import styles from './desk.module.css';

/** For whom each decision is. */
const CHOICES = [
  { decision: 'approve', from: ['requested'], icon: Check, variant: 'primary' },
  { decision: 'move_up', from: ['waitlisted'], icon: ChevronsUp, variant: 'secondary' },
  { decision: 'refuse', from: ['requested', 'waitlisted'], icon: Ban, variant: 'secondary' },
  { decision: 'cancel', from: ['confirmed'], icon: Undo2, variant: 'danger' },
] as const;

interface DecisionBarProps {
  readonly eventId: string;
  readonly chosen: readonly DeskRegistration[];
  /** Decided, for all or some: what is on the screen is no longer so. */
  readonly onDone: () => void;
}

/** What can be done with the registrations that are ticked; each decision takes those of them that it is for. */
export function DecisionBar({ eventId, chosen, onDone }: DecisionBarProps) {
  const t = useT();
  const format = useFormat();
  const [asked, setAsked] = useState<Decision>();
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<DecisionAnswer & { readonly names: ReadonlyMap<string, string> }>();
  const [failure, setFailure] = useState<CallFailure['reason']>();
  const concerned = (decision: Decision): readonly DeskRegistration[] => {
    const from: readonly RegistrationState[] = CHOICES.find((one) => one.decision === decision)!.from;
    return chosen.filter((one) => from.includes(one.state));
  };
  const run = async (decision: Decision): Promise<void> => {
    setAsked(undefined);
    setBusy(true);
    const those = concerned(decision);
    const called = await decide(
      eventId,
      decision,
      those.map((one) => one.id),
    );
    setBusy(false);
    setFailure(called.kind === 'failed' ? called.reason : undefined);
    if (called.kind === 'failed') return;
    const names = new Map(those.map((one) => [one.id, `${one.firstName} ${one.lastName}`]));
    setAnswer({ ...called.value, names });
    onDone();
  };
  const reasons = [...new Set(answer?.failed.map((one) => one.reason))];
  return (
    <div className={styles.decisions}>
      <div role="status">
        {answer ? (
          <Notice tone={answer.failed.length > 0 ? 'attention' : 'success'}>
            {t('desk.decision.done', { n: answer.done })}
            {reasons.map((reason) => (
              <span key={reason} className={styles.after}>
                {t(`desk.decision.failed.${reason}`, {
                  names: format.list(
                    answer.failed
                      .filter((one) => one.reason === reason)
                      .map((one) => answer.names.get(one.registrationId)!),
                  ),
                })}
              </span>
            ))}
          </Notice>
        ) : null}
      </div>
      {failure ? <CallNotice reason={failure} /> : null}
      {chosen.length > 0 ? (
        <div className={styles.decisionRow}>
          <p>{t('desk.decision.chosen', { n: chosen.length })}</p>
          {CHOICES.map(({ decision, icon, variant }) => {
            const n = concerned(decision).length;
            return n > 0 ? (
              <Button key={decision} icon={icon} variant={variant} busy={busy} onClick={() => setAsked(decision)}>
                {t(`desk.decision.${decision}`, { n })}
              </Button>
            ) : null;
          })}
        </div>
      ) : null}
      <Dialog
        open={asked !== undefined}
        onClose={() => setAsked(undefined)}
        title={asked ? t(`desk.decision.${asked}.title`, { n: concerned(asked).length }) : ''}
        actions={
          asked ? (
            <>
              <Button variant={asked === 'cancel' ? 'danger' : 'primary'} onClick={() => void run(asked)}>
                {t(`desk.decision.${asked}`, { n: concerned(asked).length })}
              </Button>
              <Button onClick={() => setAsked(undefined)}>{t('desk.decision.back')}</Button>
            </>
          ) : null
        }
      >
        {asked ? (
          <>
            <p>{t(`desk.decision.${asked}.text`)}</p>
            <p>{format.list(concerned(asked).map((one) => `${one.firstName} ${one.lastName}`))}</p>
          </>
        ) : null}
      </Dialog>
    </div>
  );
}
