import { Check, Copy, RotateCw } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import type { Uuid } from '#domain/ids.ts';
import type { DeviceProfile } from '#domain/door-rules.ts';
import { deviceProfiles } from '#domain/door-rules.ts';
import { shownIn } from '#client/i18n/shown.ts';
import type { EnrolmentOffer, EnrolmentWish } from '#protocol/enrolment.ts';
import { Button } from '#client/components/button.tsx';
import { CallNotice } from '#client/components/call-notice.tsx';
import { Field, SelectField } from '#client/components/forms/field.tsx';
import { Dialog } from '#client/components/modal.tsx';
import { Notice } from '#client/components/notice.tsx';
import { QrCode } from '#client/components/paper/qr-code.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { offerEnrolment, readDoorRules } from '#client/platform/desk.ts';
import styles from './desk.module.css';
import { useCalled } from '#client/hooks/use-called.ts';

interface EnrolmentDialogProps {
  readonly eventId: Uuid;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** A code to scan with the phone that will hold a door; made anew each time the dialog is opened. */
export function EnrolmentDialog({ eventId, open, onClose }: EnrolmentDialogProps) {
  const t = useT();
  return (
    <Dialog open={open} onClose={onClose} title={t('desk.enrol.title')}>
      {open ? <OfferLoader eventId={eventId} /> : null}
    </Dialog>
  );
}

function OfferLoader({ eventId }: { readonly eventId: Uuid }) {
  const t = useT();
  const language = useLanguage();
  const [wish, setWish] = useState<EnrolmentWish>({ profile: 'full' });
  const load = useCallback(() => offerEnrolment(eventId, wish), [eventId, wish]);
  const { value, failure, loading, reload } = useCalled(load);
  const rules = useCalled(useCallback(() => readDoorRules(eventId), [eventId]));
  const lists = rules.value?.lists ?? [];
  return (
    <div className={styles.offer}>
      <div className={styles.wish}>
        <SelectField
          label={t('desk.enrol.profile')}
          hint={t(`desk.profile.${wish.profile}.hint`)}
          value={wish.profile}
          options={deviceProfiles.map((profile) => ({ value: profile, label: t(`desk.profile.${profile}`) }))}
          onChange={(profile) => setWish({ ...wish, profile: profile as DeviceProfile })}
        />
        {lists.length > 0 ? (
          <SelectField
            label={t('desk.enrol.list')}
            value={wish.listId ?? ''}
            options={[
              { value: '', label: t('desk.enrol.list.event') },
              ...lists.map((list) => ({ value: list.id, label: shownIn(list.name, language).text })),
            ]}
            onChange={(listId) => setWish({ profile: wish.profile, ...(listId ? { listId } : {}) })}
          />
        ) : null}
      </div>
      {failure ? <CallNotice reason={failure} onRetry={reload} /> : null}
      {value && !failure ? (
        <Offer key={value.code} offer={value} busy={loading} onAnother={reload} />
      ) : failure ? null : (
        <p role="status">{t('desk.loading')}</p>
      )}
    </div>
  );
}

interface OfferProps {
  readonly offer: EnrolmentOffer;
  readonly busy: boolean;
  readonly onAnother: () => void;
}

function Offer({ offer, busy, onAnother }: OfferProps) {
  const t = useT();
  const format = useFormat();
  const expiresAt = Date.parse(offer.expiresAt);
  const expired = usePast(expiresAt);
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(offer.url);
      setCopied(true);
    } catch {
      // Clipboard refused: the link stands in its field to be copied by hand.
      setCopied(false);
    }
  };
  return (
    <div className={styles.offer}>
      <p>{t('desk.enrol.how')}</p>
      {expired ? (
        <Notice tone="attention" urgent>
          {t('desk.enrol.expired')}
        </Notice>
      ) : (
        <>
          <div className={styles.qr}>
            <QrCode text={offer.url} label={t('desk.enrol.qr')} />
          </div>
          <p role="status">{t('desk.enrol.once', { time: format.moment(expiresAt) })}</p>
          <Field
            className={styles.link ?? ''}
            label={t('desk.enrol.link')}
            readOnly
            value={offer.url}
            onFocus={(event) => event.target.select()}
          />
        </>
      )}
      <div className={styles.actions}>
        {expired ? null : (
          <Button icon={copied ? Check : Copy} onClick={() => void copy()}>
            {copied ? t('desk.enrol.copied') : t('desk.enrol.copy')}
          </Button>
        )}
        <Button variant="quiet" icon={RotateCw} busy={busy} onClick={onAnother}>
          {t('desk.enrol.another')}
        </Button>
      </div>
      <p className={styles.secret}>{t('desk.enrol.secret')}</p>
    </div>
  );
}

function usePast(moment: number): boolean {
  const [past, setPast] = useState(() => Date.now() >= moment);
  useEffect(() => {
    if (past) return undefined;
    const timer = setTimeout(() => setPast(true), Math.min(moment - Date.now(), 2 ** 31 - 1));
    return () => clearTimeout(timer);
  }, [past, moment]);
  return past;
}
