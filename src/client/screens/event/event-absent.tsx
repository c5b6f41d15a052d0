import { MapPinOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { RegionCode } from '#domain/programme.ts';
import { shownIn } from '#client/i18n/shown.ts';
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
import type { Whereabouts } from '#client/sync/lookup.ts';
import { lookUpEvent } from '#client/sync/lookup.ts';
import styles from './event-screen.module.css';

interface EventAbsentProps {
  readonly slug: string;
}

/**
 * The device does not hold the event. The server knows which edition it is of, which is then kept and brings it; without a
 * network what is not kept is offered instead.
 */
export function EventAbsent({ slug }: EventAbsentProps) {
  const t = useT();
  const where = useWhereabouts(slug);
  if (where === undefined) return <PageHeader title={t('event.absent.asking')} />;
  if (where.kind === 'unreachable') return <AbsentHere />;
  if (where.kind === 'published') return <Coming editionId={where.editionId} region={where.region} />;
  return (
    <>
      <PageHeader title={t('event.absent.nowhere')} />
      <EmptyState
        icon={MapPinOff}
        text={t('event.absent.nowhere.text')}
        action={
          <LinkButton variant="primary" to="/">
            {t('shell.error.home')}
          </LinkButton>
        }
      />
    </>
  );
}

/** Asked once an address; undefined until there is an answer. */
function useWhereabouts(slug: string): Whereabouts | undefined {
  const [where, setWhere] = useState<Whereabouts>();
  useEffect(() => {
    let left = false;
    void lookUpEvent(slug).then((found) => {
      if (!left) setWhere(found);
    });
    return () => {
      left = true;
    };
  }, [slug]);
  return where;
}

interface ComingProps {
  readonly editionId: string;
  readonly region: RegionCode;
}

/** Who follows an address wants its edition, so it is kept, unless its region is one that the person chose not to keep. */
function Coming({ editionId, region }: ComingProps) {
  const t = useT();
  const language = useLanguage();
  const { editions } = useEditions();
  const [regions] = useSetting('regions');
  const edition = editions.find((one) => one.id === editionId);
  const name = edition ? shownIn(edition.title, language).text : editionId;
  const kept = regions?.[editionId];
  const left = kept !== undefined && !kept.includes(region);
  const unopened = edition?.current === false;
  useEffect(() => {
    if (unopened) void openEdition(editionId);
  }, [unopened, editionId]);
  return (
    <>
      <PageHeader title={t(left ? 'event.absent.title' : 'event.absent.asking')} />
      <p role="status">{t(left ? 'event.absent.region' : 'event.absent.coming', { edition: name })}</p>
      {left ? (
        <Button variant="primary" onClick={() => keepRegions(editionId, [...kept, region])}>
          {t('event.absent.keep')}
        </Button>
      ) : null}
    </>
  );
}

/** Without an answer: it may be of an edition or a region that is not kept, so these are offered. */
function AbsentHere() {
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
                  {t('event.absent.regions', { edition: shownIn(edition.title, language).text })}
                </Button>
              </li>
            ))}
            {others.map((edition) => (
              <li key={edition.id}>
                <Button onClick={() => openEdition(edition.id)}>
                  {t('event.absent.edition', { edition: shownIn(edition.title, language).text })}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  );
}
