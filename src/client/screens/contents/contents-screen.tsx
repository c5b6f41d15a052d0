import { FilePen, Plus, TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Article, ContentPage } from '#domain/content.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { Button } from '#client/components/button.tsx';
import { CallNotice } from '#client/components/call-notice.tsx';
import { Notice } from '#client/components/notice.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { StatusPill } from '#client/components/status-pill.tsx';
import { useContent } from '#client/hooks/use-content.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import type { CallFailure } from '#client/platform/session.ts';
import { whoAmI } from '#client/platform/session.ts';
import { newId } from '#client/store/ids.ts';
import type { Edited } from './content-editor.tsx';
import { ContentEditor } from './content-editor.tsx';
import styles from './contents.module.css';

/** `/espace/contenus`: the national team writes the news and the pages that the law asks for. */
export function ContentsScreen() {
  const t = useT();
  const navigate = useNavigate();
  const { pages, articles } = useContent();
  const [access, setAccess] = useState<'asking' | 'allowed' | 'other' | CallFailure['reason']>('asking');
  const [edited, setEdited] = useState<Edited>();
  const [saved, setSaved] = useState<string>();
  useEffect(() => {
    void whoAmI().then((called) => {
      if (called.kind === 'done') setAccess(called.value.role === 'national' ? 'allowed' : 'other');
      else if (called.reason === 'sign_in_required') void navigate('/connexion', { replace: true });
      else setAccess(called.reason);
    });
  }, [navigate]);

  const back = { to: '/espace', label: t('desk.title') };
  if (edited) {
    return (
      <ContentEditor
        key={edited.id}
        edited={edited}
        onClose={(name) => {
          setSaved(name);
          setEdited(undefined);
        }}
      />
    );
  }
  const edit = (next: Edited): void => {
    setSaved(undefined);
    setEdited(next);
  };
  return (
    <div className={styles.page}>
      <PageHeader title={t('content.edit.title')} lead={t('content.edit.lead')} back={back} />
      <div role="status">
        {saved === undefined ? null : <Notice tone="success">{t('content.edit.saved', { name: saved })}</Notice>}
      </div>
      {access === 'other' ? <Notice tone="attention">{t('content.edit.nationalOnly')}</Notice> : null}
      {access !== 'asking' && access !== 'allowed' && access !== 'other' ? <CallNotice reason={access} /> : null}
      {access === 'allowed' ? (
        <>
          <section className={styles.part} aria-labelledby="nouvelles">
            <div className={styles.head}>
              <h2 id="nouvelles">{t('content.news')}</h2>
              <Button icon={Plus} onClick={() => edit({ kind: 'article', id: newId() })}>
                {t('content.edit.write')}
              </Button>
            </div>
            <ul className={styles.list}>
              {articles.map((item) => (
                <Row key={item.id} item={item} onEdit={() => edit({ kind: 'article', id: item.id, item })} />
              ))}
            </ul>
          </section>
          <section className={styles.part} aria-labelledby="pages">
            <h2 id="pages">{t('content.edit.pages')}</h2>
            <ul className={styles.list}>
              {pages.map((item) => (
                <Row
                  key={item.id}
                  item={item}
                  unedited={item.unedited === true}
                  onEdit={() => edit({ kind: 'page', id: item.id, item })}
                />
              ))}
            </ul>
          </section>
        </>
      ) : null}
    </div>
  );
}

interface RowProps {
  readonly item: ContentPage | Article;
  readonly unedited?: boolean;
  readonly onEdit: () => void;
}

function Row({ item, unedited = false, onEdit }: RowProps) {
  const t = useT();
  const format = useFormat();
  const title = shownIn(item.title, useLanguage());
  const day = ('publishedAt' in item ? item.publishedAt : item.updatedAt).slice(0, 10);
  return (
    <li className={styles.row}>
      <div className={styles.what}>
        <span lang={title.lang} className={styles.name}>
          {title.text}
        </span>
        <span className={styles.when}>{format.partOfDate(day)}</span>
        {unedited ? <StatusPill tone="sun" icon={TriangleAlert} text={t('content.edit.gaps')} /> : null}
      </div>
      <Button variant="quiet" icon={FilePen} aria-label={t('content.edit.one', { name: title.text })} onClick={onEdit}>
        {t('content.edit')}
      </Button>
    </li>
  );
}
