import { Link } from 'react-router';
import type { ProposalState } from '#domain/proposal.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { ProposalPill } from '#client/components/proposal/proposal-pill.tsx';
import { useMyProposals } from '#client/hooks/use-proposals.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import styles from './desk.module.css';

/** What asks something of its author comes first, what is over last. */
const RANK: Record<ProposalState, number> = {
  changes_requested: 0,
  draft: 1,
  submitted: 2,
  approved: 3,
  refused: 4,
  withdrawn: 5,
};
const SHOWN = 20;

/** What the signed-in person has proposed, from what the device holds. */
export function OwnProposals() {
  const t = useT();
  const format = useFormat();
  const proposals = useMyProposals();
  if (!proposals || proposals.length === 0) return null;
  const sorted = proposals.toSorted((a, b) => RANK[a.state] - RANK[b.state]);
  return (
    <section className={styles.group} aria-labelledby="own-proposals">
      <h2 id="own-proposals">{t('desk.proposals')}</h2>
      <ul className={styles.list}>
        {sorted.slice(0, SHOWN).map((one) => {
          const title = shownIn(one.content.title, format.language);
          return (
            <li key={one.id} className={styles.event}>
              <Link to={`/proposer/${one.id}`} className={styles.eventLink ?? ''}>
                <span className={styles.eventTitle} lang={title.lang}>
                  {title.text || t('propose.untitled')}
                </span>
                <span className={styles.eventPlace}>
                  {t(one.eventId ? 'desk.proposals.edit' : 'desk.proposals.new')} ·{' '}
                  {format.moment(Date.parse(one.updatedAt))}
                  {one.pending ? ` · ${t('propose.saved.here')}` : ''}
                </span>
                <span>
                  <ProposalPill proposal={one} />
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
