import { useState } from 'react';
import { useLocation } from 'react-router';
import { Button, LinkButton } from '#client/components/button.tsx';
import { CallNotice } from '#client/components/call-notice.tsx';
import { Notice } from '#client/components/notice.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { useT } from '#client/i18n/i18n.ts';
import type { NewsletterLink } from '#client/platform/newsletter.ts';
import { followLink, linkIn } from '#client/platform/newsletter.ts';
import type { CallFailure } from '#client/platform/session.ts';
import styles from './newsletter.module.css';

/** `/infolettre`: where the links of its mails lead. One press does it: what opens links by itself, as some mail filters do, does nothing. */
export function NewsletterScreen() {
  const { hash } = useLocation();
  // Another link in the same tab begins anew: what was done of the first is not done of the second.
  return <LinkPage key={hash} link={linkIn(hash)} />;
}

function LinkPage({ link }: { readonly link: NewsletterLink | undefined }) {
  const t = useT();
  const [state, setState] = useState<'asking' | 'busy' | 'done' | CallFailure['reason']>('asking');
  const follow = async (): Promise<void> => {
    if (!link || state === 'busy') return;
    setState('busy');
    const called = await followLink(link);
    setState(called.kind === 'failed' ? called.reason : 'done');
  };
  const news = <LinkButton to="/actualites">{t('newsletter.news')}</LinkButton>;
  const failed = state !== 'asking' && state !== 'busy' && state !== 'done';
  return (
    <div className={styles.page}>
      <PageHeader title={t('newsletter.title')} />
      {link ? null : (
        <>
          <p>{t('newsletter.noLink')}</p>
          <div>{news}</div>
        </>
      )}
      <div role="status">
        {link && state === 'done' ? <Notice tone="success">{t(`newsletter.${link.kind}.done`)}</Notice> : null}
      </div>
      {failed && state === 'code_refused' ? (
        <Notice tone="problem" urgent>
          {t('newsletter.linkRefused')}
        </Notice>
      ) : failed ? (
        <CallNotice reason={state} onRetry={() => void follow()} />
      ) : null}
      {link && state !== 'done' && state !== 'code_refused' ? (
        <>
          <p>{t(`newsletter.${link.kind}.text`)}</p>
          <div>
            <Button variant="primary" size="large" busy={state === 'busy'} onClick={() => void follow()}>
              {t(`newsletter.${link.kind}`)}
            </Button>
          </div>
        </>
      ) : link ? (
        <div>{news}</div>
      ) : null}
    </div>
  );
}
