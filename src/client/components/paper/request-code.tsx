import { useT } from '#client/i18n/i18n.ts';
import { QrCode } from './qr-code.tsx';
import styles from './request-code.module.css';

/** The code of a registration that could not be sent yet: a door's phone reads it and passes it on. */
export function RequestCode({ text }: { readonly text: string }) {
  const t = useT();
  return (
    <div className={styles.request}>
      <p className={styles.words}>{t('registration.request.words')}</p>
      <div className={styles.qr}>
        <QrCode text={text} label={t('registration.request.qr')} />
      </div>
    </div>
  );
}
