import { CloudOff } from 'lucide-react';
import type { ContentPageId } from '#domain/content.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { LinkButton } from '#client/components/button.tsx';
import { EmptyState } from '#client/components/empty-state.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { RichText } from '#client/components/rich-text.tsx';
import { useContent } from '#client/hooks/use-content.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { useMapSource } from './use-map-source.ts';

interface ContentPageScreenProps {
  readonly id: ContentPageId;
}

/** `/accessibilite`, `/confidentialite`, `/mentions-legales`: what the operator says there, kept on the device like all else. */
export function ContentPageScreen({ id }: ContentPageScreenProps) {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const { pages, loaded, kept } = useContent();
  const source = useMapSource();
  const page = pages.find((one) => one.id === id);
  if (!page) {
    return (
      <>
        <PageHeader title={t(`content.page.${id}`)} />
        {loaded ? <EmptyState icon={CloudOff} text={t(kept ? 'content.page.absent' : 'content.notKept')} /> : null}
      </>
    );
  }
  const title = shownIn(page.title, language);
  const body = shownIn(page.body, language);
  const more = id === 'confidentialite' ? source : '';
  return (
    <article>
      <PageHeader
        title={title.text}
        lang={title.lang}
        lead={t('content.updated', { when: format.partOfDate(page.updatedAt.slice(0, 10)) })}
      />
      <RichText source={`${body.text}${more}`} lang={body.lang} level={2} />
      {id === 'confidentialite' ? <LinkButton to="/mes-donnees">{t('settings.data.own')}</LinkButton> : null}
    </article>
  );
}
