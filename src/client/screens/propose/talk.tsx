import { MessageSquareText } from 'lucide-react';
import type { FormEvent } from 'react';
import { useState } from 'react';
import { Button } from '#client/components/button.tsx';
import { TextAreaField } from '#client/components/forms/field.tsx';
import { ProposalHistory } from '#client/components/proposal/proposal-history.tsx';
import { useAccount } from '#client/hooks/use-account.ts';
import { useT } from '#client/i18n/i18n.ts';
import type { ProposalView } from '#client/store/proposals-view.ts';
import { commentProposal } from '#client/store/proposals.ts';
import styles from './propose.module.css';

interface TalkProps {
  readonly view: ProposalView;
  /** Out of the way of the form. */
  readonly folded?: boolean;
}

/** What was done and said so far, and a word to the moderators; nothing before the first submission. */
export function Talk({ view, folded = false }: TalkProps) {
  const t = useT();
  const account = useAccount();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  if (view.submittedAt === undefined) return null;
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (text.trim() === '') return;
    setBusy(true);
    await commentProposal(view.id, text.trim());
    setBusy(false);
    setText('');
  };
  const inside = (
    <div className={styles.list}>
      <ProposalHistory proposal={view} reader={account?.id} />
      {account && view.state !== 'refused' ? (
        <form className={styles.list} onSubmit={(event) => void send(event)}>
          <TextAreaField
            label={t('propose.talk.write')}
            value={text}
            maxLength={4000}
            onChange={(event) => setText(event.target.value)}
          />
          <div>
            <Button type="submit" icon={MessageSquareText} busy={busy}>
              {t('propose.talk.send')}
            </Button>
          </div>
        </form>
      ) : null}
    </div>
  );
  if (folded)
    return (
      <details className={styles.more}>
        <summary>{t('propose.talk')}</summary>
        {inside}
      </details>
    );
  return (
    <section className={styles.section} aria-labelledby="propose-talk">
      <h2 id="propose-talk">{t('propose.talk')}</h2>
      {inside}
    </section>
  );
}
