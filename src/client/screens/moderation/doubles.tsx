import { useMemo } from 'react';
import { Link } from 'react-router';
import { likelyDoubles } from '#domain/proposal-duplicates.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { useProgramme } from '#client/hooks/use-programme.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import type { ProposalView } from '#client/store/proposals-view.ts';
import styles from './moderation.module.css';

interface DoublesProps {
  readonly proposal: ProposalView;
  readonly all: readonly ProposalView[];
}

/** What a proposal may be the double of, among those that wait and in the programme. Nothing when there is nothing. */
export function Doubles({ proposal, all }: DoublesProps) {
  const t = useT();
  const format = useFormat();
  const { cards } = useProgramme(proposal.editionId);
  const found = useMemo(() => likelyDoubles(proposal, all, cards), [proposal, all, cards]);
  const entries = [
    ...found.proposals.map(({ id, content }) => ({
      id,
      to: `/moderation/${id}`,
      title: shownIn(content.title, format.language).text,
      slots: (content.sessions ?? []).map((one) => one.slot),
      organiser: content.organisers?.[0]?.name,
      kind: 'moderation.double.proposal',
    })),
    ...found.cards
      .filter((card) => card.id !== proposal.id)
      .map((card) => ({
        id: card.id,
        to: `/evenements/${card.slug}`,
        title: shownIn(card.title, format.language).text,
        slots: card.slots,
        organiser: card.organiser,
        kind: 'moderation.double.event',
      })),
  ];
  if (entries.length === 0) return null;
  return (
    <section className={styles.doubles} aria-labelledby="doublons">
      <h2 id="doublons">{t('moderation.doubles')}</h2>
      <p className={styles.quiet}>{t('moderation.doubles.text')}</p>
      <ul className={styles.plain}>
        {entries.slice(0, 10).map((one) => (
          <li key={one.id}>
            <Link to={one.to}>{one.title || t('moderation.untitled')}</Link>
            <span className={styles.quiet}>
              {[t(one.kind), one.slots.length > 0 ? format.span(one.slots) : '', one.organiser]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
