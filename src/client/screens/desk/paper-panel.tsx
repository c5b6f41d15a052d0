import { Award, Download, FilePenLine, Printer, SearchCheck } from 'lucide-react';
import type { FormEvent } from 'react';
import { useState } from 'react';
import { shownIn } from '#client/i18n/shown.ts';
import type { CsvSeparator } from '#interop/csv-record.ts';
import type { CertificateFound } from '#protocol/desk.ts';
import { Button, LinkButton } from '#client/components/button.tsx';
import { CallNotice } from '#client/components/call-notice.tsx';
import { Field, SelectField } from '#client/components/forms/field.tsx';
import { Notice } from '#client/components/notice.tsx';
import { useReadOnly } from '#client/hooks/use-read-only.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { exportAddress, findCertificate } from '#client/platform/desk.ts';
import type { CallFailure } from '#client/platform/session.ts';
import styles from './desk.module.css';

/** What leaves the screen: the list on paper and back, certificates, tables. */
export function PaperPanel({ eventId }: { readonly eventId: string }) {
  const t = useT();
  const at = `/espace/evenements/${eventId}`;
  const readOnly = useReadOnly();
  return (
    <div className={styles.cards}>
      <section className={styles.card} aria-labelledby="paper-sheet">
        <h3 id="paper-sheet">{t('desk.paper.sheet')}</h3>
        <p>{t('desk.paper.sheet.what')}</p>
        <div className={styles.actions}>
          <LinkButton icon={Printer} to={`${at}/feuille`}>
            {t('desk.paper.sheet.open')}
          </LinkButton>
          {readOnly ? null : (
            <LinkButton icon={FilePenLine} to={`${at}/saisie`}>
              {t('desk.paper.entry.open')}
            </LinkButton>
          )}
        </div>
      </section>
      <section className={styles.card} aria-labelledby="paper-certificates">
        <h3 id="paper-certificates">{t('desk.certificates')}</h3>
        <p>{t('desk.certificates.what')}</p>
        <div className={styles.actions}>
          <LinkButton icon={Award} to={`${at}/attestations`}>
            {t('desk.certificates.open')}
          </LinkButton>
        </div>
        <CertificateCheck />
      </section>
      <Exports eventId={eventId} />
    </div>
  );
}

function Exports({ eventId }: { readonly eventId: string }) {
  const t = useT();
  const language = useLanguage();
  const [separator, setSeparator] = useState<CsvSeparator>(language === 'fr' ? ';' : ',');
  return (
    <section className={styles.card} aria-labelledby="paper-exports">
      <h3 id="paper-exports">{t('desk.exports')}</h3>
      <p>{t('desk.exports.what')}</p>
      <SelectField
        label={t('desk.exports.separator')}
        value={separator}
        options={[
          { value: ';', label: t('desk.exports.semicolon') },
          { value: ',', label: t('desk.exports.comma') },
        ]}
        onChange={(value) => setSeparator(value === ';' ? ';' : ',')}
      />
      <div className={styles.actions}>
        {(['registrations', 'arrivals', 'audit'] as const).map((kind) => (
          <LinkButton
            key={kind}
            icon={Download}
            href={exportAddress(eventId, kind, { language, separator })}
            download=""
          >
            {t(`desk.exports.${kind}`)}
          </LinkButton>
        ))}
      </div>
    </section>
  );
}

/** Whether a certificate that somebody shows is one of ours. */
function CertificateCheck() {
  const t = useT();
  const format = useFormat();
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<CertificateFound>();
  const [failure, setFailure] = useState<CallFailure['reason']>();
  const look = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!code.trim()) return;
    setBusy(true);
    setFound(undefined);
    setFailure(undefined);
    const called = await findCertificate(code.trim());
    setBusy(false);
    if (called.kind === 'done') setFound(called.value);
    else setFailure(called.reason);
  };
  return (
    <form className={styles.check} onSubmit={(event) => void look(event)}>
      <Field
        label={t('desk.certificate.code')}
        hint={t('desk.certificate.code.hint')}
        value={code}
        maxLength={40}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        onChange={(event) => setCode(event.target.value)}
      />
      <Button type="submit" icon={SearchCheck} busy={busy}>
        {t('desk.certificate.check')}
      </Button>
      {found ? (
        <Notice tone="success" urgent title={t('desk.certificate.good')}>
          <p>
            {found.certificate.name} · {shownIn(found.event.title, format.language).text}
          </p>
          <p>
            {t('desk.certificate.arrived', {
              when: format.list(found.certificate.arrivals.map((at) => format.moment(Date.parse(at)))),
            })}
          </p>
        </Notice>
      ) : null}
      {failure === 'not_found' || failure === 'bad_request' ? (
        <Notice tone="problem" urgent title={t('desk.certificate.bad')}>
          {t('desk.certificate.bad.why')}
        </Notice>
      ) : failure ? (
        <CallNotice reason={failure} />
      ) : null}
    </form>
  );
}
