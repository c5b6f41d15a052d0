import { CloudOff, Newspaper } from 'lucide-react';
import { Link } from 'react-router';
import type { Article } from '#domain/content.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { EmptyState } from '#client/components/empty-state.tsx';
import { Localized } from '#client/components/localized.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { useContent } from '#client/hooks/use-content.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import styles from './news.module.css';
import { NewsletterSection } from './newsletter-section.tsx';

/** `/actualites`: the news of the programme, the latest first, those of past years under their year. */
export function NewsScreen() {
  const t = useT();
  const { articles, loaded, kept } = useContent();
  return (
    <div className={styles.page}>
      <PageHeader title={t('content.news')} lead={t('content.news.lead')} />
      {loaded && articles.length === 0 ? (
        <EmptyState icon={kept ? Newspaper : CloudOff} text={t(kept ? 'content.news.none' : 'content.notKept')} />
      ) : null}
      <NewsletterSection />
      {byYear(articles).map(([year, those]) => (
        <section key={year} className={styles.year} aria-labelledby={`annee-${year}`}>
          <h2 id={`annee-${year}`}>{year}</h2>
          <ul className={styles.list}>
            {those.map((article) => (
              <ArticleRow key={article.id} article={article} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function byYear(articles: readonly Article[]): [string, Article[]][] {
  const years = new Map<string, Article[]>();
  for (const article of articles) {
    const year = article.publishedAt.slice(0, 4);
    years.set(year, [...(years.get(year) ?? []), article]);
  }
  return [...years];
}

function ArticleRow({ article }: { readonly article: Article }) {
  const format = useFormat();
  const title = shownIn(article.title, useLanguage());
  return (
    <li className={styles.row}>
      <time dateTime={article.publishedAt} className={styles.date}>
        {format.day(article.publishedAt.slice(0, 10), 'weekday')}
      </time>
      <h3 className={styles.title}>
        <Link to={`/actualites/${article.slug}`} lang={title.lang} className={styles.link ?? ''}>
          {title.text}
        </Link>
      </h3>
      {article.summary ? (
        <p className={styles.summary}>
          <Localized prose of={article.summary} />
        </p>
      ) : null}
    </li>
  );
}
