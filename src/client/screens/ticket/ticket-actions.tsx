import { CalendarPlus, Printer, RotateCcw, Ticket, Trash2, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { Button, LinkButton } from '#client/components/button.tsx';
import { Dialog } from '#client/components/modal.tsx';
import { Notice } from '#client/components/notice.tsx';
import { registrationEntries } from '#client/components/event/calendar-entries.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { saveFile } from '#client/platform/save-file.ts';
import { cancelRegistration, discardRefused, retry } from '#client/store/actions.ts';
import { correctedNow } from '#client/store/clock.ts';
import type { RegistrationView } from '#client/store/registrations-view.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { writeCalendar } from '#interop/icalendar.ts';
import styles from './ticket.module.css';

interface TicketActionsProps {
  readonly registration: RegistrationView;
  readonly event: ProgrammeEvent | undefined;
}

export function TicketActions({ registration, event }: TicketActionsProps) {
  const t = useT();
  const language = useLanguage();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const [failed, setFailed] = useState<'cancel' | 'refused'>();
  const [givenBack, setGivenBack] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const { state, pending, refused, already } = registration;
  const live = (state === 'confirmed' || state === 'waitlisted' || state === 'requested') && pending !== 'cancel';

  // The button goes with the place: whoever has a keyboard goes on from where it stood.
  useEffect(() => {
    const { activeElement } = document;
    if (givenBack && !live && (!activeElement || activeElement === document.body)) place.current?.focus();
  }, [givenBack, live]);

  // Who has no place yet gives none back.
  const held = state === 'confirmed' ? '' : `.${state === 'waitlisted' ? 'waitlisted' : 'requested'}`;

  const attempt = async (what: 'cancel' | 'refused', work: () => Promise<void>): Promise<boolean> => {
    try {
      await work();
      setFailed(undefined);
      return true;
    } catch {
      setFailed(what);
      return false;
    }
  };
  const addToCalendar = (): void => {
    if (!event) return;
    const entries = registrationEntries(event, registration, { t, language, origin: location.origin });
    saveFile(`${event.slug}.ics`, 'text/calendar;charset=utf-8', writeCalendar(entries, correctedNow()));
  };

  return (
    <div ref={place} tabIndex={-1} className={styles.actions}>
      {failed ? (
        <Notice tone="problem" urgent>
          {t(`ticket.${failed}.failed`)}
        </Notice>
      ) : null}
      {live && event && event.sessions.length > 0 ? (
        <Button icon={CalendarPlus} onClick={addToCalendar}>
          {t('ticket.calendar')}
        </Button>
      ) : null}
      {registration.ticket && live ? (
        <Button icon={Printer} onClick={() => print()}>
          {t('ticket.print')}
        </Button>
      ) : null}
      {live ? (
        <Button variant="quiet" icon={X} onClick={() => setAsking(true)}>
          {t('ticket.cancel')}
        </Button>
      ) : null}
      {refused ? (
        <>
          {already ? (
            <LinkButton variant="primary" icon={Ticket} to={`/billets/${already}`}>
              {t('registration.already')}
            </LinkButton>
          ) : (
            <Button
              icon={RotateCcw}
              onClick={() => void attempt('refused', () => retry(refused.replicaId, refused.seq))}
            >
              {t('ticket.refused.retry')}
            </Button>
          )}
          <Button
            variant="quiet"
            icon={Trash2}
            onClick={async () => {
              const done = await attempt('refused', () => discardRefused(refused.replicaId, refused.seq));
              if (done) void navigate('/billets', { replace: true });
            }}
          >
            {t('ticket.refused.discard')}
          </Button>
        </>
      ) : null}
      {state === 'cancelled' && !pending && event ? (
        <LinkButton to={`/evenements/${event.slug}/inscription`}>{t('ticket.register')}</LinkButton>
      ) : null}
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('ticket.cancel.title')}
        actions={
          <>
            <Button onClick={() => setAsking(false)}>{t(`ticket.cancel.keep${held}`)}</Button>
            <Button
              variant="danger"
              onClick={() => {
                setAsking(false);
                setGivenBack(true);
                void attempt('cancel', () => cancelRegistration(registration.id));
              }}
            >
              {t(`ticket.cancel.confirm${held}`)}
            </Button>
          </>
        }
      >
        <p>{t(`ticket.cancel.text${held}`, { party: registration.party })}</p>
      </Dialog>
    </div>
  );
}
