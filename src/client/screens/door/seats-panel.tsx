import { CornerUpLeft, Ticket } from 'lucide-react';
import { useState } from 'react';
import type { Uuid } from '#domain/ids.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { Button } from '#client/components/button.tsx';
import { Notice } from '#client/components/notice.tsx';
import { useSyncState } from '#client/hooks/use-sync-state.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { correctedNow } from '#client/store/clock.ts';
import { returnAllotment } from '#client/store/door-actions.ts';
import type { HeldSeats } from '#client/store/door-seats.ts';
import type { AllotmentOutcome } from '#client/sync/allotments.ts';
import { takeAllotment } from '#client/sync/allotments.ts';
import styles from './door-sheets.module.css';
import { Stepper } from './stepper.tsx';
import { timeText } from './verdict-text.ts';

/** What a phone may ask for at once. */
const MOST = 500;

interface SeatsPanelProps {
  readonly held: HeldSeats;
  readonly subjectId: Uuid;
  /** As many as the organiser's rules propose. */
  readonly wanted: number;
  readonly event: ProgrammeEvent | undefined;
}

/** The seats that this phone keeps so that it can admit without a network: how many, until when, and how they go back. */
export function SeatsPanel({ held, subjectId, wanted, event }: SeatsPanelProps) {
  const t = useT();
  const format = useFormat();
  const online = useSyncState().trouble === undefined;
  const [seats, setSeats] = useState(Math.max(1, wanted));
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<AllotmentOutcome | { readonly kind: 'failed' }>();
  const until = held.rows.map((row) => Date.parse(row.expiresAt ?? '')).toSorted((a, b) => a - b)[0];
  const zone = event?.sessions[0]?.slot.zone;

  const ask = async (): Promise<void> => {
    setBusy(true);
    setOutcome(undefined);
    try {
      setOutcome(await takeAllotment(subjectId, seats));
    } catch {
      setOutcome({ kind: 'failed' });
    } finally {
      setBusy(false);
    }
  };
  const giveBack = async (): Promise<void> => {
    setOutcome(undefined);
    try {
      for (const row of held.rows) await returnAllotment(row.id);
    } catch {
      setOutcome({ kind: 'failed' });
    }
  };
  return (
    <section className={styles.quota} aria-label={t('door.seats')}>
      <p className={styles.left} role="status">
        {t(held.seats > 0 ? 'door.seats.left' : 'door.seats.none', { left: held.left, seats: held.seats })}
      </p>
      {held.seats > 0 && until !== undefined ? (
        <p>
          {t('door.seats.rule', {
            n: held.seats,
            time: timeText(until, { format, now: correctedNow(), zone }),
          })}
        </p>
      ) : (
        <p>{t('door.seats.why')}</p>
      )}
      {held.asking && !busy ? <p>{t('door.seats.asking')}</p> : null}
      {outcome ? (
        <Notice tone={outcome.kind === 'given' ? 'success' : 'attention'} urgent>
          {outcomeText(outcome, t)}
        </Notice>
      ) : null}
      {online ? (
        <>
          <Stepper label={t('door.seats.ask.count')} most={MOST} count={seats} onChange={setSeats} />
          <Button size="large" icon={Ticket} busy={busy} onClick={() => void ask()}>
            {t('door.seats.ask', { n: seats })}
          </Button>
        </>
      ) : (
        <p className={styles.quiet}>{t('door.seats.offline')}</p>
      )}
      {held.rows.length > 0 ? (
        <Button size="large" variant="quiet" icon={CornerUpLeft} onClick={() => void giveBack()}>
          {t('door.seats.return')}
        </Button>
      ) : null}
    </section>
  );
}

function outcomeText(outcome: AllotmentOutcome | { readonly kind: 'failed' }, t: ReturnType<typeof useT>): string {
  switch (outcome.kind) {
    case 'given':
      return t('door.seats.given', { n: outcome.seats });
    case 'refused':
      return t(outcome.code === 'no_seats' ? 'door.seats.full' : 'door.seats.refused');
    case 'unreachable':
      return t('door.seats.unreachable');
    case 'failed':
      return t('door.failed');
  }
}
