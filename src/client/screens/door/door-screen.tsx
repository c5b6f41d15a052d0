import { useEffect, useState } from 'react';
import { useLocation } from 'react-router';
import { shownIn } from '#client/i18n/shown.ts';
import { PageHeader } from '#client/components/page-header.tsx';
import { noteFirstPaint } from '#client/hooks/first-paint.ts';
import { useDoorLock } from '#client/hooks/use-door-lock.ts';
import { useDoor } from '#client/hooks/use-door.ts';
import { useKioskMode } from '#client/hooks/use-kiosk-mode.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { setKioskMode } from '#client/platform/kiosk-mode.ts';
import { EnrolIntro, EnrolNames } from './enrol-forms.tsx';
import { EnrolSteps } from './enrol-steps.tsx';
import { forgetCode, keepCode, takeCodeFromAddress } from './enrolment-link.ts';
import { GateView } from './gate-view.tsx';
import { GoneNotice } from './gone-notice.tsx';
import { KioskView } from './kiosk-view.tsx';
import { LockScreen } from './lock-screen.tsx';
import { useEnrolment } from './use-enrolment.ts';

/** `/emargement`: enrols the phone, then is its door. */
export function DoorScreen() {
  const t = useT();
  const language = useLanguage();
  const { hash } = useLocation();
  const view = useDoor();
  const { door, roster, allotments, asOf, pending } = view;
  const [taken, setTaken] = useState(takeCodeFromAddress);
  const enrolment = useEnrolment(door);
  const lock = useDoorLock(door?.deviceId);
  const kiosk = useKioskMode();

  const settled = view.loaded && lock.state !== 'loading';
  useEffect(() => {
    if (settled) noteFirstPaint();
  }, [settled]);

  // The kiosk that this device was is another door by now, or none.
  const ended = view.loaded && kiosk !== undefined && !(door?.deviceId === kiosk.deviceId && door.state === 'ready');
  useEffect(() => {
    if (ended) setKioskMode(undefined);
  }, [ended]);

  // A link opened while the page is already there changes the fragment alone.
  useEffect(() => {
    if (hash) setTaken(takeCodeFromAddress());
  }, [hash]);

  if (!view.loaded)
    return (
      <>
        <PageHeader title={t('door.title')} />
        <p role="status">{t('door.loading')}</p>
      </>
    );

  const code = taken.kind === 'code' ? taken.code : undefined;
  const drop = (): void => {
    forgetCode();
    setTaken({ kind: 'none' });
  };
  const underWay = enrolment.phase.kind !== 'idle' || door?.state === 'enrolling' || door?.state === 'loading';
  if (code && !underWay) {
    const held = door?.state === 'ready' && roster?.event ? shownIn(roster.event.title, language).text : undefined;
    return (
      <EnrolNames
        held={held}
        onCancel={drop}
        onStart={(names) => {
          enrolment.start(code, names, drop);
        }}
      />
    );
  }
  if (underWay)
    return (
      <EnrolSteps
        enrolment={enrolment}
        view={view}
        onOpen={() => {
          drop();
          enrolment.finish();
        }}
      />
    );
  if (door?.state === 'ready' && roster && door.eventId) {
    const place = { door: { ...door, eventId: door.eventId }, roster, allotments, asOf, pending };
    // A kiosk asks for its PIN when somebody wants to leave it.
    if (door.profile === 'kiosk') return <KioskView key={door.deviceId} {...place} />;
    if (lock.state === 'locked' && lock.lock) return <LockScreen lock={lock.lock} pending={pending} />;
    return lock.state === 'open' ? <GateView key={door.deviceId} {...place} /> : null;
  }
  return (
    <EnrolIntro
      bad={taken.kind === 'bad'}
      refused={enrolment.refused}
      onCode={(next) => {
        keepCode(next);
        setTaken({ kind: 'code', code: next });
      }}
    >
      {door ? <GoneNotice door={door} /> : null}
    </EnrolIntro>
  );
}
