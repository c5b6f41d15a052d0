import { ArrowRight, Languages, LockKeyhole, LogIn, LogOut } from 'lucide-react';
import type { FormEvent } from 'react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { shownIn } from '#client/i18n/shown.ts';
import { Button } from '#client/components/button.tsx';
import { Choice } from '#client/components/forms/choice.tsx';
import { Field } from '#client/components/forms/field.tsx';
import { usePageTitle } from '#client/components/page-title.ts';
import { useTicketKeys } from '#client/hooks/use-door.ts';
import { changeLanguage, useLanguage, useT } from '#client/i18n/i18n.ts';
import type { KioskMode } from '#client/platform/kiosk-mode.ts';
import { fillScreen, holdPage } from '#client/platform/kiosk-mode.ts';
import { play, wakeSound } from '#client/platform/sound.ts';
import { keepAwake } from '#client/platform/wake-lock.ts';
import type { CameraHandle } from './camera-view.tsx';
import { CameraView } from './camera-view.tsx';
import type { GateContext } from './gate-ports.ts';
import { KioskAnswer } from './kiosk-answer.tsx';
import { KioskStaff } from './kiosk-staff.tsx';
import type { KioskProps } from './kiosk-props.ts';
import styles from './kiosk.module.css';
import { useMuted } from './use-muted.ts';
import type { Shown } from './use-gate.ts';
import { useGate } from './use-gate.ts';
import { toneOf } from './verdict-text.ts';

interface KioskRunningProps extends KioskProps {
  readonly mode: KioskMode;
}

/** Milliseconds without a touch after which the next person finds the kiosk as it was set up. */
const FORGOTTEN = 30_000;

/** The kiosk at work: a code is shown or typed, one answer, and then the next person. */
export function KioskRunning({ door, roster, allotments, asOf, pending, mode }: KioskRunningProps) {
  const t = useT();
  const language = useLanguage();
  const keys = useTicketKeys();
  const [muted, setMuted] = useMuted();
  const [staff, setStaff] = useState(false);
  const [exit, setExit] = useState(false);
  const [code, setCode] = useState('');
  const camera = useRef<CameraHandle>(null);
  const { rules, event } = roster;
  const { deviceId, door: name, eventId, profile, listId } = door;
  const leaves = rules.countsInside && exit;
  const context = useMemo<GateContext>(
    () => ({
      deviceId,
      door: name,
      eventId,
      profile,
      roster,
      keys,
      list: rules.lists.find((one) => one.id === listId),
      exit: leaves,
      allotments,
    }),
    [deviceId, name, eventId, profile, listId, rules, roster, keys, leaves, allotments],
  );
  const onShown = (next: Shown): void => {
    if (muted) return;
    if (next.kind === 'verdict') {
      const tone = toneOf(next.finding.verdict);
      play(tone === 'leaving' ? 'good' : tone);
    } else if (next.kind === 'failed') play('bad');
  };
  const gate = useGate(context, onShown);
  const { shown, read, record, next } = gate;
  usePageTitle(t('kiosk.title'));

  useEffect(() => keepAwake(), []);
  useEffect(() => holdPage(), []);
  useEffect(() => {
    // A touch lets the page sound, and brings it back to the whole screen that somebody has left.
    const onTouch = (): void => {
      wakeSound();
      fillScreen();
    };
    const onMenu = (event: Event): void => event.preventDefault();
    document.addEventListener('pointerdown', onTouch);
    document.addEventListener('contextmenu', onMenu);
    return () => {
      document.removeEventListener('pointerdown', onTouch);
      document.removeEventListener('contextmenu', onMenu);
    };
  }, []);

  // Whoever types a code has it: there is no list to compare a name with, and nobody to press a button.
  useEffect(() => {
    if (shown.kind === 'person') record();
  }, [shown, record]);

  const own = mode.language;
  const forget = useCallback(() => {
    camera.current?.again();
    setCode('');
    setExit(false);
    next();
    changeLanguage(own).catch(() => undefined);
  }, [next, own]);

  // Who walked away before showing anything leaves neither a language nor half a code behind.
  const idle = shown.kind === 'idle';
  const changed = code !== '' || exit || language !== own;
  useEffect(() => {
    if (!idle || !changed || staff) return undefined;
    const timer = setTimeout(forget, FORGOTTEN);
    return () => clearTimeout(timer);
  }, [idle, changed, staff, code, exit, language, forget]);

  const onCode = useCallback(
    (text: string) => {
      void read(text, 'camera');
      setCode('');
    },
    [read],
  );
  const submit = (submitted: FormEvent): void => {
    submitted.preventDefault();
    if (code.trim() === '') return;
    void read(code, 'hand');
    setCode('');
  };

  if (staff)
    return (
      <KioskStaff
        door={door}
        roster={roster}
        asOf={asOf}
        pending={pending}
        muted={muted}
        onMuted={setMuted}
        onBack={() => setStaff(false)}
      />
    );
  const title = shownIn(event?.title, language);
  const other = language === 'fr' ? 'en' : 'fr';
  return (
    <div className={styles.kiosk}>
      <header className={styles.head}>
        <h1 className={styles.title} lang={title.lang}>
          {title.text}
        </h1>
        <Button
          size="large"
          icon={Languages}
          lang={other}
          onClick={() => void changeLanguage(other).catch(() => undefined)}
        >
          {other === 'en' ? 'English' : 'Français'}
        </Button>
      </header>
      {rules.countsInside ? (
        <Choice
          label={t('kiosk.way')}
          value={exit ? 'exit' : 'enter'}
          options={[
            { value: 'enter', label: t('kiosk.way.enter') },
            { value: 'exit', label: t('kiosk.way.exit') },
          ]}
          onChange={(way) => setExit(way === 'exit')}
        />
      ) : null}
      <div className={styles.camera}>
        <CameraView alone onCode={onCode} handle={camera} />
      </div>
      <div className={styles.ask}>
        <p className={styles.how}>{t(leaves ? 'kiosk.how.exit' : 'kiosk.how')}</p>
        <form className={styles.typed} onSubmit={submit}>
          <Field
            label={t('door.code.label')}
            hint={t('door.code.hint')}
            value={code}
            placeholder="K7PM-3QXD"
            autoComplete="off"
            autoCorrect="off"
            autoCapitalize="characters"
            spellCheck={false}
            enterKeyHint="go"
            maxLength={400}
            onChange={(typed) => setCode(typed.target.value)}
          />
          <Button type="submit" variant="primary" size="large" icon={leaves ? LogOut : LogIn}>
            {t(leaves ? 'kiosk.go.exit' : 'kiosk.go')}
          </Button>
        </form>
      </div>
      <KioskAnswer gate={gate} context={context} onDone={forget} />
      <footer className={styles.foot}>
        <Button variant="quiet" icon={LockKeyhole} onClick={() => setStaff(true)}>
          {t('kiosk.staff')}
        </Button>
        {idle ? null : (
          <Button variant="quiet" icon={ArrowRight} onClick={forget}>
            {t('kiosk.next')}
          </Button>
        )}
      </footer>
    </div>
  );
}
