import { CircleCheckBig, CircleDashed, CircleX, DoorOpen, LoaderCircle, LockKeyhole, RotateCw } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { classNames } from '#client/components/class-names.ts';
import { Button } from '#client/components/button.tsx';
import { Icon } from '#client/components/icon.tsx';
import { Notice } from '#client/components/notice.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { useDoorLock } from '#client/hooks/use-door-lock.ts';
import { useTicketKeys } from '#client/hooks/use-door.ts';
import { useSyncState } from '#client/hooks/use-sync-state.ts';
import { useT } from '#client/i18n/i18n.ts';
import type { DoorView } from '#client/store/door-view.ts';
import styles from './enrol.module.css';
import { NewPin } from './new-pin.tsx';
import type { Enrolment } from './use-enrolment.ts';

type StepState = 'done' | 'doing' | 'waiting' | 'failed';

const looks: Readonly<Record<StepState, LucideIcon>> = {
  done: CircleCheckBig,
  doing: LoaderCircle,
  waiting: CircleDashed,
  failed: CircleX,
};

interface EnrolStepsProps {
  readonly enrolment: Enrolment;
  readonly view: DoorView;
  /** The person has seen that the phone is ready. */
  readonly onOpen: () => void;
}

/** What is on the phone already and what is still to come; complete only with all four. */
export function EnrolSteps({ enrolment, view, onOpen }: EnrolStepsProps) {
  const t = useT();
  const keys = useTicketKeys();
  const sync = useSyncState();
  const { phase } = enrolment;
  const taken = view.door?.state === 'loading' || view.door?.state === 'ready';
  const ready = phase.kind === 'loading' && view.door?.state === 'ready' && view.roster !== undefined;
  const problem =
    enrolment.problem ?? (!ready && phase.kind !== 'scanner' && sync.kind === 'offline' ? 'offline' : undefined);

  const done = {
    scanner: phase.kind !== 'scanner',
    device: phase.kind === 'loading' && taken,
    roster: phase.kind === 'loading' && view.roster !== undefined,
    keys: phase.kind === 'loading' && keys.length > 0,
  };
  const names = ['scanner', 'device', 'roster', 'keys'] as const;
  const current = names.find((name) => !done[name]);
  const stateOf = (name: (typeof names)[number]): StepState => {
    if (done[name]) return 'done';
    if (name !== current) return 'waiting';
    return problem ? 'failed' : 'doing';
  };

  return (
    <div className={styles.page}>
      <PageHeader title={t('door.enrol.title')} />
      <p role="status">{t(ready ? 'door.enrol.ready' : 'door.enrol.progress')}</p>
      <ol className={styles.steps} aria-label={t('door.enrol.steps')}>
        {names.map((name) => {
          const state = stateOf(name);
          return (
            <li key={name} className={classNames(styles.step, styles[state])}>
              <Icon of={looks[state]} size="1.5rem" className={styles.mark} />
              <span>{t(`door.enrol.step.${name}`)}</span>
              <span className={styles.state}>{t(`door.enrol.step.${state}`)}</span>
            </li>
          );
        })}
      </ol>
      {problem ? (
        <Notice
          tone="problem"
          urgent
          actions={
            <Button size="large" icon={RotateCw} onClick={enrolment.retry}>
              {t('door.enrol.retry')}
            </Button>
          }
        >
          {t(`door.enrol.error.${problem}`)}
        </Notice>
      ) : null}
      {ready && view.door && view.door.profile !== 'kiosk' ? <OfferLock deviceId={view.door.deviceId} /> : null}
      {ready ? (
        <Button variant="primary" size="large" wide icon={DoorOpen} onClick={onOpen}>
          {t('door.enrol.open')}
        </Button>
      ) : (
        <p className={styles.note}>{t('door.enrol.resume')}</p>
      )}
    </div>
  );
}

/** A PIN for the phone, for who wants one: later it is in the door's menu. */
function OfferLock({ deviceId }: { readonly deviceId: string }) {
  const t = useT();
  const { lock } = useDoorLock(deviceId);
  const [open, setOpen] = useState(false);
  if (lock) return <p role="status">{t('door.lock.kept')}</p>;
  if (!open)
    return (
      <Button icon={LockKeyhole} onClick={() => setOpen(true)}>
        {t('door.menu.lock.set')}
      </Button>
    );
  return <NewPin deviceId={deviceId} submit={t('door.lock.set')} onSet={() => setOpen(false)} />;
}
