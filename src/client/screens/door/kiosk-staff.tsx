import { ArrowLeft, MonitorOff, Volume2, VolumeX } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button } from '#client/components/button.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { useDoorLock } from '#client/hooks/use-door-lock.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { leaveFullScreen, setKioskMode } from '#client/platform/kiosk-mode.ts';
import { correctedNow } from '#client/store/clock.ts';
import type { Door } from '#client/store/door-view.ts';
import type { RosterIndex } from '#client/store/roster-index.ts';
import styles from './kiosk.module.css';
import { PinForm } from './lock-screen.tsx';
import { asOfText } from './verdict-text.ts';

interface KioskStaffProps {
  readonly door: Door;
  readonly roster: RosterIndex;
  readonly asOf: number | undefined;
  readonly pending: number;
  readonly muted: boolean;
  readonly onMuted: (muted: boolean) => void;
  readonly onBack: () => void;
}

/** Milliseconds after which the kiosk goes on by itself: staff are called away. */
const CALLED_AWAY = 60_000;

/** Behind the PIN: how the kiosk is, and the way out of it. */
export function KioskStaff({ door, roster, asOf, pending, muted, onMuted, onBack }: KioskStaffProps) {
  const t = useT();
  const format = useFormat();
  const { lock, lockNow } = useDoorLock(door.deviceId);
  const [proved, setProved] = useState(false);
  const [touched, setTouched] = useState(0);
  const opened = proved || !lock;

  const back = (): void => {
    lockNow();
    onBack();
  };
  useEffect(() => {
    const timer = setTimeout(() => {
      lockNow();
      onBack();
    }, CALLED_AWAY);
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the time begins anew with each touch, and with nothing else
  }, [touched]);

  const zone = roster.event?.sessions[0]?.slot.zone;
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- touching anything in it only gives more time
    <div
      className={styles.setup}
      onPointerDown={() => setTouched((n) => n + 1)}
      onKeyDown={() => setTouched((n) => n + 1)}
    >
      <PageHeader title={t('kiosk.staff')} lead={opened ? door.door : t('kiosk.staff.pin')} />
      {!opened && lock ? <PinForm lock={lock} submit={t('door.lock.continue')} onOpen={() => setProved(true)} /> : null}
      {opened ? (
        <>
          <dl className={styles.facts}>
            <div>
              <dt>{t('door.arrivals.label')}</dt>
              <dd>
                {t('door.arrivals', {
                  arrived: format.number(roster.counts.arrived),
                  expected: format.number(roster.counts.seats),
                })}
              </dd>
            </div>
            <div>
              <dt>{t('door.toSend.label')}</dt>
              <dd>{pending > 0 ? t('door.toSend', { n: pending }) : t('door.toSend.none')}</dd>
            </div>
            <div>
              <dt>{t('door.roster.label')}</dt>
              <dd>{t('door.roster.asOf', { time: asOfText({ format, now: correctedNow(), zone, asOf }) })}</dd>
            </div>
          </dl>
          <Button size="large" icon={muted ? VolumeX : Volume2} onClick={() => onMuted(!muted)}>
            {t(muted ? 'door.sound.off' : 'door.sound.on')}
          </Button>
          <Button
            variant="danger"
            size="large"
            icon={MonitorOff}
            onClick={() => {
              leaveFullScreen();
              setKioskMode(undefined);
            }}
          >
            {t('kiosk.stop')}
          </Button>
        </>
      ) : null}
      <Button variant="primary" size="large" icon={ArrowLeft} onClick={back}>
        {t('kiosk.back')}
      </Button>
    </div>
  );
}
