import { useState } from 'react';
import type { Uuid } from '#domain/ids.ts';
import { Button } from '#client/components/button.tsx';
import { TextAreaField } from '#client/components/forms/field.tsx';
import { Dialog } from '#client/components/modal.tsx';
import { Notice } from '#client/components/notice.tsx';
import { useT } from '#client/i18n/i18n.ts';
import { addNote } from '#client/store/door-actions.ts';

interface NoteDialogProps {
  /** Whom it is on; closed without. */
  readonly of: { readonly eventId: Uuid; readonly id: Uuid; readonly name: string } | undefined;
  readonly onClose: () => void;
}

/** A remark on a person, which every door of the event shows with their verdict. */
export function NoteDialog({ of, onClose }: NoteDialogProps) {
  const t = useT();
  const [text, setText] = useState('');
  const [failed, setFailed] = useState(false);
  const close = (): void => {
    setText('');
    setFailed(false);
    onClose();
  };
  const save = async (): Promise<void> => {
    const line = text.replace(/\s+/g, ' ').trim();
    if (!of || line === '') return;
    try {
      await addNote({ eventId: of.eventId, ticketId: of.id, text: line });
      close();
    } catch {
      setFailed(true);
    }
  };
  return (
    <Dialog
      open={of !== undefined}
      onClose={close}
      title={t('door.note.title', { name: of?.name ?? '' })}
      actions={
        <>
          <Button size="large" onClick={close}>
            {t('door.note.cancel')}
          </Button>
          <Button variant="primary" size="large" disabled={text.trim() === ''} onClick={() => void save()}>
            {t('door.note.save')}
          </Button>
        </>
      }
    >
      {failed ? (
        <Notice tone="problem" urgent>
          {t('door.failed')}
        </Notice>
      ) : null}
      <TextAreaField
        label={t('door.note.text')}
        hint={t('door.note.hint')}
        value={text}
        maxLength={300}
        onChange={(event) => setText(event.target.value)}
      />
    </Dialog>
  );
}
