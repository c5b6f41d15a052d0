import { FileCheck, UserPlus } from 'lucide-react';
import { useRef, useState } from 'react';
import type { RegistrationImportAnswer } from '#protocol/registration-import.ts';
import { MAX_REGISTRATION_FILE } from '#protocol/registration-import.ts';
import { Button } from '#client/components/button.tsx';
import { CallNotice } from '#client/components/call-notice.tsx';
import type { Column } from '#client/components/data-table.tsx';
import { DataTable } from '#client/components/data-table.tsx';
import type { Option } from '#client/components/forms/field.tsx';
import { Field, SelectField } from '#client/components/forms/field.tsx';
import { placeText, Said } from '#client/components/import-said.tsx';
import { Dialog } from '#client/components/modal.tsx';
import { Notice } from '#client/components/notice.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { importList } from '#client/platform/registration-decisions.ts';
import type { CallFailure } from '#client/platform/session.ts';
import styles from './desk.module.css';

interface ListDialogProps {
  readonly eventId: string;
  /** What can be registered for. */
  readonly subjects: readonly Option[];
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onAdded: () => void;
}

/** Registers the people of a file who signed up elsewhere; nothing is written before one has seen what would be. */
export function ListDialog({ eventId, subjects, open, onClose, onAdded }: ListDialogProps) {
  const t = useT();
  const language = useLanguage();
  const [file, setFile] = useState<File>();
  const [subject, setSubject] = useState(subjects[0]?.value ?? eventId);
  const [answer, setAnswer] = useState<RegistrationImportAnswer>();
  const [failure, setFailure] = useState<CallFailure['reason'] | 'too_large'>();
  const [busy, setBusy] = useState<'looking' | 'writing'>();
  const [missing, setMissing] = useState(false);
  const result = useRef<HTMLDivElement>(null);
  // What was looked at is no longer what would be done.
  const forget = (): void => {
    setAnswer(undefined);
    setFailure(undefined);
    setMissing(false);
  };
  const run = async (dryRun: boolean): Promise<void> => {
    if (!file) return setMissing(true);
    if (file.size > MAX_REGISTRATION_FILE) return setFailure('too_large');
    forget();
    setBusy(dryRun ? 'looking' : 'writing');
    const called = await importList(eventId, file, { language, subject, dryRun });
    setBusy(undefined);
    if (called.kind === 'done') setAnswer(called.value);
    else setFailure(called.reason);
    if (!dryRun) onAdded();
    result.current?.focus();
  };
  const people = answer?.kind === 'read' && answer.dryRun ? answer.people : 0;
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t('desk.list.title')}
      actions={
        <>
          <Button onClick={onClose}>{t('desk.message.close')}</Button>
          {people > 0 ? (
            <Button variant="primary" icon={UserPlus} busy={busy === 'writing'} onClick={() => void run(false)}>
              {t('desk.list.apply', { n: people })}
            </Button>
          ) : null}
          <Button
            variant={answer?.kind === 'read' ? 'secondary' : 'primary'}
            icon={FileCheck}
            busy={busy === 'looking'}
            onClick={() => void run(true)}
          >
            {t('exchange.look')}
          </Button>
        </>
      }
    >
      <div className={styles.dialogForm}>
        <p>{t('desk.list.lead')}</p>
        <Field
          label={t('exchange.file')}
          hint={t('desk.list.columns')}
          type="file"
          accept=".csv,.tsv,.txt"
          error={missing && !file ? t('exchange.file.missing') : undefined}
          onChange={(event) => {
            forget();
            setFile(event.target.files?.[0]);
          }}
        />
        {subjects.length > 1 ? (
          <SelectField
            label={t('desk.list.session')}
            value={subject}
            options={subjects}
            onChange={(value) => {
              forget();
              setSubject(value);
            }}
          />
        ) : null}
        <div ref={result} tabIndex={-1} role="status" className={styles.dialogForm}>
          {busy ? <p>{t(`exchange.${busy}`)}</p> : null}
          {failure === 'too_large' ? (
            <Notice tone="problem">{t('exchange.tooLarge', { mb: MAX_REGISTRATION_FILE / 1_000_000 })}</Notice>
          ) : failure ? (
            <CallNotice reason={failure} />
          ) : null}
          {answer ? <ListResult answer={answer} /> : null}
        </div>
      </div>
    </Dialog>
  );
}

function ListResult({ answer }: { readonly answer: RegistrationImportAnswer }) {
  const t = useT();
  const format = useFormat();
  if (answer.kind === 'refused') {
    const { message, line } = answer.problem;
    return (
      <Notice tone="problem" title={t('exchange.refused')}>
        <p>
          <Said message={message} />
        </p>
        {line === undefined ? null : <p>{placeText({ message, line }, t)}</p>}
      </Notice>
    );
  }
  const { dryRun, states, people, unchanged, refused, problems, aside, answersAside } = answer;
  const registrations = states.confirmed + states.waitlisted + states.requested;
  return (
    <>
      <Notice
        tone={dryRun ? 'info' : 'success'}
        title={t(dryRun ? 'desk.list.would' : 'desk.list.done', { n: registrations, people })}
      >
        {(['confirmed', 'waitlisted', 'requested'] as const).map((state) =>
          states[state] > 0 ? <p key={state}>{t(`desk.list.${state}`, { n: states[state] })}</p> : null,
        )}
        {unchanged > 0 ? <p>{t('desk.list.unchanged', { n: unchanged })}</p> : null}
        {refused > 0 ? <p>{t('desk.list.refused', { n: refused })}</p> : null}
        {aside.length > 0 ? <p>{t('desk.list.aside', { columns: format.list(aside) })}</p> : null}
        {answersAside > 0 ? <p>{t('desk.list.answersAside', { n: answersAside })}</p> : null}
      </Notice>
      {problems.length > 0 ? <Problems problems={problems} /> : null}
      {refused > problems.length ? (
        <p className={styles.count}>{t('exchange.more', { shown: problems.length, total: refused })}</p>
      ) : null}
    </>
  );
}

type Problem = Extract<RegistrationImportAnswer, { kind: 'read' }>['problems'][number];

function Problems({ problems }: { readonly problems: readonly Problem[] }) {
  const t = useT();
  const columns: Column<Problem>[] = [
    { key: 'line', head: t('exchange.column.place'), cell: ({ line }) => t('exchange.line', { line }) },
    { key: 'name', head: t('desk.registrations.name'), cell: ({ name }) => name || '—' },
    { key: 'why', head: t('exchange.column.why'), cell: ({ reason }) => t(`desk.list.why.${reason}`) },
  ];
  return (
    <DataTable
      caption={t('desk.list.problems')}
      columns={columns}
      rows={problems}
      rowKey={({ line, reason }) => `${line} ${reason}`}
    />
  );
}
