import { useMemo, useState } from 'react';
import { daysOf } from '#domain/dates.ts';
import type { SheetPerson } from '#protocol/desk.ts';
import { Notice } from '#client/components/notice.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import type { EnteredLine } from '#client/components/paper/paper-entry.tsx';
import { PaperEntry } from '#client/components/paper/paper-entry.tsx';
import { useT } from '#client/i18n/i18n.ts';
import { correctedNow } from '#client/store/clock.ts';
import { checkInFromPaper, undoCheckIn } from '#client/store/door-actions.ts';
import { newId } from '#client/store/ids.ts';
import styles from './paper.module.css';
import type { PaperDoor } from './use-paper-door.ts';
import { personOf, usePaperDoor } from './use-paper-door.ts';

/** `/emargement/saisie`: a signed list typed in at this phone, with no network. */
export function DoorPaperScreen() {
  const t = useT();
  const place = usePaperDoor();
  return (
    <div className={styles.page}>
      <PageHeader title={t('paper.title')} back={{ to: '/emargement', label: t('door.back') }} lead={t('paper.what')} />
      {place === 'loading' ? <p role="status">{t('door.loading')}</p> : null}
      {place === 'none' ? <Notice>{t('door.paper.none')}</Notice> : null}
      {typeof place === 'string' ? null : <Entry place={place} />}
    </div>
  );
}

/** Lines that stay in sight. */
const SHOWN = 100;

function Entry({ place }: { readonly place: PaperDoor }) {
  const t = useT();
  const { door, roster, list } = place;
  const paper = t('paper.door');
  /** What was typed in and not recorded. */
  const [notes, setNotes] = useState<readonly EnteredLine[]>([]);
  const [failed, setFailed] = useState(false);
  const slots = roster.event?.sessions.map((session) => session.slot) ?? [];

  const find = useMemo(
    () =>
      (text: string, limit: number): SheetPerson[] => {
        const code = text.toUpperCase().replaceAll(/[\s-]/g, '');
        const found = [...(code.length === 8 ? roster.byShortCode(code) : []), ...roster.search(text, limit)];
        return [...new Map(found.map((one) => [one.registrationId, personOf(one, roster, list)])).values()];
      },
    [roster, list],
  );
  const recorded: EnteredLine[] = roster
    .latest(SHOWN, (record) => record.deviceId === door.deviceId && record.door === paper && record.listId === list?.id)
    .map((record) => {
      const entry = roster.byTicket(record.ticketId) ?? roster.byRegistration(record.registrationId ?? record.ticketId);
      return {
        checkInId: record.id,
        name: entry ? personOf(entry, roster, list).code : '',
        ...(entry && (entry.firstName || entry.lastName)
          ? { name: `${entry.firstName} ${entry.lastName}`.trim() }
          : {}),
        count: record.count,
        at: record.at,
        state: record.undoneAt === undefined ? 'recorded' : 'taken_back',
      };
    });

  const enter = (person: SheetPerson, count: number, at: string): void => {
    const { ticketId, registrationId, party } = person;
    const entry = roster.byRegistration(registrationId);
    const admits = entry?.state === 'confirmed' || (entry?.state === 'requested' && roster.rules.admitsRequested);
    const left = party - roster.presence(ticketId, party, list?.id).inside;
    const state = !admits ? 'not_admitted' : left <= 0 ? 'already' : undefined;
    setFailed(false);
    if (state) {
      const name = `${person.firstName} ${person.lastName}`.trim() || person.code;
      setNotes((before) => [{ checkInId: newId(), name, count, at, state }, ...before]);
      return;
    }
    checkInFromPaper({
      eventId: door.eventId,
      ticketId,
      registrationId,
      count: Math.min(count, left),
      at,
      door: paper,
      ...(list ? { listId: list.id } : {}),
    }).catch(() => setFailed(true));
  };
  return (
    <>
      {failed ? (
        <Notice tone="problem" urgent title={t('door.verdict.failed')}>
          {t('door.verdict.failed.reason')}
        </Notice>
      ) : null}
      <PaperEntry
        days={daysOf(slots)}
        zone={slots[0]?.zone ?? 'Europe/Paris'}
        start={slots[0]?.start ?? '09:00'}
        find={find}
        entered={[...notes, ...recorded]}
        onEnter={enter}
        onTakeBack={({ checkInId }) => {
          undoCheckIn({ checkInId, eventId: door.eventId, reason: 'mistake' }).catch(() => setFailed(true));
        }}
        now={correctedNow}
      />
    </>
  );
}
