import { useEffect, useRef } from 'react';
import { LinkButton } from '#client/components/button.tsx';
import { Card } from '#client/components/card.tsx';
import { RequestCode } from '#client/components/paper/request-code.tsx';
import { nextOf, RegistrationPill, stageOf } from '#client/components/event/registration-state.tsx';
import { useRequestCode } from '#client/hooks/use-request-code.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import type { RegistrationView } from '#client/store/registrations-view.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { shownIn } from '#client/i18n/shown.ts';
import styles from './registration.module.css';

interface RegistrationStateSectionProps {
  readonly event: ProgrammeEvent;
  readonly registration: RegistrationView;
  /** It was asked for just now: the focus goes to it. */
  readonly fresh: boolean;
}

/** Where a registration stands. It follows by itself as the exchange with the server goes on. */
export function RegistrationStateSection({ event, registration, fresh }: RegistrationStateSectionProps) {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const request = useRequestCode(registration);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (fresh) place.current?.focus();
  }, [fresh]);
  const session = event.sessions.length > 1 ? event.sessions.find((s) => s.id === registration.subjectId) : undefined;
  const title = shownIn(session?.title, language);
  const over = registration.state === 'refused' || (registration.state === 'cancelled' && !registration.pending);
  const confirmed = registration.state === 'confirmed' && !registration.pending;
  return (
    <div ref={place} tabIndex={-1} className={styles.focusable}>
      <Card className={styles.state}>
        <RegistrationPill stage={stageOf(registration)} status />
        <p>{nextOf(t, registration)}</p>
        <p className={styles.muted}>
          {t('registration.for', {
            name: `${registration.firstName} ${registration.lastName}`,
            party: registration.party,
          })}
          {session ? (
            <>
              <br />
              <span lang={title.lang}>{title.text}</span> {format.slot(session.slot)}
            </>
          ) : null}
        </p>
        {request === undefined ? null : <RequestCode text={request} />}
        {registration.already ? (
          <LinkButton variant="primary" to={`/billets/${registration.already}`}>
            {t('registration.already')}
          </LinkButton>
        ) : null}
        <LinkButton variant={confirmed ? 'primary' : 'secondary'} to={`/billets/${registration.id}`}>
          {t(confirmed ? 'registration.ticket' : over ? 'registration.details' : 'registration.follow')}
        </LinkButton>
      </Card>
    </div>
  );
}
