import {
  ArrowRight,
  Ban,
  CalendarClock,
  CalendarX,
  CircleCheckBig,
  CircleHelp,
  Clock,
  DoorClosed,
  Footprints,
  Hourglass,
  LogOut,
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
import { useEffect, useEffectEvent } from 'react';
import type { CheckIn, Verdict } from '#domain/check-in.ts';
import { slotsOf, subjectsOf } from '#domain/programme.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { classNames } from '#client/components/class-names.ts';
import { Icon } from '#client/components/icon.tsx';
import { useEventById } from '#client/hooks/use-event.ts';
import { useSyncState } from '#client/hooks/use-sync-state.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { correctedNow } from '#client/store/clock.ts';
import { heldSeats } from '#client/store/door-seats.ts';
import type { GateContext } from './gate-ports.ts';
import { seatsAreCounted } from './gate-ports.ts';
import type { Finding } from './judge.ts';
import { SettlingStepper, Stepper } from './stepper.tsx';
import type { Gate, Shown } from './use-gate.ts';
import { entryOf } from './use-gate.ts';
import styles from './verdict-panel.module.css';
import type { VerdictContext, VerdictTone } from './verdict-text.ts';
import { asOfText, describe, timeText, toneOf } from './verdict-text.ts';
import { nameOfRecord, Who } from './who.tsx';

const icons: Readonly<Record<Verdict, LucideIcon>> = {
  admitted: CircleCheckBig,
  admitted_walk_in: Footprints,
  left: LogOut,
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
  refused_full: DoorClosed,
  invalid: ShieldX,
  foreign: QrIcon,
};

interface VerdictPanelProps extends AnswerProps {
  readonly ref: RefObject<HTMLDivElement | null>;
  /** It has the whole screen. */
  readonly large: boolean;
}

interface AnswerProps {
  readonly gate: Gate;
  readonly context: GateContext;
  readonly asOf: number | undefined;
}

/** The door's answer, to be read at arm's length: symbol, word, colour, who, why, and what to do. */
export function VerdictPanel({ ref, large, ...answer }: VerdictPanelProps) {
  const t = useT();
  const { shown } = answer.gate;
  // Someone who was going through the names must see what the camera has just read.
  const bring = useEffectEvent(() => {
    if (large) scrollTo({ top: 0 });
    else ref.current?.scrollIntoView({ block: 'nearest' });
  });
  useEffect(() => bring(), [shown]);
  return (
    <div className={styles.place}>
      <div
        ref={ref}
        tabIndex={-1}
        role="status"
        aria-label={t('door.verdict.label')}
        className={classNames(styles.panel, styles[panelTone(shown)], large && styles.large)}
        {...(shown.kind === 'verdict' ? { 'data-verdict': shown.finding.verdict } : {})}
      >
        <Answer {...answer} />
      </div>
      <Count gate={answer.gate} />
    </div>
  );
}

export function panelTone(shown: Shown): VerdictTone | 'person' | 'idle' {
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

function Answer({ gate, context, asOf }: AnswerProps) {
  const t = useT();
  const { shown } = gate;
  const { exit, roster } = context;
  switch (shown.kind) {
    case 'idle':
      return (
        <Words
          icon={exit ? LogOut : ScanLine}
          word={t(exit ? 'door.exit.idle' : 'door.verdict.idle')}
          next={t(exit ? 'door.exit.idle.hint' : 'door.verdict.idle.hint')}
          quiet
        />
      );
    case 'failed':
      return (
        <Words
          icon={TriangleAlert}
          word={t('door.verdict.failed')}
          reason={t('door.verdict.failed.reason')}
          next={t('door.verdict.failed.next')}
        />
      );
    case 'undone': {
      const { checkIn, entry } = shown;
      return (
        <Words
          icon={Undo2}
          word={t(checkIn.exit ? 'door.verdict.undone.exit' : 'door.verdict.undone')}
          next={t('door.verdict.undone.reason', { name: nameOfRecord(checkIn, entry, t) })}
        />
      );
    }
    case 'arrival': {
      const { recorded, entry } = shown;
      const seen = { verdict: 'admitted' as const, count: recorded.count, inside: 0 };
      const who = { ...seen, ...(entry ? { entry } : {}), ...(recorded.walkIn ? { walkIn: recorded.walkIn } : {}) };
      return (
        <Words icon={UserRoundCheck} word={t('door.arrival')}>
          <Who finding={who} recorded={recorded} roster={roster} />
        </Words>
      );
    }
    case 'choose':
      return <Words icon={Users} word={t('door.verdict.choose')} next={t('door.verdict.choose.next')} />;
    case 'person':
      return (
        <Words
          icon={exit ? LogOut : UserCheck}
          word={t(exit ? 'door.exit.person' : 'door.verdict.person')}
          next={t(exit ? 'door.exit.person.next' : 'door.verdict.person.next')}
        >
          <Who finding={shown.finding} roster={roster} />
        </Words>
      );
    case 'verdict':
      return <VerdictWords finding={shown.finding} recorded={shown.recorded} context={context} asOf={asOf} />;
  }
}

interface VerdictWordsProps extends Omit<AnswerProps, 'gate'> {
  readonly finding: Finding;
  readonly recorded: CheckIn | undefined;
}

function VerdictWords({ finding, recorded, context, asOf }: VerdictWordsProps) {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const online = useSyncState().trouble === undefined;
  const { roster, list } = context;
  const { event } = roster;
  const elsewhere = finding.verdict === 'wrong_event' && !finding.byList ? finding.ticket?.eventId : undefined;
  const other = useEventById(elsewhere).event;
  const entry = finding.entry ?? (recorded && entryOf(recorded, context));
  const subjectId = entry?.subjectId ?? finding.ticket?.subjectId ?? finding.walkIn?.subjectId;
  const subjects = event ? subjectsOf(event) : [];
  const subject = subjects.find((one) => one.id === subjectId);
  const session = subjects.length > 1 && subject?.session ? shownIn(subject.session.title, language) : undefined;
  const slots = event && subjectId ? slotsOf(event, subjectId) : [];
  const zone = event?.sessions[0]?.slot.zone;
  const counted = seatsAreCounted(subject) && !(finding.request && subject?.policy.mode === 'approval');
  const verdictContext: VerdictContext = {
    t,
    format,
    now: correctedNow(),
    zone,
    asOf,
    slots,
    list,
    session: session?.text,
    seats: counted && subjectId ? heldSeats(context.allotments, subjectId, correctedNow()).left : undefined,
    online,
    countsInside: roster.rules.countsInside,
    otherTitle: other ? shownIn(other.title, language).text : undefined,
  };
  const { word, reason, next } = describe(finding, verdictContext);
  const when = recorded ? `${timeText(Date.parse(recorded.at), verdictContext)} · ${recorded.door}` : undefined;
  return (
    <Words
      icon={icons[finding.verdict]}
      word={word}
      reason={reason}
      next={next}
      foot={[when, t('door.roster.asOf', { time: asOfText(verdictContext) })].filter(Boolean).join(' · ')}
    >
      {finding.verdict === 'wrong_event' && !finding.byList ? null : (
        <Who finding={finding} recorded={recorded} roster={roster} session={session} />
      )}
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
      {next ? (
        <p className={styles.next}>
          {quiet ? null : <Icon of={ArrowRight} size="1.1em" />}
          <span>{next}</span>
        </p>
      ) : null}
      {foot ? <p className={styles.foot}>{foot}</p> : null}
    </>
  );
}

/** How many of a party come in: before the button for a person who was looked up, after the fact for a scan. */
function Count({ gate }: { readonly gate: Gate }) {
  const t = useT();
  const { shown } = gate;
  if (shown.kind === 'person') {
    const { finding, entry } = shown;
    const leaving = finding.verdict === 'left';
    const most = leaving ? finding.inside : entry.party - finding.inside;
    if (most <= 1) return null;
    return (
      <Stepper
        all
        label={t(leaving ? 'door.party.leave' : 'door.party.how')}
        most={most}
        count={finding.count}
        onChange={gate.setCount}
      />
    );
  }
  if (shown.kind !== 'verdict' || !shown.recorded || shown.finding.request || shown.finding.walkIn) return null;
  const { finding, recorded } = shown;
  const leaving = finding.verdict === 'left';
  const party = finding.entry?.party ?? finding.ticket?.party ?? 1;
  const most = leaving ? finding.inside : party - finding.inside;
  if (most <= 1) return null;
  return (
    <SettlingStepper
      key={recorded.id}
      all
      label={t(leaving ? 'door.party.leave' : 'door.party.how')}
      most={most}
      count={recorded.count}
      onChange={(count) => gate.correct({ finding, recorded }, count)}
    />
  );
}
