import { Footprints } from 'lucide-react';
import { useState } from 'react';
import type { Instant } from '#domain/dates.ts';
import { verdictOf } from '#domain/verdict.ts';
import { opensFor } from '#domain/door-rules.ts';
import type { ProgrammeEvent, Subject } from '#domain/programme.ts';
import { slotsOf, subjectsOf } from '#domain/programme.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { Button } from '#client/components/button.tsx';
import { Choice } from '#client/components/forms/choice.tsx';
import { Field, SelectField } from '#client/components/forms/field.tsx';
import { Sheet } from '#client/components/modal.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { correctedNow } from '#client/store/clock.ts';
import { heldSeats } from '#client/store/door-seats.ts';
import styles from './door-sheets.module.css';
import type { GateContext } from './gate-ports.ts';
import { seatsAreCounted } from './gate-ports.ts';
import { SeatsPanel } from './seats-panel.tsx';
import { Stepper } from './stepper.tsx';
import type { WalkInParty } from './use-gate.ts';

/** From this many on a list is shorter than the buttons. */
const IN_SIGHT = 4;
/** Where seats are not counted. */
const CROWD = 50;

interface WalkInSheetProps {
  readonly open: boolean;
  readonly context: GateContext;
  readonly onAdmit: (party: WalkInParty) => void;
  readonly onClose: () => void;
}

/** People who have not registered: how many, for what, and out of which seats. */
export function WalkInSheet({ open, ...rest }: WalkInSheetProps) {
  const t = useT();
  return (
    <Sheet open={open} onClose={rest.onClose} title={t('door.walkIn')}>
      {open ? <WalkInForm {...rest} /> : null}
    </Sheet>
  );
}

function WalkInForm({ context, onAdmit }: Omit<WalkInSheetProps, 'open'>) {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const { event, rules } = context.roster;
  const [count, setCount] = useState(1);
  const [name, setName] = useState('');
  const subjects = event ? openSubjects(event, context, correctedNow()) : [];
  const [chosen, setChosen] = useState<string>();
  const subject = subjects.find((one) => one.id === chosen) ?? subjects[0];
  const subjectId = subject?.id ?? context.eventId;
  const counted = seatsAreCounted(subject);
  const held = heldSeats(context.allotments, subjectId, correctedNow());
  const options = subjects.map((one) => {
    const title = shownIn(one.session?.title ?? event?.title, language).text;
    const hours = one.session ? format.hours(one.session.slot) : '';
    return { value: one.id, label: [hours, title].filter(Boolean).join(' · ') };
  });
  const most = counted ? Math.max(1, held.left) : CROWD;
  return (
    <div className={styles.form}>
      {options.length > 1 && options.length <= IN_SIGHT ? (
        <Choice label={t('door.walkIn.for')} value={subjectId} options={options} onChange={setChosen} />
      ) : null}
      {options.length > IN_SIGHT ? (
        <SelectField label={t('door.walkIn.for')} value={subjectId} options={options} onChange={setChosen} />
      ) : null}
      <Stepper label={t('door.walkIn.count')} most={most} count={Math.min(count, most)} onChange={setCount} />
      <Field
        label={t('door.walkIn.name')}
        mark={t('door.optional')}
        value={name}
        maxLength={200}
        autoComplete="off"
        onChange={(change) => setName(change.target.value)}
      />
      <Button
        variant="primary"
        size="large"
        wide
        icon={Footprints}
        onClick={() =>
          onAdmit({
            subjectId,
            count: Math.min(count, most),
            limited: counted,
            ...(name.trim() === '' ? {} : { name: name.trim() }),
          })
        }
      >
        {t('door.walkIn.admit')}
      </Button>
      {counted ? (
        <SeatsPanel held={held} subjectId={subjectId} wanted={rules.allotment} event={event} />
      ) : (
        <p className={styles.quiet}>{t('door.walkIn.unlimited')}</p>
      )}
    </div>
  );
}

/** What is on today, and what this phone's list opens; everything where nothing is. */
function openSubjects(event: ProgrammeEvent, { list }: GateContext, now: Instant): readonly Subject[] {
  const all = subjectsOf(event).filter((one) => !list || opensFor(list, one.id));
  const open = all.filter((one) => {
    const presented = { ticketId: one.id, eventId: event.id, subjectId: one.id, party: 1 };
    const slots = slotsOf(event, one.id);
    return verdictOf({ presented, eventId: event.id, revoked: false, checkIns: [], slots, now }).verdict === 'admitted';
  });
  return open.length > 0 ? open : all;
}
