import { Send } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#client/components/button.tsx';
import { TextAreaField } from '#client/components/forms/field.tsx';
import { useT } from '#client/i18n/i18n.ts';
import { commentProposal } from '#client/store/proposals.ts';
import styles from './moderation.module.css';

/** Something said to the author and the other moderators, without a decision. */
export function CommentForm({ proposalId }: { readonly proposalId: string }) {
  const t = useT();
  const [text, setText] = useState('');
  const [error, setError] = useState<string>();
  const send = async (): Promise<void> => {
    if (text.trim() === '') return setError(t('moderation.comment.empty'));
    try {
      await commentProposal(proposalId, text.trim());
      setText('');
      setError(undefined);
    } catch {
      setError(t('moderation.failed'));
    }
  };
  return (
    <form
      className={styles.comment}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <TextAreaField
        label={t('moderation.comment')}
        hint={t('moderation.comment.hint')}
        maxLength={4000}
        value={text}
        error={error}
        onChange={(event) => {
          setText(event.target.value);
          setError(undefined);
        }}
      />
      <Button type="submit" icon={Send}>
        {t('moderation.comment.send')}
      </Button>
    </form>
  );
}
