import { Clock, CloudUpload, Copy, MapPin, MessageSquare, PencilLine } from 'lucide-react';
import { useId, useMemo } from 'react';
import { Link } from 'react-router';
import { likelyDoubles } from '#domain/proposal-duplicates.ts';
import { regionOf } from '#domain/regions.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { Icon } from '#client/components/icon.tsx';
import { ProposalPill } from '#client/components/proposal/proposal-pill.tsx';
import { StatusPill } from '#client/components/status-pill.tsx';
import { useClock } from '#client/hooks/use-clock.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import type { ProposalView } from '#client/store/proposals-view.ts';
import styles from './moderation.module.css';

interface QueueItemProps {
  readonly proposal: ProposalView;
  readonly others: readonly ProposalView[];
  /** Of one that the reader may decide upon: whether it is chosen for several at once. */
  readonly chosen?: boolean;
  readonly onToggle?: () => void;
}

/** One proposal in the list; all of it leads to it. */
export function QueueItem({ proposal, others, chosen, onToggle }: QueueItemProps) {
  const t = useT();
  const format = useFormat();
  const now = useClock();
  const id = useId();
  const { content, comments, submittedAt, eventId, pending, refusals, state } = proposal;
  const title = shownIn(content.title, format.language);
  const region = content.region ? shownIn(regionOf(content.region)?.name, format.language).text : '';
  const city = content.venues?.find((one) => one.city)?.city;
  const slots = (content.sessions ?? []).map((one) => one.slot).filter((slot) => slot.date);
  const double = useMemo(
    () => state === 'submitted' && likelyDoubles(proposal, others, []).proposals.length > 0,
    [proposal, others, state],
  );
  return (
    <li className={styles.item}>
      {onToggle ? (
        <input
          type="checkbox"
          className={styles.tick}
          checked={chosen ?? false}
          onChange={onToggle}
          aria-labelledby={id}
        />
      ) : null}
      <div className={styles.itemBody}>
        <p className={styles.pills}>
          <ProposalPill proposal={proposal} />
          {eventId ? <StatusPill tone="plum" icon={PencilLine} text={t('moderation.edit')} /> : null}
          {double ? <StatusPill tone="coral" icon={Copy} text={t('moderation.double')} /> : null}
          {pending ? <StatusPill tone="sun" icon={CloudUpload} text={t('moderation.pending')} /> : null}
          {refusals.length > 0 ? <StatusPill tone="brick" icon={Clock} text={t('moderation.notTaken')} /> : null}
        </p>
        <h2 className={styles.itemTitle} id={id}>
          <Link
            to={`/moderation/${proposal.id}`}
            className={styles.itemLink ?? ''}
            {...(title.lang === format.language ? {} : { lang: title.lang })}
          >
            {title.text || t('moderation.untitled')}
          </Link>
        </h2>
        <p className={styles.facts}>
          <span className={styles.fact}>
            <Icon of={MapPin} size="1.05em" />
            {[city, region].filter(Boolean).join(', ') || t('moderation.nowhere')}
          </span>
          {slots.length > 0 ? <span>{format.span(slots)}</span> : null}
          {content.organisers?.[0]?.name ? <span>{content.organisers[0].name}</span> : null}
        </p>
        <p className={styles.quiet}>
          {submittedAt ? (
            <span>{t('moderation.submitted', { when: format.relative(Date.parse(submittedAt), now) })}</span>
          ) : null}
          {comments.length > 0 ? (
            <span className={styles.fact}>
              <Icon of={MessageSquare} size="1.05em" />
              {t('moderation.comments', { n: comments.length })}
            </span>
          ) : null}
        </p>
      </div>
    </li>
  );
}
