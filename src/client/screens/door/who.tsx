import { MessageSquareText } from 'lucide-react';
import type { CheckIn, RosterEntry } from '#domain/check-in.ts';
import { printedShortCode } from '#domain/ticket.ts';
import { answerLines } from '#client/components/forms/answer-lines.ts';
import { Icon } from '#client/components/icon.tsx';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import type { Translate } from '#client/i18n/i18n.ts';
import type { RosterIndex } from '#client/store/roster-index.ts';
import type { Finding } from './judge.ts';
import { idOf } from './judge.ts';
import styles from './verdict-panel.module.css';

interface WhoProps {
  readonly finding: Finding;
  readonly recorded?: CheckIn | undefined;
  readonly roster: RosterIndex;
  /** What the ticket is for, where the event has several things to register for. */
  readonly session?: { readonly text: string; readonly lang: string } | undefined;
}

/** Name, party, what the person asked the door to know, and what other doors wrote on them. */
export function Who({ finding, recorded, roster, session }: WhoProps) {
  const t = useT();
  const language = useLanguage();
  const { entry, ticket, walkIn, inside } = finding;
  const party = entry?.party ?? ticket?.party ?? recorded?.count;
  const where = session?.text ? (
    <p className={styles.session} lang={session.lang}>
      {session.text}
    </p>
  ) : null;
  if (party === undefined) return where;
  const id = ticket?.ticketId ?? (entry ? idOf(entry) : recorded?.ticketId);
  const name = walkIn ? (walkIn.name ?? t('door.walkIn.nobody')) : entry ? nameOf(entry, t) : codeName(id, t);
  const notes = id === undefined ? [] : roster.notes(id);
  const count = recorded?.count ?? (finding.count > 0 ? finding.count : party);
  return (
    <>
      <p className={styles.name}>
        <span>{name}</span> <span className={styles.party}>{t('door.party', { n: count })}</span>
      </p>
      {inside > 0 && finding.verdict !== 'already_used' && finding.verdict !== 'left' ? (
        <p className={styles.reason}>{t('door.party.inside', { inside, party })}</p>
      ) : null}
      {where}
      {entry?.needs ? <p className={styles.needs}>{entry.needs}</p> : null}
      {entry
        ? answerLines(roster.event?.registrationForm, entry, nameOf(entry, t), { t, language }).map((line) => (
            <p key={line.key} className={styles.needs}>
              {t('answers.line', { label: line.label, value: line.value })}
            </p>
          ))
        : null}
      {notes.map((note) => (
        <p key={note.id} className={styles.note}>
          <Icon of={MessageSquareText} size="1.1em" />
          <span>
            <span className={styles.noteLabel}>{t('door.note.said')}</span> {note.text}
          </span>
        </p>
      ))}
    </>
  );
}

/** Where the organiser hides the names, the code under the ticket stands for one. */
export function nameOf(entry: RosterEntry, t: Translate): string {
  const name = `${entry.firstName} ${entry.lastName}`.trim();
  return name === '' ? codeName(entry.ticketId, t) : name;
}

export function codeName(ticketId: string | undefined, t: Translate): string {
  return ticketId === undefined
    ? t('door.person.hidden')
    : t('door.person.unnamed', { code: printedShortCode(ticketId) });
}

/** Whom a record is about, in a list. */
export function nameOfRecord(record: CheckIn, entry: RosterEntry | undefined, t: Translate): string {
  if (record.walkIn) return record.walkIn.name ?? t('door.walkIn.nobody');
  return entry ? nameOf(entry, t) : codeName(record.ticketId, t);
}
