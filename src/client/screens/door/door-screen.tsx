import { useEffect, useState } from 'react';
import { useLocation } from 'react-router';
import { textIn } from '#domain/text.ts';
import { PageHeader } from '#client/components/page-header.tsx';
import { useDoor } from '#client/hooks/use-door.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { EnrolIntro, EnrolNames } from './enrol-forms.tsx';
import { EnrolSteps } from './enrol-steps.tsx';
import { forgetCode, keepCode, takeCodeFromAddress } from './enrolment-link.ts';
import { GateView } from './gate-view.tsx';
import { GoneNotice } from './gone-notice.tsx';
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
    const held = door?.state === 'ready' && roster?.event ? textIn(roster.event.title, language).text : undefined;
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
  if (door?.state === 'ready' && roster && door.eventId)
    return (
      <GateView
        key={door.deviceId}
        door={{ ...door, eventId: door.eventId }}
        roster={roster}
        allotments={allotments}
        asOf={asOf}
        pending={pending}
      />
    );
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
