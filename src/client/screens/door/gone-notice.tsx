import { Notice } from '#client/components/notice.tsx';
import { useT } from '#client/i18n/i18n.ts';

/** The door that this phone was: closed by the organiser, by time or by its bearer. What it recorded still goes (D5). */
export function GoneNotice({ pending }: { readonly pending: number }) {
  const t = useT();
  return (
    <Notice tone={pending > 0 ? 'attention' : 'info'} title={t('door.gone.title')}>
      <p>{t('door.gone.reason')}</p>
      {pending > 0 ? <p>{t('door.gone.unsent', { n: pending })}</p> : null}
    </Notice>
  );
}
