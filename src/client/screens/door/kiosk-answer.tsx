import { ArrowRight, CircleAlert, CircleCheckBig, DoorOpen, Hand } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Verdict } from '#domain/check-in.ts';
import { Button } from '#client/components/button.tsx';
import { classNames } from '#client/components/class-names.ts';
import { Icon } from '#client/components/icon.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { DoorQuestions } from './door-questions.tsx';
import type { GateContext } from './gate-ports.ts';
import styles from './kiosk.module.css';
import { SettlingStepper } from './stepper.tsx';
import type { Gate, Shown } from './use-gate.ts';
import type { VerdictTone } from './verdict-text.ts';
import { toneOf } from './verdict-text.ts';

interface KioskAnswerProps {
  readonly gate: Gate;
  readonly context: GateContext;
  /** The person has read it, or has gone. */
  readonly onDone: () => void;
}

/** Milliseconds that an answer stays: long enough to read it aloud, longer where there is something to choose or to answer. */
const WELCOME = 6000;
const CHOICE = 15_000;
const HELP = 10_000;
const QUESTIONS = 60_000;

const looks: Readonly<Record<VerdictTone, LucideIcon>> = {
  good: CircleCheckBig,
  leaving: DoorOpen,
  attention: Hand,
  bad: CircleAlert,
};

/** One answer for one person, over the whole screen, which goes by itself. It names nobody but the person themselves. */
export function KioskAnswer({ gate, context, onDone }: KioskAnswerProps) {
  const t = useT();
  const { shown } = gate;
  const open = shown.kind === 'verdict' || shown.kind === 'failed' || shown.kind === 'choose';
  const tone = shown.kind === 'verdict' ? toneOf(shown.finding.verdict) : shown.kind === 'failed' ? 'bad' : 'attention';
  const stays = open ? timeOf(shown, context) : 0;
  const panel = useRef<HTMLDivElement>(null);
  const [touched, setTouched] = useState(0);

  useEffect(() => {
    if (!open) return undefined;
    const timer = setTimeout(onDone, stays);
    return () => clearTimeout(timer);
  }, [open, shown, stays, touched, onDone]);
  useEffect(() => {
    if (open) panel.current?.focus({ preventScroll: true });
  }, [open]);

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- touching anything in it only gives more time
    <div
      className={classNames(styles.answer, open && styles.open, open && styles[tone])}
      onPointerDown={() => setTouched((n) => n + 1)}
      onKeyDown={() => setTouched((n) => n + 1)}
    >
      <div
        ref={panel}
        tabIndex={-1}
        role="status"
        aria-label={t('door.verdict.label')}
        className={styles.words}
        {...(shown.kind === 'verdict' ? { 'data-verdict': shown.finding.verdict } : {})}
      >
        {open ? (
          <>
            <Icon of={looks[tone]} size="4.5rem" />
            <Words shown={shown} context={context} />
          </>
        ) : null}
      </div>
      {open ? (
        <>
          <Choices gate={gate} context={context} />
          <Button size="large" variant="primary" icon={ArrowRight} onClick={onDone}>
            {t(tone === 'good' || tone === 'leaving' ? 'kiosk.done' : 'kiosk.understood')}
          </Button>
        </>
      ) : null}
    </div>
  );
}

function Words({ shown, context }: { readonly shown: Shown; readonly context: GateContext }) {
  const t = useT();
  const format = useFormat();
  if (shown.kind !== 'verdict')
    return (
      <>
        <p className={styles.word}>{t('kiosk.failed')}</p>
        <p className={styles.next}>{t('kiosk.help')}</p>
      </>
    );
  const { finding, recorded } = shown;
  const { verdict, entry } = finding;
  const came = verdict === 'admitted' || verdict === 'admitted_walk_in' || verdict === 'left';
  const first = came && !context.roster.rules.hiddenNames ? entry?.firstName : undefined;
  const zone = context.roster.event?.sessions[0]?.slot.zone;
  const key = `kiosk.verdict.${verdict satisfies Verdict}`;
  const earlier = verdict === 'already_used' && finding.previous ? Date.parse(finding.previous.at) : undefined;
  return (
    <>
      <p className={styles.word}>{first ? t(`${key}.named`, { name: first }) : t(key)}</p>
      {came && recorded ? <p className={styles.party}>{t('door.party', { n: recorded.count })}</p> : null}
      <p className={styles.next}>
        {earlier === undefined ? t(`${key}.next`) : t(`${key}.at`, { time: format.clock(earlier, zone) })}
      </p>
    </>
  );
}

/** How many of the party are here, and what the organiser asks. */
function Choices({ gate, context }: Pick<KioskAnswerProps, 'gate' | 'context'>) {
  const t = useT();
  const { shown } = gate;
  if (shown.kind !== 'verdict' || !shown.recorded || shown.finding.walkIn) return null;
  const { finding, recorded } = shown;
  const most = partyLeft(shown);
  const { questions } = context.roster.rules;
  return (
    <div className={styles.choices}>
      {most > 1 && !finding.request ? (
        <SettlingStepper
          key={recorded.id}
          all
          label={t('kiosk.party')}
          most={most}
          count={recorded.count}
          onChange={(count) => gate.correct({ finding, recorded }, count)}
        />
      ) : null}
      {questions.length > 0 && finding.verdict !== 'left' ? (
        <DoorQuestions key={`q ${recorded.id}`} arrival={recorded} questions={questions} onAnswer={gate.answer} />
      ) : null}
    </div>
  );
}

function partyLeft(shown: Extract<Shown, { kind: 'verdict' }>): number {
  const { entry, ticket, inside, verdict } = shown.finding;
  return verdict === 'left' ? inside : (entry?.party ?? ticket?.party ?? 1) - inside;
}

function timeOf(shown: Shown, context: GateContext): number {
  if (shown.kind !== 'verdict' || !shown.recorded) return HELP;
  if (context.roster.rules.questions.length > 0 && shown.finding.verdict !== 'left') return QUESTIONS;
  return partyLeft(shown) > 1 ? CHOICE : WELCOME;
}
