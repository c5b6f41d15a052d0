import { MapPinOff } from 'lucide-react';
import { textIn } from '#domain/text.ts';
import { Button, LinkButton } from '#client/components/button.tsx';
import { EmptyState } from '#client/components/empty-state.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { useEditions } from '#client/hooks/use-editions.ts';
import { useLive } from '#client/hooks/use-live.ts';
import { useSetting } from '#client/hooks/use-setting.ts';
import { useSyncState } from '#client/hooks/use-sync-state.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { keepRegions, openEdition } from '#client/store/choices.ts';
import { setting } from '#client/store/settings.ts';
import styles from './event-screen.module.css';

/** The device does not hold the event: it may be of an edition or a region that is not kept, so these are offered. */
export function EventAbsent() {
  const t = useT();
  const language = useLanguage();
  const { kind } = useSyncState();
  const { editions } = useEditions();
  const opened = useLive(setting('editions')) ?? [];
  const [regions] = useSetting('regions');
  const others = editions.filter((edition) => !edition.current && !opened.includes(edition.id));
  const narrowed = editions.filter((edition) => regions?.[edition.id]);

  return (
    <>
      <PageHeader title={t('event.absent.title')} />
      <EmptyState
        icon={MapPinOff}
        text={t(kind === 'offline' ? 'event.absent.offline' : 'event.absent.text')}
        action={
          <LinkButton variant="primary" to="/">
            {t('shell.error.home')}
          </LinkButton>
        }
      />
      {others.length + narrowed.length > 0 ? (
        <section className={styles.elsewhere}>
          <h2>{t('event.absent.elsewhere')}</h2>
          <ul className={styles.plain}>
            {narrowed.map((edition) => (
              <li key={edition.id}>
                <Button onClick={() => keepRegions(edition.id, undefined)}>
                  {t('event.absent.regions', { edition: textIn(edition.title, language).text })}
                </Button>
              </li>
            ))}
            {others.map((edition) => (
              <li key={edition.id}>
                <Button onClick={() => openEdition(edition.id)}>
                  {t('event.absent.edition', { edition: textIn(edition.title, language).text })}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  );
}
