import { FileCheck, Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import type { Edition } from '#domain/programme.ts';
import { rulesOf } from '#domain/proposal.ts';
import { regionsAndNational } from '#domain/regions.ts';
import { shownIn } from '#client/i18n/shown.ts';
import type { ImportAnswer } from '#protocol/exchange.ts';
import { MAX_IMPORT } from '#protocol/exchange.ts';
import type { Me } from '#protocol/sign-in.ts';
import { Button } from '#client/components/button.tsx';
import { CallNotice } from '#client/components/call-notice.tsx';
import { Field, SelectField } from '#client/components/forms/field.tsx';
import { Notice } from '#client/components/notice.tsx';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { importProgramme } from '#client/platform/exchange.ts';
import type { CallFailure } from '#client/platform/session.ts';
import styles from './exchange.module.css';
import { ImportResult } from './import-result.tsx';

const FORMATS = ['csv', 'openagenda', 'ics', 'frab-xml', 'frab-json'];
/** What a file's name mostly means. */
const ENDINGS: Readonly<Record<string, string>> = { csv: 'csv', tsv: 'csv', txt: 'csv', ics: 'ics', xml: 'frab-xml' };
const NEW = '+';
const EDITION_ID = /^[a-z0-9][a-z0-9-]{0,63}$/;

interface ImportSectionProps {
  readonly me: Me;
  readonly editions: readonly Edition[];
  readonly current: Edition;
}

/** A file is looked at first: nothing is written before the person has seen what would change. */
export function ImportSection({ me, editions, current }: ImportSectionProps) {
  const t = useT();
  const language = useLanguage();
  const national = me.role === 'national';
  const [file, setFile] = useState<File>();
  const [format, setFormat] = useState('csv');
  const [edition, setEdition] = useState(current.id);
  const [newEdition, setNewEdition] = useState('');
  const mine = regionsAndNational.filter((one) => me.regions?.includes(one.code));
  // A correspondent of several regions says which one the file is of.
  const [region, setRegion] = useState(national || mine.length < 2 ? '' : mine[0]!.code);
  const [answer, setAnswer] = useState<ImportAnswer>();
  const [failure, setFailure] = useState<CallFailure['reason'] | 'too_large'>();
  const [busy, setBusy] = useState<'looking' | 'writing'>();
  const [missing, setMissing] = useState(false);
  const result = useRef<HTMLDivElement>(null);

  const editionId = edition === NEW ? newEdition.trim() : edition;
  const badId = edition === NEW && !EDITION_ID.test(editionId);
  // What was looked at is no longer what would be done.
  const forget = (): void => {
    setAnswer(undefined);
    setFailure(undefined);
    setMissing(false);
  };
  const run = async (dryRun: boolean): Promise<void> => {
    if (!file || badId) return setMissing(true);
    if (file.size > MAX_IMPORT) return setFailure('too_large');
    forget();
    setBusy(dryRun ? 'looking' : 'writing');
    const called = await importProgramme(file, { format, edition: editionId, region, dryRun });
    setBusy(undefined);
    if (called.kind === 'done') setAnswer(called.value);
    else setFailure(called.reason);
    result.current?.focus();
  };
  const chosen = editions.find((one) => one.id === edition);
  const proposes = !national && chosen !== undefined && rulesOf(chosen)?.steps.at(-1) === 'nation';
  const canApply = answer?.kind === 'imported' && answer.dryRun && answer.added + answer.changed > 0;
  return (
    <section className={styles.part} aria-labelledby="importer">
      <h2 id="importer">{t('exchange.import')}</h2>
      <p>{t('exchange.import.lead')}</p>
      {proposes ? <Notice>{t('exchange.import.proposes')}</Notice> : null}
      <div className={styles.fields}>
        <Field
          label={t('exchange.file')}
          type="file"
          accept=".csv,.tsv,.txt,.json,.ics,.xml"
          error={missing && !file ? t('exchange.file.missing') : undefined}
          onChange={(event) => {
            const chosen = event.target.files?.[0];
            forget();
            setFile(chosen);
            const ending = chosen?.name.split('.').at(-1)?.toLowerCase() ?? '';
            if (ENDINGS[ending]) setFormat(ENDINGS[ending]);
            else if (ending === 'json') setFormat((before) => (before === 'frab-json' ? before : 'openagenda'));
          }}
        />
        <SelectField
          label={t('exchange.format')}
          value={format}
          options={FORMATS.map((value) => ({ value, label: t(`exchange.format.${value}`) }))}
          onChange={(value) => {
            forget();
            setFormat(value);
          }}
        />
        <SelectField
          label={t('exchange.edition')}
          value={edition}
          options={[
            ...editions.map((one) => ({ value: one.id, label: shownIn(one.title, language).text })),
            ...(national ? [{ value: NEW, label: t('exchange.edition.new') }] : []),
          ]}
          onChange={(value) => {
            forget();
            setEdition(value);
          }}
        />
        {edition === NEW ? (
          <Field
            label={t('exchange.edition.id')}
            hint={t('exchange.edition.id.hint')}
            value={newEdition}
            maxLength={64}
            autoCapitalize="none"
            spellCheck={false}
            error={missing && badId ? t('exchange.edition.id.wrong') : undefined}
            onChange={(event) => {
              forget();
              setNewEdition(event.target.value);
            }}
          />
        ) : null}
        {national || mine.length > 1 ? (
          <SelectField
            label={t('exchange.region')}
            value={region}
            options={[
              ...(national ? [{ value: '', label: t('exchange.region.byAddress') }] : []),
              ...(national ? regionsAndNational : mine).map((one) => ({
                value: one.code,
                label: shownIn(one.name, language).text,
              })),
            ]}
            onChange={(value) => {
              forget();
              setRegion(value);
            }}
          />
        ) : null}
      </div>
      <div className={styles.actions}>
        <Button
          variant={canApply ? 'secondary' : 'primary'}
          icon={FileCheck}
          busy={busy === 'looking'}
          onClick={() => void run(true)}
        >
          {t('exchange.look')}
        </Button>
        {canApply ? (
          <Button variant="primary" icon={Upload} busy={busy === 'writing'} onClick={() => void run(false)}>
            {t(answer.proposed ? 'exchange.propose' : 'exchange.apply', { count: answer.added + answer.changed })}
          </Button>
        ) : null}
      </div>
      <div ref={result} tabIndex={-1} className={styles.result} role="status">
        {busy ? <p>{t(`exchange.${busy}`)}</p> : null}
        {failure === 'too_large' ? (
          <Notice tone="problem">{t('exchange.tooLarge', { mb: MAX_IMPORT / 1_000_000 })}</Notice>
        ) : failure ? (
          <CallNotice reason={failure} />
        ) : null}
        {answer ? <ImportResult answer={answer} /> : null}
      </div>
    </section>
  );
}
