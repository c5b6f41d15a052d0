import { Link } from 'react-router';
import { shownIn } from '#client/i18n/shown.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import type { ProposalView } from '#client/store/proposals-view.ts';
import styles from './propose.module.css';

/** What was begun and not sent yet, to go on with. */
export function Drafts({ proposals }: { readonly proposals: readonly ProposalView[] }) {
  const t = useT();
  const format = useFormat();
  if (proposals.length === 0) return null;
  return (
    <section className={styles.list} aria-labelledby="propose-drafts">
      <h2 id="propose-drafts" className={styles.small}>
        {t('propose.drafts')}
      </h2>
      <ul className={styles.plain}>
        {proposals.slice(0, 5).map((one) => (
          <li key={one.id}>
            <Link to={`/proposer/${one.id}`}>
              {shownIn(one.content.title, format.language).text || t('propose.untitled')}
            </Link>{' '}
            <span className={styles.quiet}>{format.moment(Date.parse(one.updatedAt))}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
