import { UserRound, UsersRound } from 'lucide-react';
import { useState } from 'react';
import type { DeskDouble, Settlement } from '#protocol/desk.ts';
import { Button } from '#client/components/button.tsx';
import { CallNotice } from '#client/components/call-notice.tsx';
import { useReadOnly } from '#client/hooks/use-read-only.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { settleDouble } from '#client/platform/desk.ts';
import type { CallFailure } from '#client/platform/session.ts';
import styles from './desk.module.css';

interface DoublesProps {
  readonly eventId: string;
  readonly doubles: readonly DeskDouble[];
  readonly onSettled: () => void;
}

/** Tickets that two doors admitted without knowing of each other, for someone to say what it was. */
export function Doubles({ eventId, doubles, onSettled }: DoublesProps) {
  const t = useT();
  const format = useFormat();
  const [busy, setBusy] = useState<string>();
  const readOnly = useReadOnly();
  const [failure, setFailure] = useState<CallFailure['reason']>();
  const settle = async (double: DeskDouble, as: Settlement): Promise<void> => {
    setBusy(double.second.checkInId);
    setFailure(undefined);
    const called = await settleDouble(eventId, double.second.checkInId, as);
    setBusy(undefined);
    if (called.kind === 'failed') setFailure(called.reason);
    else onSettled();
  };
  if (doubles.length === 0) return null;
  return (
    <section className={styles.section} aria-labelledby="desk-doubles">
      <h3 id="desk-doubles">{t('desk.doubles', { n: doubles.length })}</h3>
      <p className={styles.count}>{t('desk.doubles.what')}</p>
      {failure ? <CallNotice reason={failure} /> : null}
      <ul className={styles.list}>
        {doubles.map((double) => {
          const { first, second } = double;
          const name = double.name || t('desk.audit.unnamed');
          return (
            <li key={second.checkInId} className={styles.double}>
              <div>
                <p className={styles.doubleName}>{name}</p>
                <p>
                  {t('desk.doubles.where', {
                    first: `${first.door} ${format.clock(Date.parse(first.at))}`,
                    second: `${second.door} ${format.clock(Date.parse(second.at))}`,
                  })}
                </p>
                <p className={styles.count}>{t('desk.doubles.over', { n: double.over, party: double.party })}</p>
              </div>
              {readOnly ? null : (
                <div className={styles.actions}>
                  <Button
                    icon={UserRound}
                    busy={busy === second.checkInId}
                    aria-label={t('desk.doubles.mistake.of', { name })}
                    onClick={() => void settle(double, 'mistake')}
                  >
                    {t('desk.doubles.mistake')}
                  </Button>
                  <Button
                    icon={UsersRound}
                    busy={busy === second.checkInId}
                    aria-label={t('desk.doubles.accepted.of', { name })}
                    onClick={() => void settle(double, 'accepted')}
                  >
                    {t('desk.doubles.accepted')}
                  </Button>
                </div>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
