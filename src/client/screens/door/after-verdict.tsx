import { ArrowRight, LogIn, LogOut, MessageSquarePlus, Printer, Ticket, Undo2 } from 'lucide-react';
import { useId, useState } from 'react';
import type { CheckIn, UndoReason } from '#domain/check-in.ts';
import { undoReasons } from '#domain/check-in.ts';
import type { Uuid } from '#domain/ids.ts';
import { slotsOf } from '#domain/programme.ts';
import { printedShortCode, shortCodeOf } from '#domain/ticket.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { Button } from '#client/components/button.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import type { BadgeTexts } from '#client/components/paper/badge-face.tsx';
import { Badge } from './badge.tsx';
import { DoorQuestions } from './door-questions.tsx';
import type { GateContext } from './gate-ports.ts';
import styles from './gate-view.module.css';
import { idOf } from './judge.ts';
import { NoteDialog } from './note-dialog.tsx';
import type { Gate, Shown } from './use-gate.ts';
import { entryOf } from './use-gate.ts';
import { codeName, nameOf, nameOfRecord } from './who.tsx';

interface AfterVerdictProps {
  readonly gate: Gate;
  readonly context: GateContext;
  readonly at: (iso: string) => string;
  readonly onNext: () => void;
  /** Opens the seats of this phone. */
  readonly onSeats: (() => void) | undefined;
}

/** What can be done about what is shown: questions, the other way, a badge, a remark, taking it back, and the next guest. */
export function AfterVerdict({ gate, context, at, onNext, onSeats }: AfterVerdictProps) {
  const t = useT();
  const { shown } = gate;
  const { rules } = context.roster;
  const [note, setNote] = useState<{ eventId: Uuid; id: Uuid; name: string }>();
  const [badge, setBadge] = useState<BadgeTexts>();
  const badgeTexts = useBadge(shown, context);
  const noted = whomOf(shown, context, t);
  const finding = shown.kind === 'verdict' ? shown.finding : undefined;
  const recorded = shown.kind === 'verdict' || shown.kind === 'arrival' ? shown.recorded : undefined;
  const asks = recorded && !recorded.exit && rules.questions.length > 0;
  const wantsSeats = finding?.verdict === 'refused_full' || (finding?.verdict === 'requested' && finding.request);
  return (
    <>
      {asks ? (
        <DoorQuestions key={recorded.id} arrival={recorded} questions={rules.questions} onAnswer={gate.answer} />
      ) : null}
      {shown.kind === 'undone' ? <Reasons checkIn={shown.checkIn} onReason={gate.giveReason} /> : null}
      <div className={styles.actions}>
        {finding && rules.countsInside && (finding.verdict === 'already_used' || finding.verdict === 'left') ? (
          <Button size="large" icon={finding.verdict === 'left' ? LogIn : LogOut} onClick={gate.turn}>
            {t(finding.verdict === 'left' ? 'door.turn.in' : 'door.turn.out')}
          </Button>
        ) : null}
        {wantsSeats && onSeats ? (
          <Button size="large" icon={Ticket} onClick={onSeats}>
            {t('door.seats.see')}
          </Button>
        ) : null}
        {rules.badge && badgeTexts ? (
          <Button size="large" icon={Printer} onClick={() => setBadge(badgeTexts)}>
            {t('door.badge.print')}
          </Button>
        ) : null}
        <Undo gate={gate} context={context} at={at} />
        {noted ? (
          <Button size="large" variant="quiet" icon={MessageSquarePlus} onClick={() => setNote(noted)}>
            {t('door.note.add')}
          </Button>
        ) : null}
        {shown.kind === 'idle' ? null : (
          <Button variant="quiet" size="large" icon={ArrowRight} onClick={onNext}>
            {t('door.next')}
          </Button>
        )}
      </div>
      <NoteDialog of={note} onClose={() => setNote(undefined)} />
      {badge && rules.badge ? <Badge layout={rules.badge} texts={badge} onDone={() => setBadge(undefined)} /> : null}
    </>
  );
}

function Reasons({
  checkIn,
  onReason,
}: {
  readonly checkIn: CheckIn;
  readonly onReason: (reason: UndoReason) => void;
}) {
  const t = useT();
  const id = useId();
  if (checkIn.undoneFor) return <p role="status">{t(`door.recent.undone.${checkIn.undoneFor}`)}</p>;
  return (
    <div role="group" aria-labelledby={id} className={styles.reasons}>
      <p id={id} className={styles.reasonsLabel}>
        {t('door.undo.why')}
      </p>
      {undoReasons.map((reason) => (
        <Button key={reason} size="large" onClick={() => onReason(reason)}>
          {t(`door.undo.why.${reason}`)}
        </Button>
      ))}
    </div>
  );
}

/** Says whose arrival it would take back, for it is not always the person in front. */
function Undo({ gate, context, at }: Pick<AfterVerdictProps, 'gate' | 'context' | 'at'>) {
  const t = useT();
  const id = useId();
  const { undoable, shown } = gate;
  if (!undoable) return null;
  const own = shown.kind === 'verdict' && shown.recorded === undoable ? shown.finding.entry : undefined;
  const name = nameOfRecord(undoable, own ?? entryOf(undoable, context), t);
  return (
    <div className={styles.undo}>
      <Button size="large" icon={Undo2} aria-describedby={id} onClick={() => gate.undo()}>
        {t(undoable.exit ? 'door.undo.exit' : 'door.undo')}
      </Button>
      <span id={id} className={styles.undoOf}>
        {t('door.undo.of', { name, time: at(undoable.at) })}
      </span>
    </div>
  );
}

/** Whom a remark would be on. */
function whomOf(
  shown: Shown,
  { eventId }: GateContext,
  t: ReturnType<typeof useT>,
): { eventId: Uuid; id: Uuid; name: string } | undefined {
  if (shown.kind !== 'person' && shown.kind !== 'verdict') return undefined;
  const { entry, ticket, walkIn, verdict, byList } = shown.finding;
  if (walkIn || (verdict === 'wrong_event' && !byList)) return undefined;
  if (entry) return { eventId, id: idOf(entry), name: nameOf(entry, t) };
  return ticket && ticket.eventId === eventId
    ? { eventId, id: ticket.ticketId, name: codeName(ticket.ticketId, t) }
    : undefined;
}

/** The badge of who has come in. Its code is the short one: read from afar, it leads the door to the person and is no ticket. */
function useBadge(shown: Shown, context: GateContext): BadgeTexts | undefined {
  const format = useFormat();
  const language = useLanguage();
  const recorded = shown.kind === 'verdict' || shown.kind === 'arrival' ? shown.recorded : undefined;
  if (!recorded || recorded.exit) return undefined;
  const finding = shown.kind === 'verdict' ? shown.finding : undefined;
  const { event } = context.roster;
  const entry = finding?.entry ?? entryOf(recorded, context);
  const walkIn = finding?.walkIn ?? recorded.walkIn;
  const ticketId = finding?.ticket?.ticketId ?? entry?.ticketId;
  const name = entry ? `${entry.firstName} ${entry.lastName}`.trim() : (walkIn?.name ?? '');
  const subjectId = entry?.subjectId ?? finding?.ticket?.subjectId ?? walkIn?.subjectId;
  const session = event?.sessions.find((one) => one.id === subjectId);
  const title = shownIn(session?.title, language).text;
  const hours = event && subjectId ? slotsOf(event, subjectId).map((slot) => format.hours(slot))[0] : undefined;
  return {
    name,
    first_name: entry?.firstName ?? name.split(' ')[0] ?? '',
    session: [title, title ? hours : ''].filter(Boolean).join(' · '),
    event: shownIn(event?.title, language).text,
    ...(ticketId ? { code: printedShortCode(ticketId), qr: shortCodeOf(ticketId) } : {}),
  };
}
