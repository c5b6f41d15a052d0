import { Play } from 'lucide-react';
import { useState } from 'react';
import { shownIn } from '#client/i18n/shown.ts';
import { Button } from '#client/components/button.tsx';
import { Choice } from '#client/components/forms/choice.tsx';
import { Notice } from '#client/components/notice.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { useDoorLock } from '#client/hooks/use-door-lock.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { fillScreen, setKioskMode } from '#client/platform/kiosk-mode.ts';
import { wakeSound } from '#client/platform/sound.ts';
import { correctedNow } from '#client/store/clock.ts';
import { CameraView } from './camera-view.tsx';
import { DoorMenu } from './door-menu.tsx';
import type { KioskProps } from './kiosk-props.ts';
import styles from './kiosk.module.css';
import { LockScreen } from './lock-screen.tsx';
import { NewPin } from './new-pin.tsx';
import { asOfText } from './verdict-text.ts';

/** Staff set the kiosk up: its PIN, its camera, its language. */
export function KioskStart({ door, roster, asOf, pending }: KioskProps) {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const { state, lock } = useDoorLock(door.deviceId);
  const [own, setOwn] = useState(language);
  const [seen, setSeen] = useState(false);
  if (state === 'loading') return <p role="status">{t('door.loading')}</p>;
  if (state === 'locked' && lock) return <LockScreen lock={lock} pending={pending} />;

  const title = shownIn(roster.event?.title, language);
  const zone = roster.event?.sessions[0]?.slot.zone;
  const start = (): void => {
    fillScreen();
    wakeSound();
    setKioskMode({ deviceId: door.deviceId, language: own });
  };
  return (
    <div className={styles.setup}>
      <PageHeader
        title={t('kiosk.start.title')}
        lead={[title.text, door.door].filter(Boolean).join(' · ')}
        actions={<DoorMenu door={door} />}
      />
      <p>{t('kiosk.start.what')}</p>
      <p className={styles.note}>
        {t('door.roster.asOf', { time: asOfText({ format, now: correctedNow(), zone, asOf }) })}
        {pending > 0 ? ` · ${t('door.toSend', { n: pending })}` : ''}
      </p>
      {lock ? (
        <>
          <Choice
            label={t('kiosk.start.language')}
            value={own}
            options={[
              { value: 'fr', label: 'Français', lang: 'fr' },
              { value: 'en', label: 'English', lang: 'en' },
            ]}
            onChange={setOwn}
          />
          <div className={styles.trial}>
            <h2>{t('kiosk.start.camera')}</h2>
            <p className={styles.note}>{t('kiosk.start.camera.how')}</p>
            <CameraView onCode={() => setSeen(true)} />
            <p role="status">{seen ? t('kiosk.start.camera.seen') : ''}</p>
          </div>
          <Notice title={t('kiosk.start.device')}>{t('kiosk.start.device.how')}</Notice>
          <Button variant="primary" size="large" wide icon={Play} onClick={start}>
            {t('kiosk.start')}
          </Button>
        </>
      ) : (
        <>
          <Notice tone="attention">{t('kiosk.start.pin')}</Notice>
          <NewPin deviceId={door.deviceId} asksWhenLeft={false} submit={t('door.lock.set')} onSet={() => undefined} />
        </>
      )}
    </div>
  );
}
