import {
  Ban,
  CalendarClock,
  CalendarX,
  CircleCheckBig,
  CircleHelp,
  Clock,
  Hourglass,
  MapPinned,
  QrCode as QrIcon,
  ScanLine,
  ShieldX,
  TicketX,
  TriangleAlert,
  Undo2,
  UserCheck,
  UserRoundCheck,
  Users,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { RefObject } from 'react';
import { useEffect } from 'react';
import type { RosterEntry } from '#domain/check-in.ts';
import { slotsOf } from '#domain/programme.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { printedShortCode } from '#domain/ticket.ts';
import { textIn } from '#domain/text.ts';
import { classNames } from '#client/components/class-names.ts';
import { Icon } from '#client/components/icon.tsx';
import { useEventById } from '#client/hooks/use-event.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { correctedNow } from '#client/store/clock.ts';
import type { Finding } from './judge.ts';
import { PartyCount } from './party-count.tsx';
import type { Gate } from './use-gate.ts';
import styles from './verdict-panel.module.css';
import type { ShownVerdict, VerdictTone } from './verdict-text.ts';
import { asOfText, describe, timeText, toneOf } from './verdict-text.ts';

const icons: Readonly<Record<ShownVerdict, LucideIcon>> = {
  admitted: CircleCheckBig,
  already_used: UserRoundCheck,
  unknown: CircleHelp,
  wrong_event: MapPinned,
  revoked: TicketX,
  cancelled: Undo2,
  not_yet: CalendarClock,
  expired: CalendarX,
  waitlisted: Clock,
  requested: Hourglass,
  refused: Ban,
  invalid: ShieldX,
  foreign: QrIcon,
};

interface VerdictPanelProps extends AnswerProps {
  readonly ref: RefObject<HTMLDivElement | null>;
}

interface AnswerProps {
  readonly gate: Gate;
  readonly event: ProgrammeEvent | undefined;
  readonly asOf: number | undefined;
}

/** The door's answer, to be read at arm's length: symbol, word, colour, who, why, and what to do. */
export function VerdictPanel({ ref, gate, event, asOf }: VerdictPanelProps) {
  const t = useT();
  const { shown } = gate;
  // Someone who was going through the names must see what the camera has just read.
  useEffect(() => {
    ref.current?.scrollIntoView({ block: 'nearest' });
  }, [ref, shown]);
  return (
    <div className={styles.place}>
      <div
        ref={ref}
        tabIndex={-1}
        role="status"
        aria-label={t('door.verdict.label')}
        className={classNames(styles.panel, styles[panelTone(gate)])}
        {...(shown.kind === 'verdict' ? { 'data-verdict': shown.finding.verdict } : {})}
      >
        <Answer gate={gate} event={event} asOf={asOf} />
      </div>
      <Count gate={gate} />
    </div>
  );
}

function panelTone({ shown }: Gate): VerdictTone | 'person' | 'idle' {
  switch (shown.kind) {
    case 'verdict':
      return toneOf(shown.finding.verdict);
    case 'failed':
      return 'bad';
    case 'idle':
    case 'undone':
      return 'idle';
    default:
      return 'person';
  }
}

function Answer({ gate, event, asOf }: AnswerProps) {
  const t = useT();
  const format = useFormat();
  const { shown } = gate;
  const context = { t, format, now: correctedNow(), zone: event?.sessions[0]?.slot.zone, asOf };
  switch (shown.kind) {
    case 'idle':
      return <Words icon={ScanLine} word={t('door.verdict.idle')} next={t('door.verdict.idle.hint')} quiet />;
    case 'failed':
      return (
        <Words
          icon={TriangleAlert}
          word={t('door.verdict.failed')}
          reason={t('door.verdict.failed.reason')}
          next={t('door.verdict.failed.next')}
        />
      );
    case 'undone':
      return (
        <Words
          icon={Undo2}
          word={t('door.verdict.undone')}
          next={t('door.verdict.undone.reason', {
            name: shown.entry ? nameOf(shown.entry) : codeName(shown.checkIn.ticketId, t),
          })}
        />
      );
    case 'choose':
      return <Words icon={Users} word={t('door.verdict.choose')} next={t('door.verdict.choose.next')} />;
    case 'person':
      return (
        <Words icon={UserCheck} word={t('door.verdict.person')} next={t('door.verdict.person.next')}>
          <Who finding={shown.finding} />
        </Words>
      );
    case 'verdict': {
      const { finding } = shown;
      const subject = finding.entry?.subjectId ?? finding.ticket?.subjectId;
      return (
        <VerdictWords
          finding={finding}
          context={{ ...context, slots: event && subject ? slotsOf(event, subject) : [] }}
          {...(shown.recorded
            ? { recordedAt: `${timeText(Date.parse(shown.recorded.at), context)} · ${shown.recorded.door}` }
            : {})}
        />
      );
    }
  }
}

interface VerdictWordsProps {
  readonly finding: Finding;
  readonly context: Omit<Parameters<typeof describe>[1], 'otherTitle'>;
  readonly recordedAt?: string;
}

function VerdictWords({ finding, context, recordedAt }: VerdictWordsProps) {
  const { t } = context;
  const language = useLanguage();
  const elsewhere = finding.verdict === 'wrong_event' ? finding.ticket?.eventId : undefined;
  const other = useEventById(elsewhere).event;
  const { word, reason, next } = describe(finding, {
    ...context,
    otherTitle: other ? textIn(other.title, language).text : undefined,
  });
  return (
    <Words
      icon={icons[finding.verdict as ShownVerdict]}
      word={word}
      reason={reason}
      next={finding.verdict === 'admitted' && finding.entry ? undefined : next}
      foot={[recordedAt, t('door.roster.asOf', { time: asOfText(context) })].filter(Boolean).join(' · ')}
    >
      {finding.verdict === 'wrong_event' ? null : <Who finding={finding} />}
    </Words>
  );
}

interface WordsProps {
  readonly icon: LucideIcon;
  readonly word: string;
  readonly reason?: string | undefined;
  readonly next?: string | undefined;
  readonly foot?: string;
  readonly quiet?: boolean;
  readonly children?: React.ReactNode;
}

function Words({ icon, word, reason, next, foot, quiet = false, children }: WordsProps) {
  return (
    <>
      <p className={classNames(styles.word, quiet && styles.quiet)}>
        <Icon of={icon} size="1.15em" />
        <span>{word}</span>
      </p>
      {children}
      {reason ? <p className={styles.reason}>{reason}</p> : null}
      {next ? <p className={styles.next}>{next}</p> : null}
      {foot ? <p className={styles.foot}>{foot}</p> : null}
    </>
  );
}

/** Name, party and what the person asked the door to know. */
function Who({ finding }: { readonly finding: Finding }) {
  const t = useT();
  const { entry, ticket, inside } = finding;
  const party = entry?.party ?? ticket?.party;
  if (party === undefined) return null;
  const name = entry ? nameOf(entry) : ticket ? codeName(ticket.ticketId, t) : '';
  return (
    <>
      <p className={styles.name}>
        <span>{name}</span>{' '}
        <span className={styles.party}>{t('door.party', { n: finding.count > 0 ? finding.count : party })}</span>
      </p>
      {inside > 0 && finding.verdict !== 'already_used' ? (
        <p className={styles.reason}>{t('door.party.inside', { inside, party })}</p>
      ) : null}
      {entry?.needs ? <p className={styles.needs}>{entry.needs}</p> : null}
    </>
  );
}

/** How many of a party come in: before the button for a person who was looked up, after the fact for a scan. */
function Count({ gate }: { readonly gate: Gate }) {
  const { shown } = gate;
  if (shown.kind === 'person') {
    const left = shown.entry.party - shown.finding.inside;
    return left > 1 ? <PartyCount most={left} count={shown.finding.count} onChange={gate.setCount} /> : null;
  }
  if (shown.kind === 'verdict' && shown.recorded) {
    const party = shown.finding.entry?.party ?? shown.finding.ticket?.party ?? 1;
    const left = party - shown.finding.inside;
    return left > 1 ? <PartyCount most={left} count={shown.recorded.count} onChange={gate.correct} /> : null;
  }
  return null;
}

export function nameOf(entry: RosterEntry): string {
  return `${entry.firstName} ${entry.lastName}`;
}

function codeName(ticketId: string, t: ReturnType<typeof useT>): string {
  return t('door.person.unnamed', { code: printedShortCode(ticketId) });
}
