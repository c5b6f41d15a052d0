import { CloudOff } from 'lucide-react';
import { useParams } from 'react-router';
import { yearsOld } from '#domain/content.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { LinkButton } from '#client/components/button.tsx';
import { EmptyState } from '#client/components/empty-state.tsx';
import { Notice } from '#client/components/notice.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { RichText } from '#client/components/rich-text.tsx';
import { useClock } from '#client/hooks/use-clock.ts';
import { useContent } from '#client/hooks/use-content.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import styles from './news.module.css';

/** `/actualites/:slug` */
export function ArticleScreen() {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const now = useClock();
  const { slug } = useParams();
  const { articles, loaded, kept } = useContent();
  const article = articles.find((one) => one.slug === slug);
  const back = { to: '/actualites', label: t('content.news') };
  if (!article) {
    return (
      <>
        <PageHeader title={t('content.news.absent')} back={back} />
        {loaded ? (
          <EmptyState
            icon={CloudOff}
            text={t(kept ? 'content.news.absent.text' : 'content.notKept')}
            action={<LinkButton to="/actualites">{t('content.news')}</LinkButton>}
          />
        ) : null}
      </>
    );
  }
  const title = shownIn(article.title, language);
  const summary = shownIn(article.summary, language);
  const body = shownIn(article.body, language);
  const [published, updated] = [article.publishedAt.slice(0, 10), article.updatedAt.slice(0, 10)];
  const years = yearsOld(article.publishedAt, now);
  const dates = [
    t('content.published', { when: format.partOfDate(published) }),
    ...(updated > published ? [t('content.updated', { when: format.partOfDate(updated) })] : []),
  ];
  return (
    <article className={styles.page}>
      <PageHeader title={title.text} lang={title.lang} back={back} lead={dates.join(' · ')} />
      {years > 0 ? <Notice>{t('content.old', { n: years })}</Notice> : null}
      {summary.text ? (
        <p className={styles.lead} lang={summary.lang}>
          {summary.text}
        </p>
      ) : null}
      <RichText source={body.text} lang={body.lang} level={2} />
    </article>
  );
}
