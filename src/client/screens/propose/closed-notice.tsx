import type { LocalDate } from '#domain/dates.ts';
import type { Edition } from '#domain/programme.ts';
import type { ProposalContent } from '#domain/proposal.ts';
import { rulesOf } from '#domain/proposal.ts';
import { frozenFields } from '#domain/proposal-rules.ts';
import { Notice } from '#client/components/notice.tsx';
import { useAccount } from '#client/hooks/use-account.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';

interface ClosedNoticeProps {
  readonly edition: Edition;
  readonly content: ProposalContent;
  /** Of an edit. */
  readonly before: ProposalContent | undefined;
  readonly today: LocalDate;
}

/** Until when an edition takes proposals, and what organisers change no more: known before anything is written in vain. */
export function ClosedNotice({ edition, content, before, today }: ClosedNoticeProps) {
  const t = useT();
  const format = useFormat();
  const account = useAccount();
  const rules = rulesOf(edition);
  if (!rules || (account && account.role !== 'organiser')) return null;
  if (!before) {
    if (rules.until === undefined) return null;
    const over = today > rules.until;
    return (
      <Notice tone={over ? 'problem' : 'info'}>
        {t(over ? 'propose.until.over' : 'propose.until', { day: format.day(rules.until, 'full') })}
      </Notice>
    );
  }
  const frozen = frozenFields({ before, content }, rules, today);
  if (frozen.length === 0) return null;
  return (
    <Notice tone="problem" urgent>
      {t('propose.frozen', { fields: format.list(frozen.map((field) => t(`propose.name.${field}`))) })}
    </Notice>
  );
}
