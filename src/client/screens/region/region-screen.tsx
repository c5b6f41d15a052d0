import { CloudOff, LayoutList, Map as MapIcon, Signpost } from 'lucide-react';
import { useMemo } from 'react';
import { useParams } from 'react-router';
import { areOver } from '#domain/dates.ts';
import type { Region } from '#domain/regions.ts';
import { departmentsOf, regionOf, regionsAndNational } from '#domain/regions.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { LinkButton } from '#client/components/button.tsx';
import { CountLinks } from '#client/components/plots/count-links.tsx';
import { EmptyState } from '#client/components/empty-state.tsx';
import { EventCard } from '#client/components/event/event-card.tsx';
import { FeaturedEvents } from '#client/components/event/featured-events.tsx';
import { FeedLinks } from '#client/components/feed-links.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { useClock } from '#client/hooks/use-clock.ts';
import { useEditions } from '#client/hooks/use-editions.ts';
import { useFeatured } from '#client/hooks/use-featured.ts';
import { useProgramme } from '#client/hooks/use-programme.ts';
import { useSetting } from '#client/hooks/use-setting.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import styles from './region.module.css';

/** Events of a region that its page shows before the way into the programme. */
const SHOWN = 8;

/** `/regions/:code`: a region's part of the programme, to be sent as a link. */
export function RegionScreen() {
  const t = useT();
  const { code } = useParams();
  const region = code === undefined ? undefined : regionOf(code);
  if (region) return <RegionPage region={region} />;
  return (
    <>
      <PageHeader title={t('region.absent.title')} />
      <EmptyState
        icon={Signpost}
        text={t('region.absent.text')}
        action={
          <LinkButton variant="primary" to="/">
            {t('shell.error.home')}
          </LinkButton>
        }
      />
    </>
  );
}

function RegionPage({ region }: { readonly region: Region }) {
  const t = useT();
  const format = useFormat();
  const { language } = format;
  const now = useClock();
  const { current: edition } = useEditions();
  const { cards, state } = useProgramme(edition?.id);
  const [kept] = useSetting('regions');
  const here = useMemo(() => cards.filter((card) => card.region === region.code), [cards, region.code]);
  const coming = useMemo(
    () => here.filter((card) => card.status !== 'cancelled' && !areOver(card.slots, now)).slice(0, SHOWN),
    [here, now],
  );
  const { items, today } = useFeatured(edition?.id, region.code, here);
  const chosen = edition && kept?.[edition.id];
  const left = chosen !== undefined && !chosen.includes(region.code);
  const days = edition?.from && edition.to ? format.days(edition.from, edition.to) : undefined;
  const departments = departmentsOf(region.code).flatMap(({ code, name }) => {
    const count = here.filter((card) => card.department === code).length;
    const to = `/?region=${region.code}&department=${code}`;
    return count > 0 ? [{ to, label: name, said: t('programme.count', { count }) }] : [];
  });
  return (
    <div className={styles.page}>
      <PageHeader
        title={shownIn(region.name, language).text}
        lead={[
          edition && shownIn(edition.title, language).text,
          days,
          state === 'ready' && !left ? t('programme.count', { count: here.length }) : undefined,
        ]
          .filter(Boolean)
          .join(' · ')}
      />
      {left ? (
        <EmptyState
          icon={CloudOff}
          text={t('region.notKept')}
          action={<LinkButton to="/reglages#regions">{t('region.keep')}</LinkButton>}
        />
      ) : null}
      <div className={styles.actions}>
        <LinkButton variant="primary" icon={LayoutList} to={`/?region=${region.code}`}>
          {t('region.programme')}
        </LinkButton>
        <LinkButton icon={MapIcon} to={`/carte?region=${region.code}`}>
          {t('shell.nav.map')}
        </LinkButton>
      </div>
      {left ? null : <FeaturedEvents items={items} now={now} today={today} />}
      {coming.length > 0 ? (
        <section className={styles.part} aria-labelledby="a-venir">
          <h2 id="a-venir">{t('region.coming')}</h2>
          <ul className={styles.list}>
            {coming.map((card) => {
              const slot = card.slots.find((one) => !areOver([one], now));
              return (
                <li key={card.id} className={styles.event}>
                  {slot ? <p className={styles.day}>{format.day(slot.date, 'weekday')}</p> : null}
                  <EventCard card={card} slot={slot} day={slot?.date} />
                </li>
              );
            })}
          </ul>
        </section>
      ) : null}
      {departments.length > 0 ? (
        <section className={styles.part} aria-labelledby="par-departement">
          <h2 id="par-departement">{t('region.departments')}</h2>
          <CountLinks links={departments} />
        </section>
      ) : null}
      {edition ? <FeedLinks editionId={edition.id} region={region.code} /> : null}
      <section className={styles.part} aria-labelledby="autres-regions">
        <h2 id="autres-regions">{t('region.others')}</h2>
        <CountLinks
          links={regionsAndNational.flatMap((one) => {
            const count = cards.filter((card) => card.region === one.code).length;
            const label = shownIn(one.name, language).text;
            return one.code === region.code || count === 0
              ? []
              : [{ to: `/regions/${one.code}`, label, said: t('programme.count', { count }) }];
          })}
        />
      </section>
    </div>
  );
}
