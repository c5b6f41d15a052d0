import { Menu as MenuIcon } from 'lucide-react';
import { useState } from 'react';
import { Link, useLocation } from 'react-router';
import { Button } from '#client/components/button.tsx';
import { Icon } from '#client/components/icon.tsx';
import { Sheet } from '#client/components/modal.tsx';
import { useT } from '#client/i18n/i18n.ts';
import styles from './menu.module.css';
import { otherPages } from './navigation.ts';
import { LanguageChoice, ThemeChoice } from '#client/screens/settings/preference-choices.tsx';

/** The pages that no tab leads to, with language and theme. */
export function Menu() {
  const t = useT();
  const [open, setOpen] = useState(false);
  const { pathname } = useLocation();

  return (
    <>
      <Button variant="quiet" icon={MenuIcon} iconOnly aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {t('shell.menu')}
      </Button>
      <Sheet open={open} onClose={() => setOpen(false)} title={t('shell.menu')}>
        <nav aria-label={t('shell.menu')}>
          <ul className={styles.list}>
            {otherPages.map((page) => (
              <li key={page.to}>
                <Link
                  to={page.to}
                  className={styles.link ?? ''}
                  aria-current={pathname === page.to ? 'page' : undefined}
                  onClick={() => setOpen(false)}
                >
                  <Icon of={page.icon} />
                  {t(page.name)}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div className={styles.choices}>
          <LanguageChoice />
          <ThemeChoice />
        </div>
      </Sheet>
    </>
  );
}
