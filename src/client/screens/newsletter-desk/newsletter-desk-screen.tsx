import { FilePen, MailCheck, Plus, SendHorizontal } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { shownIn } from '#client/i18n/shown.ts';
import type { NewsletterIssue } from '#protocol/newsletter.ts';
import { Button } from '#client/components/button.tsx';
import { CallNotice } from '#client/components/call-notice.tsx';
import { EmptyState } from '#client/components/empty-state.tsx';
import { Notice } from '#client/components/notice.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { Progress } from '#client/components/progress.tsx';
import { StatusPill } from '#client/components/status-pill.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { readNewsletterDesk } from '#client/platform/newsletter.ts';
import type { CallFailure } from '#client/platform/session.ts';
import { newId } from '#client/store/ids.ts';
import { IssueEditor } from './issue-editor.tsx';
import styles from './newsletter-desk.module.css';

type Desk = Extract<Awaited<ReturnType<typeof readNewsletterDesk>>, { kind: 'done' }>['value'];

/** Milliseconds between two looks at an issue that is being sent. */
const WATCH = 3000;

/** `/espace/infolettre`: the national team writes the newsletter, sends it and sees what was sent. */
export function NewsletterDeskScreen() {
  const t = useT();
  const navigate = useNavigate();
  const [desk, setDesk] = useState<Desk>();
  const [failure, setFailure] = useState<CallFailure['reason']>();
  const [edited, setEdited] = useState<{ readonly id: string; readonly issue?: NewsletterIssue }>();
  const load = useCallback(async () => {
    const called = await readNewsletterDesk();
    if (called.kind === 'done') {
      setDesk(called.value);
      setFailure(undefined);
    } else if (called.reason === 'sign_in_required') void navigate('/connexion', { replace: true });
    else setFailure(called.reason);
  }, [navigate]);
  useEffect(() => void load(), [load]);
  const sending = desk?.issues.some((one) => one.state === 'sending') ?? false;
  useEffect(() => {
    if (!sending) return undefined;
    const timer = setInterval(() => void load(), WATCH);
    return () => clearInterval(timer);
  }, [sending, load]);

  if (edited) {
    return (
      <IssueEditor
        key={edited.id}
        id={edited.id}
        {...(edited.issue ? { issue: edited.issue } : {})}
        subscribers={desk?.subscribers ?? 0}
        onClose={() => {
          setEdited(undefined);
          void load();
        }}
      />
    );
  }
  return (
    <div className={styles.page}>
      <PageHeader
        title={t('newsletter.desk')}
        lead={desk ? t('newsletter.subscribers', { n: desk.subscribers }) : undefined}
        back={{ to: '/espace', label: t('desk.title') }}
        actions={
          desk ? (
            <Button variant="primary" icon={Plus} onClick={() => setEdited({ id: newId() })}>
              {t('newsletter.write')}
            </Button>
          ) : null
        }
      />
      {failure === 'forbidden' ? <Notice tone="attention">{t('content.edit.nationalOnly')}</Notice> : null}
      {failure && failure !== 'forbidden' ? <CallNotice reason={failure} onRetry={() => void load()} /> : null}
      {!desk && !failure ? <p role="status">{t('desk.loading')}</p> : null}
      {desk?.issues.length === 0 ? <EmptyState icon={MailCheck} text={t('newsletter.none')} /> : null}
      {desk && desk.issues.length > 0 ? (
        <ul className={styles.list}>
          {desk.issues.map((issue) => (
            <IssueRow key={issue.id} issue={issue} onEdit={() => setEdited({ id: issue.id, issue })} />
          ))}
        </ul>
      ) : null}
    </div>
  );
}

function IssueRow({ issue, onEdit }: { readonly issue: NewsletterIssue; readonly onEdit: () => void }) {
  const t = useT();
  const format = useFormat();
  const title = shownIn(issue.subject, useLanguage());
  const { state, recipients, sent, failed } = issue;
  return (
    <li className={styles.row}>
      <div className={styles.what}>
        <span lang={title.lang} className={styles.name}>
          {title.text}
        </span>
        <StatusPill
          tone={state === 'sent' ? 'leaf' : state === 'sending' ? 'sun' : 'neutral'}
          icon={state === 'sent' ? MailCheck : state === 'sending' ? SendHorizontal : FilePen}
          text={t(`newsletter.state.${state}`)}
        />
        <span className={styles.when}>{format.moment(Date.parse(issue.sentAt ?? issue.updatedAt))}</span>
        {state === 'draft' ? null : (
          <span className={styles.when}>{t('newsletter.progress', { sent, recipients, failed })}</span>
        )}
        {state === 'sending' ? (
          <Progress label={t('newsletter.state.sending')} done={sent + failed} total={recipients} />
        ) : null}
      </div>
      <Button variant="quiet" icon={FilePen} onClick={onEdit} aria-label={t('newsletter.open', { name: title.text })}>
        {t(state === 'draft' ? 'content.edit' : 'newsletter.see')}
      </Button>
    </li>
  );
}
