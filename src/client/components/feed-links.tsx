import { CalendarPlus } from 'lucide-react';
import { useT } from '#client/i18n/i18n.ts';
import { LinkButton } from './button.tsx';
import styles from './feed-links.module.css';

/** Feeds for programs, by how they end. */
const FEEDS = ['ics', 'json', 'xml', 'geojson'] as const;

interface FeedLinksProps {
  readonly editionId: string;
  /** INSEE code, `FR`, or `all` for the whole edition. */
  readonly region: string;
}

/** A programme to subscribe to: in a calendar by one tap, in other programs by an address that stays. */
export function FeedLinks({ editionId, region }: FeedLinksProps) {
  const t = useT();
  const path = `/feeds/${editionId}/${region}`;
  const calendar = `${location.host}${path}.ics`;
  return (
    <section className={styles.feeds} id="abonnement" aria-labelledby="abonnement-titre">
      <h2 id="abonnement-titre">{t('feeds.title')}</h2>
      <p>{t('feeds.lead')}</p>
      <LinkButton icon={CalendarPlus} href={`webcal://${calendar}`}>
        {t('feeds.calendar')}
      </LinkButton>
      <ul className={styles.list}>
        {FEEDS.map((ending) => (
          <li key={ending}>
            <a href={`${path}.${ending}`}>{t(`feeds.${ending}`)}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}
