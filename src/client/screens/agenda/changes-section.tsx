import { BellRing, Check } from 'lucide-react';
import { Link } from 'react-router';
import type { EventChange } from '#domain/changes.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { Button } from '#client/components/button.tsx';
import { Icon } from '#client/components/icon.tsx';
import { Localized } from '#client/components/localized.tsx';
import { useChanges } from '#client/hooks/use-changes.ts';
import type { Format } from '#client/i18n/format.ts';
import { useFormat } from '#client/i18n/format.ts';
import type { Translate } from '#client/i18n/i18n.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import type { FollowedChange } from '#client/store/following.ts';
import styles from './changes-section.module.css';

/** What changed in what the person follows, in words, until they have seen it. */
export function ChangesSection() {
  const t = useT();
  const { changes, seen } = useChanges();
  if (changes.length === 0) return null;
  return (
    <section className={styles.changes} aria-labelledby="agenda-changes">
      <div className={styles.head}>
        <h2 id="agenda-changes" className={styles.title}>
          <Icon of={BellRing} />
          {t('agenda.changes.title')}
        </h2>
        {changes.length > 1 ? (
          <Button variant="quiet" icon={Check} onClick={() => void seen(changes)}>
            {t('agenda.changes.seenAll')}
          </Button>
        ) : null}
      </div>
      <ul className={styles.list}>
        {changes.map((change) => (
          <ChangedEvent key={change.eventId} changed={change} onSeen={() => void seen([change])} />
        ))}
      </ul>
    </section>
  );
}

function ChangedEvent({ changed, onSeen }: { readonly changed: FollowedChange; readonly onSeen: () => void }) {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const title = shownIn(changed.title, language).text;
  return (
    <li className={styles.event}>
      <h3 className={styles.name}>
        {changed.event ? (
          <Link to={`/evenements/${changed.event.slug}`}>
            <Localized of={changed.title} />
          </Link>
        ) : (
          <Localized of={changed.title} />
        )}
      </h3>
      <ul className={styles.what}>
        {changed.changes.map((change) => (
          <li key={`${change.kind} ${'session' in change ? change.session?.id : ''}`}>
            {sentence(change, t, format, language)}
          </li>
        ))}
      </ul>
      <Button icon={Check} aria-label={t('agenda.changes.seen.of', { title })} onClick={onSeen}>
        {t('agenda.changes.seen')}
      </Button>
    </li>
  );
}

/** `Atelier du matin : déplacé de mar. 24 nov., 10:00 à mar. 24 nov., 14:00`. */
function sentence(change: EventChange, t: Translate, format: Format, language: string): string {
  const session = 'session' in change ? shownIn(change.session?.title, language).text : '';
  const said = words(change, t, format);
  return session ? t('agenda.changes.ofSession', { session, what: said }) : said;
}

function words(change: EventChange, t: Translate, format: Format): string {
  switch (change.kind) {
    case 'withdrawn':
      return t('agenda.changes.withdrawn');
    case 'status':
      return t(`agenda.changes.status.${change.to}`);
    case 'time': {
      const sameDay = change.from.date === change.to.date && change.from.start && change.to.start;
      const [from, to] = sameDay
        ? [format.hours(change.from), format.hours(change.to)]
        : [format.slot(change.from), format.slot(change.to)];
      return t('agenda.changes.time', { from, to });
    }
    case 'added':
    case 'removed':
      return t(`agenda.changes.${change.kind}`, { when: format.slot(change.session.slot) });
    case 'place':
    case 'room':
      if (change.to === undefined) return t(`agenda.changes.${change.kind}.gone`, { from: change.from ?? '' });
      return change.from === undefined
        ? t(`agenda.changes.${change.kind}.known`, { to: change.to })
        : t(`agenda.changes.${change.kind}`, { from: change.from, to: change.to });
  }
}
