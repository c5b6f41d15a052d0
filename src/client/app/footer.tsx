import { Link } from 'react-router';
import { useSetting } from '#client/hooks/use-setting.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import styles from './footer.module.css';
import { otherPages, smallPrint } from './navigation.ts';

export function Footer() {
  const t = useT();
  const language = useLanguage();
  const [, setLanguage] = useSetting('language');
  const other = language === 'fr' ? 'en' : 'fr';
  return (
    <footer className={styles.footer}>
      <nav aria-label={t('shell.footer')}>
        <ul className={styles.links}>
          {[...otherPages, ...smallPrint].map((page) => (
            <li key={page.to}>
              <Link to={page.to} className={styles.link ?? ''}>
                {t(page.name)}
              </Link>
            </li>
          ))}
          <li>
            <button type="button" className={styles.link} lang={other} onClick={() => setLanguage(other)}>
              {other === 'en' ? 'English' : 'Français'}
            </button>
          </li>
        </ul>
      </nav>
      <p>{t('shell.footer.text')}</p>
    </footer>
  );
}
