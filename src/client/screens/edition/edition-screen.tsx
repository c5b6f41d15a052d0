import { CalendarX, LayoutList, Map as MapIcon } from 'lucide-react';
import { useMemo } from 'react';
import { useParams } from 'react-router';
import type { EventCard } from '#domain/event-card.ts';
import type { Edition } from '#domain/programme.ts';
import { regionsAndNational } from '#domain/regions.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { LinkButton } from '#client/components/button.tsx';
import type { CountLink } from '#client/components/plots/count-links.tsx';
import { CountLinks } from '#client/components/plots/count-links.tsx';
import { EmptyState } from '#client/components/empty-state.tsx';
import { FeedLinks } from '#client/components/feed-links.tsx';
import { Notice } from '#client/components/notice.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { RichText } from '#client/components/rich-text.tsx';
import { useClock } from '#client/hooks/use-clock.ts';
import { useEdition } from '#client/hooks/use-edition.ts';
import { useProgramme } from '#client/hooks/use-programme.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import styles from './edition.module.css';

/** `/editions/:id`: an edition by itself, to be sent as a link. */
export function EditionScreen() {
  const t = useT();
  const { id } = useParams();
  const { edition, editions, loaded } = useEdition(id);
  if (edition) return <EditionPage edition={edition} editions={editions} />;
  if (!loaded) return null;
  return (
    <>
      <PageHeader title={t('edition.absent.title')} />
      <EmptyState
        icon={CalendarX}
        text={t(editions.length > 0 ? 'edition.absent.text' : 'edition.absent.notKept')}
        action={
          <LinkButton variant="primary" to="/">
            {t('shell.error.home')}
          </LinkButton>
        }
      />
    </>
  );
}

interface EditionPageProps {
  readonly edition: Edition;
  readonly editions: readonly Edition[];
}

function EditionPage({ edition, editions }: EditionPageProps) {
  const t = useT();
  const format = useFormat();
  const { language } = format;
  const { cards, state } = useProgramme(edition.id);
  const year = new Date(useClock()).getFullYear();
  const title = shownIn(edition.title, language);
  const about = edition.about && shownIn(edition.about, language);
  const others = editions.filter((one) => one.id !== edition.id);
  const days = edition.from && edition.to ? format.days(edition.from, edition.to) : undefined;
  const link = (filter: string): string => {
    const named = edition.current ? filter : `edition=${edition.id}${filter ? `&${filter}` : ''}`;
    return named ? `/?${named}` : '/';
  };
  const regions = useCounts(
    cards,
    (card) => [card.region],
    regionsAndNational.map((one) => ({ code: one.code, label: shownIn(one.name, language).text })),
    (code) => link(`region=${code}`),
  );
  const themes = useCounts(
    cards,
    (card) => card.themes,
    edition.themes.map((one) => ({ code: one.code, label: shownIn(one.label, language).text })),
    (code) => link(`theme=${encodeURIComponent(code)}`),
  );
  const archive = edition.kind === 'archive';
  return (
    <div className={styles.page}>
      <PageHeader
        title={title.text}
        within={t('edition.within')}
        {...(title.lang === language ? {} : { lang: title.lang })}
        lead={[days, state === 'ready' ? t('programme.count', { count: cards.length }) : undefined]
          .filter(Boolean)
          .join(' · ')}
      />
      {archive ? (
        <Notice title={t('edition.archive')}>
          {t('edition.archive.text', { years: Math.max(1, year - edition.year) })}
        </Notice>
      ) : null}
      {about ? <RichText source={about.text} lang={about.lang} /> : null}
      <div className={styles.actions}>
        <LinkButton variant="primary" icon={LayoutList} to={link('')}>
          {t('edition.programme')}
        </LinkButton>
        {edition.current ? (
          <LinkButton icon={MapIcon} to="/carte">
            {t('shell.nav.map')}
          </LinkButton>
        ) : null}
      </div>
      {regions.length > 1 ? (
        <section className={styles.part} aria-labelledby="par-region">
          <h2 id="par-region">{t('edition.regions')}</h2>
          <CountLinks links={regions} />
        </section>
      ) : null}
      {themes.length > 0 ? (
        <section className={styles.part} aria-labelledby="par-theme">
          <h2 id="par-theme">{t('edition.themes')}</h2>
          <CountLinks links={themes} />
        </section>
      ) : null}
      <FeedLinks editionId={edition.id} region="all" />
      {others.length > 0 ? (
        <section className={styles.part} aria-labelledby="autres-editions">
          <h2 id="autres-editions">{t('edition.others')}</h2>
          <CountLinks
            links={others.map((one) => ({
              to: `/editions/${one.id}`,
              label: shownIn(one.title, language).text,
            }))}
          />
        </section>
      ) : null}
    </div>
  );
}

/** How many events each part of a programme has, those that have none left out. */
function useCounts(
  cards: readonly EventCard[],
  codesOf: (card: EventCard) => readonly string[],
  parts: readonly { readonly code: string; readonly label: string }[],
  link: (code: string) => string,
): CountLink[] {
  const t = useT();
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- what is counted is fixed where this is called
  const counts = useMemo(() => countBy(cards, codesOf), [cards]);
  return parts.flatMap(({ code, label }) => {
    const count = counts.get(code) ?? 0;
    return count > 0 ? [{ to: link(code), label, said: t('programme.count', { count }) }] : [];
  });
}

function countBy(cards: readonly EventCard[], codesOf: (card: EventCard) => readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const card of cards) for (const code of codesOf(card)) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
}
