import { UserCheck, UserRound, Users } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { CheckIn, RosterEntry } from '#domain/check-in.ts';
import { onList, presenceOf } from '#domain/presence.ts';
import type { ProgrammeEvent, TourStop } from '#domain/programme.ts';
import { slotsOf } from '#domain/programme.ts';
import { slotBounds } from '#domain/dates.ts';
import { shownIn } from '#client/i18n/shown.ts';
import type { TourPlan } from '#domain/tour-plan.ts';
import type { TourState } from '#domain/tour-state.ts';
import { Icon } from '#client/components/icon.tsx';
import { useDoor } from '#client/hooks/use-door.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { checkIn, undoCheckIn } from '#client/store/door-actions.ts';
import type { RosterIndex } from '#client/store/roster-index.ts';
import styles from './walk.module.css';

interface GroupListProps {
  readonly event: ProgrammeEvent;
  readonly plan: TourPlan;
  readonly state: TourState;
}

/** For the guide, whose phone is a door of the event: who registered, who is here, ticked off at each stop, with no network. */
export function GroupList({ event, plan, state }: GroupListProps) {
  const { door, roster } = useDoor();
  const stop = plan.tour.stops.find((one) => one.id === state.stop);
  if (!door || !roster || !stop || door.eventId !== event.id || door.state !== 'ready') return null;
  return <Group event={event} stop={stop} number={plan.tour.stops.indexOf(stop) + 1} state={state} roster={roster} />;
}

interface GroupProps {
  readonly event: ProgrammeEvent;
  readonly stop: TourStop;
  readonly number: number;
  readonly state: TourState;
  readonly roster: RosterIndex;
}

function Group({ event, stop, number, state, roster }: GroupProps) {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const [failed, setFailed] = useState(false);
  /** What was ticked shows at once, while it is still being written down. */
  const [ticked, setTicked] = useState<Readonly<Record<string, boolean>>>({});
  const members = useMemo(
    () => membersOf(event, state, roster).toSorted((a, b) => format.compare(nameOf(a), nameOf(b))),
    [event, state, roster, format],
  );
  const title = shownIn(stop.title, language).text;
  const recordsOf = (member: Member): CheckIn[] =>
    onList(roster.checkIns(member.ticketId), stop.id).filter((record) => record.undoneAt === undefined);
  const seats = members.reduce((sum, one) => sum + one.party, 0);
  const here = members.reduce((sum, one) => sum + presenceOf(recordsOf(one), one.party).inside, 0);

  const keyOf = (member: Member): string => `${stop.id} ${member.registrationId}`;
  // Written down by now.
  const settled = members.find((member) => ticked[keyOf(member)] === recordsOf(member).length > 0);
  if (settled) setTicked(({ [keyOf(settled)]: _, ...rest }) => rest);

  const tick = async (member: Member, present: boolean): Promise<void> => {
    setFailed(false);
    const key = keyOf(member);
    setTicked((now) => ({ ...now, [key]: present }));
    const { ticketId, registrationId, party } = member;
    const facts = {
      eventId: event.id,
      ticketId,
      registrationId,
      count: party,
      door: `${number}. ${title}`.slice(0, 80),
    };
    try {
      if (!present) {
        for (const { id } of recordsOf(member)) await undoCheckIn({ checkInId: id, eventId: event.id });
        return;
      }
      // Whoever joins the walk has arrived at the event as well; the list of the stop counts them there.
      const arrived = presenceOf(onList(roster.checkIns(ticketId), undefined), party).inside > 0;
      if (!arrived) await checkIn(facts);
      await checkIn({ ...facts, listId: stop.id });
    } catch {
      setFailed(true);
      setTicked(({ [key]: _, ...rest }) => rest);
    }
  };

  return (
    <section className={styles.group} aria-labelledby="walk-group">
      <h2 id="walk-group">
        <Icon of={Users} /> {t('walk.group')}
      </h2>
      <p role="status" className={styles.groupCount}>
        {t('walk.group.count', { here, seats, n: number })}
      </p>
      {members.length === 0 ? <p>{t('walk.group.empty')}</p> : null}
      <ul className={styles.members}>
        {members.map((member) => {
          const present = ticked[keyOf(member)] ?? recordsOf(member).length > 0;
          return (
            <li key={member.registrationId}>
              <label className={styles.member}>
                <input
                  type="checkbox"
                  checked={present}
                  onChange={(change) => void tick(member, change.target.checked)}
                />
                <Icon of={present ? UserCheck : UserRound} />
                <span>
                  {nameOf(member)}
                  {member.party > 1 ? ` (${t('walk.group.party', { n: member.party })})` : ''}
                </span>
              </label>
            </li>
          );
        })}
      </ul>
      <p role="alert" className={styles.error} hidden={!failed}>
        {failed ? t('walk.group.failed') : null}
      </p>
    </section>
  );
}

type Member = RosterEntry & { readonly ticketId: string };

/** The confirmed parties of this walk: of its session, where each walk of the programme has its own. */
function membersOf(event: ProgrammeEvent, state: TourState, roster: RosterIndex): Member[] {
  const { plannedStart } = state;
  const ofToday = (entry: RosterEntry): boolean => {
    if (plannedStart === undefined) return true;
    const slots = slotsOf(event, entry.subjectId);
    return entry.subjectId === event.id || slots.some((slot) => slotBounds(slot).from === plannedStart);
  };
  return roster
    .everyone()
    .filter((entry): entry is Member => entry.state === 'confirmed' && entry.ticketId !== undefined)
    .filter(ofToday);
}

function nameOf(entry: RosterEntry): string {
  return `${entry.firstName} ${entry.lastName}`;
}
