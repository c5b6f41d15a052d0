import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { changedFields } from '#domain/proposal-diff.ts';
import type { Edition } from '#domain/programme.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { Button } from '#client/components/button.tsx';
import { Notice } from '#client/components/notice.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import type { ProposalView } from '#client/store/proposals-view.ts';
import { dropCorrection, saveCorrection, sendCorrection } from '#client/store/proposals.ts';
import { Conflict } from './conflict.tsx';
import { ProposalForm } from './proposal-form.tsx';
import styles from './propose.module.css';
import { useWriting } from './use-writing.ts';

interface CorrectPageProps {
  readonly view: ProposalView;
  readonly edition: Edition;
}

const nobody = (): void => undefined;
/** What a moderator puts right is kept as it is typed, and goes when they say so: half a word is nothing to publish. */
const KEPT_HERE = { save: saveCorrection, send: () => Promise.resolve() };

/** The form of somebody else's proposal, for who moderates it to put a word right without sending it back and forth. */
export function CorrectPage({ view, edition }: CorrectPageProps) {
  const t = useT();
  const format = useFormat();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState(false);
  const { id, editionId } = view;
  const words = view.conflict?.mine ?? view.correction ?? view.content;
  const written = useWriting({ id, editionId, content: words }, { ...view, content: words }, nobody, KEPT_HERE);
  const { content } = written;
  const title = shownIn(view.content.title, format.language);
  const review = `/moderation/${id}`;
  const fields = changedFields(view.conflict?.theirs ?? view.content, content);
  const leave = async (send: boolean): Promise<void> => {
    setBusy(true);
    await written.send();
    const done = send && fields.length > 0 ? await sendCorrection(id) : await dropCorrection(id).then(() => true);
    setBusy(false);
    setFailed(!done);
    if (done) await navigate(review);
    else window.scrollTo(0, 0);
  };
  return (
    <div className={styles.page}>
      <PageHeader
        title={t('propose.correct.title')}
        {...(title.text ? { within: title.text } : {})}
        lead={[shownIn(edition.title, format.language).text, title.text].filter(Boolean).join(' · ')}
        back={{ to: review, label: t('propose.correct.back') }}
      />
      <Notice>{t('propose.correct.lead')}</Notice>
      {view.conflict ? <Conflict view={view} onChosen={written.reset} /> : null}
      {failed || written.state === 'failed' ? (
        <Notice tone="problem" urgent>
          {t(written.state === 'failed' ? 'propose.saved.failed' : 'propose.correct.notSent')}
        </Notice>
      ) : null}
      <div className={styles.tools}>
        <p role="status" className={styles.quiet}>
          {fields.length > 0
            ? t('propose.correct.changed', { fields: format.list(fields.map((one) => t(`propose.name.${one}`))) })
            : t('propose.correct.nothing')}
        </p>
        {fields.length > 0 ? (
          <Button icon={Trash2} onClick={() => void leave(false)}>
            {t('propose.correct.drop')}
          </Button>
        ) : null}
      </div>
      <ProposalForm
        content={content}
        edition={edition}
        before={view.before}
        requested={[]}
        replace={written.replace}
        busy={busy}
        action={t('propose.correct.send')}
        onSubmit={() => void leave(true)}
      />
    </div>
  );
}
