import { Check, Copy, Download, Printer } from 'lucide-react';
import { useCallback, useId, useState } from 'react';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { venueOf } from '#domain/programme.ts';
import type { Language } from '#domain/text.ts';
import { languages, textIn } from '#domain/text.ts';
import { compareSlots } from '#domain/dates.ts';
import { Button, LinkButton } from '#client/components/button.tsx';
import { CallNotice } from '#client/components/call-notice.tsx';
import { TextAreaField } from '#client/components/forms/field.tsx';
import { QrCode } from '#client/components/paper/qr-code.tsx';
import { qrPath } from '#client/components/paper/qr-path.ts';
import { useCalled } from '#client/hooks/use-called.ts';
import { formatFor } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { readPublished } from '#client/platform/desk.ts';
import { saveFile } from '#client/platform/save-file.ts';
import styles from './promotion.module.css';

/** What an organiser needs to make an event known: its address, a code, a poster, a frame for other sites, words to paste. */
export function PromotionPanel({ eventId }: { readonly eventId: string }) {
  const t = useT();
  const load = useCallback(() => readPublished(eventId), [eventId]);
  const { value: event, failure, reload } = useCalled(load);
  if (failure) return <CallNotice reason={failure} onRetry={reload} />;
  if (!event) return <p role="status">{t('desk.loading')}</p>;
  const address = `${location.origin}/evenements/${event.slug}`;
  return (
    <div className={styles.kit}>
      <section className={styles.part} aria-labelledby="kit-link">
        <h3 id="kit-link">{t('promotion.link')}</h3>
        <Copied label={t('promotion.address')} text={address} rows={2} />
      </section>
      <section className={styles.part} aria-labelledby="kit-qr">
        <h3 id="kit-qr">{t('promotion.qr')}</h3>
        <p className={styles.quiet}>{t('promotion.qr.hint')}</p>
        <div className={styles.qr}>
          <QrCode text={address} label={t('promotion.qr.label')} />
        </div>
        <div>
          <Button icon={Download} onClick={() => saveFile(`${event.slug}.svg`, 'image/svg+xml', svgOf(address))}>
            {t('promotion.qr.save')}
          </Button>
        </div>
      </section>
      <section className={styles.part} aria-labelledby="kit-poster">
        <h3 id="kit-poster">{t('promotion.poster')}</h3>
        <p className={styles.quiet}>{t('promotion.poster.hint')}</p>
        <div className={styles.tools}>
          {languages.map((language) => (
            <LinkButton key={language} icon={Printer} to={`/espace/evenements/${eventId}/affiche?langue=${language}`}>
              {t(`promotion.poster.${language}`)}
            </LinkButton>
          ))}
        </div>
      </section>
      <section className={styles.part} aria-labelledby="kit-embed">
        <h3 id="kit-embed">{t('promotion.embed')}</h3>
        <p className={styles.quiet}>{t('promotion.embed.hint')}</p>
        {languages.map((language) => (
          <Copied key={language} label={t(`promotion.embed.${language}`)} text={frameOf(event, language)} rows={4} />
        ))}
      </section>
      <section className={styles.part} aria-labelledby="kit-text">
        <h3 id="kit-text">{t('promotion.text')}</h3>
        {languages.map((language) => (
          <Copied
            key={language}
            label={t(`promotion.text.${language}`)}
            lang={language}
            text={wordsOf(event, language, address)}
            rows={7}
          />
        ))}
      </section>
    </div>
  );
}

interface CopiedProps {
  readonly label: string;
  readonly text: string;
  readonly rows: number;
  readonly lang?: Language;
}

/** A text to take along: selected whole when entered, copied by the button beside it. */
function Copied({ label, text, rows, lang }: CopiedProps) {
  const t = useT();
  const id = useId();
  const [state, setState] = useState<'copied' | 'selected'>();
  const copy = async (): Promise<void> => {
    const field = document.getElementById(id);
    try {
      await navigator.clipboard.writeText(text);
      setState('copied');
    } catch {
      // Where the browser keeps the clipboard to itself, the keyboard copies what is selected.
      if (field instanceof HTMLTextAreaElement) {
        field.focus();
        field.select();
      }
      setState('selected');
    }
  };
  return (
    <div className={styles.copied}>
      <TextAreaField
        id={id}
        label={label}
        readOnly
        rows={rows}
        value={text}
        spellCheck={false}
        {...(lang ? { lang } : {})}
        onFocus={(event) => event.target.select()}
      />
      <div className={styles.tools}>
        <Button
          icon={state === 'copied' ? Check : Copy}
          aria-label={t('promotion.copy.of', { what: label })}
          onClick={() => void copy()}
        >
          {t('promotion.copy')}
        </Button>
        <span role="status" className={styles.quiet}>
          {state ? t(`promotion.${state}`) : ''}
        </span>
      </div>
    </div>
  );
}

/** Of a size that printers scale without loss. */
function svgOf(address: string): string {
  const { size, path } = qrPath(address);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><rect width="${size}" height="${size}" fill="#fff"/><path d="${path}" fill="#000"/></svg>`;
}

function frameOf(event: ProgrammeEvent, language: Language): string {
  const title = textIn(event.title, language).text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const address = `${location.origin}/embed/evenements/${event.slug}${language === 'fr' ? '' : `?langue=${language}`}`;
  return `<iframe src="${address}" title="${title}" width="100%" height="400" style="border:1px solid #76828a;border-radius:14px" loading="lazy" referrerpolicy="no-referrer"></iframe>`;
}

/** Title, when, where, in one sentence, and the address: for a mail, a page or a network. */
function wordsOf(event: ProgrammeEvent, language: Language, address: string): string {
  const format = formatFor(language);
  const slots = event.sessions.map((session) => session.slot).toSorted(compareSlots);
  const venue = venueOf(event);
  const place = venue ? [venue.name, venue.address, venue.city].filter(Boolean).join(', ') : '';
  return [
    textIn(event.title, language).text,
    slots.length === 1 ? format.slot(slots[0]!, 'full') : format.span(slots),
    place,
    textIn(event.summary, language).text,
    address,
  ]
    .filter((line) => line !== '')
    .join('\n');
}
