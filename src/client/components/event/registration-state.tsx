import { Ban, CircleCheck, CircleX, Clock, Hourglass, Inbox } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { RegistrationState } from '#domain/registration.ts';
import { refusalReasons } from '#domain/registration.ts';
import { useT } from '#client/i18n/i18n.ts';
import type { Translate } from '#client/i18n/i18n.ts';
import type { Tone } from '../status-pill.tsx';
import { StatusPill } from '../status-pill.tsx';

/** What a person is told of a registration: what the server has not heard of yet comes before what it would be. */
export type RegistrationStage = RegistrationState | 'unsent';

interface Shown {
  readonly state: RegistrationState;
  readonly pending?: 'register' | 'cancel';
  readonly position?: number;
  readonly reason?: string;
  readonly already?: string;
}

export function stageOf({ state, pending }: Shown): RegistrationStage {
  return pending ? 'unsent' : state;
}

const LOOKS: Record<RegistrationStage, { readonly tone: Tone; readonly icon: LucideIcon }> = {
  unsent: { tone: 'sun', icon: Clock },
  requested: { tone: 'river', icon: Inbox },
  confirmed: { tone: 'leaf', icon: CircleCheck },
  waitlisted: { tone: 'sun', icon: Hourglass },
  refused: { tone: 'brick', icon: CircleX },
  cancelled: { tone: 'neutral', icon: Ban },
};

interface RegistrationPillProps {
  readonly stage: RegistrationStage;
  /** The page's own state of a registration, said when it changes; in a list it is a label. */
  readonly status?: boolean;
}

export function RegistrationPill({ stage, status = false }: RegistrationPillProps) {
  const t = useT();
  return <StatusPill {...LOOKS[stage]} text={t(`registration.stage.${stage}`)} status={status} />;
}

/** What the state means for the person and what comes next, in sentences. */
export function nextOf(t: Translate, shown: Shown): string {
  if (shown.pending === 'cancel') return t('registration.next.unsentCancel');
  const stage = stageOf(shown);
  if (stage === 'refused') return shown.already ? t('registration.reason.already_here') : reasonText(t, shown.reason);
  if (stage === 'waitlisted' && shown.position !== undefined) {
    return `${t('registration.next.position', { position: shown.position })} ${t('registration.next.waitlisted')}`;
  }
  return t(`registration.next.${stage}`);
}

/** Why it is refused and what to do, for the reasons that a person can do something about. */
export function reasonText(t: Translate, reason: string | undefined): string {
  const known = refusalReasons.find((one) => one === reason);
  return t(`registration.reason.${known ?? 'other'}`);
}
