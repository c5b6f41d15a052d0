import { LinkButton } from '#client/components/button.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { useT } from '#client/i18n/i18n.ts';
import { InstallSection } from './install-section.tsx';
import { NoticesSection } from './notices-section.tsx';
import { LanguageChoice, ThemeChoice } from './preference-choices.tsx';
import { RegionsSection } from './regions-section.tsx';
import styles from './settings.module.css';

/** What a person chooses for this device. Everything takes effect at once. */
export function SettingsScreen() {
  const t = useT();
  return (
    <div className={styles.screen}>
      <PageHeader title={t('settings.title')} />
      <section className={styles.part} aria-labelledby="affichage">
        <h2 id="affichage">{t('settings.display')}</h2>
        <div className={styles.row}>
          <LanguageChoice />
          <ThemeChoice />
        </div>
      </section>
      <RegionsSection />
      <NoticesSection />
      <InstallSection />
      <section className={styles.part} aria-labelledby="donnees">
        <h2 id="donnees">{t('settings.data')}</h2>
        <p className={styles.text}>{t('settings.data.text')}</p>
        <div className={styles.row}>
          <LinkButton to="/hors-ligne">{t('settings.data.link')}</LinkButton>
          <LinkButton to="/mes-donnees">{t('settings.data.own')}</LinkButton>
        </div>
      </section>
    </div>
  );
}
