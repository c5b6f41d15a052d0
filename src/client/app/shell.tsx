import type { ReactNode } from 'react';
import { Suspense, useRef } from 'react';
import { Link, useLocation } from 'react-router';
import { beside } from '#client/components/beside.ts';
import { classNames } from '#client/components/class-names.ts';
import { Icon } from '#client/components/icon.tsx';
import { firstPaint } from '#client/hooks/first-paint.ts';
import { useKioskMode } from '#client/hooks/use-kiosk-mode.ts';
import { useT } from '#client/i18n/i18n.ts';
import { BrandMark } from './brand-mark.tsx';
import { DemoBanner } from './demo-banner.tsx';
import { Footer } from './footer.tsx';
import { Menu } from './menu.tsx';
import { isWithin, mainPages } from './navigation.ts';
import { usePageChange } from './page-change.ts';
import styles from './shell.module.css';
import { SyncPill } from './sync-pill.tsx';

/** What nobody waits for is fetched once the first page stands, whatever that takes within reason. */
async function calm(ms: number): Promise<void> {
  await firstPaint(15_000);
  await new Promise((resolve) => setTimeout(resolve, ms));
}

/** It speaks once a new version has come in. */
const UpdatePrompt = beside(async () => {
  await calm(500);
  return (await import('./update-prompt.tsx')).UpdatePrompt;
});

const AgendaMark = beside(async () => {
  await calm(500);
  return (await import('./agenda-mark.tsx')).AgendaMark;
});

const ReminderNotices = beside(async () => {
  await calm(1500);
  return (await import('./reminder-notices.tsx')).ReminderNotices;
});

/** What stands around every page. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const t = useT();
  const { pathname } = useLocation();
  const main = useRef<HTMLElement>(null);
  usePageChange();
  const kiosk = useKioskMode() !== undefined;
  // At the door the whole screen belongs to the scanner; the menu leads away from it.
  const atDoor = pathname === '/emargement';

  // A kiosk is nothing but its screen.
  if (kiosk)
    return (
      <main id="contenu" ref={main} tabIndex={-1} className={styles.kiosk}>
        {children}
      </main>
    );
  return (
    <div className={classNames(styles.shell, atDoor && styles.atDoor)}>
      <a
        className={styles.skip}
        href="#contenu"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {t('shell.skip')}
      </a>
      <header className={styles.bar}>
        <Link to="/" className={styles.brand ?? ''}>
          <BrandMark />
          Escale
        </Link>
        <div className={styles.state}>
          <SyncPill />
          <Menu />
        </div>
      </header>
      <nav className={styles.nav} aria-label={t('shell.nav')}>
        <ul className={styles.tabs}>
          {mainPages.map((page) => (
            <li key={page.to}>
              <Link
                to={page.to}
                className={styles.tab ?? ''}
                aria-current={isWithin(page.to, pathname) ? 'page' : undefined}
                {...(page.to === '/agenda' ? { 'aria-describedby': 'agenda-mark' } : {})}
              >
                <Icon of={page.icon} size="min(1.5rem, 7vw)" />
                <span>{t(page.name)}</span>
                {page.to === '/agenda' ? (
                  <Suspense>
                    <AgendaMark id="agenda-mark" />
                  </Suspense>
                ) : null}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <DemoBanner />
      <Suspense>
        <UpdatePrompt />
      </Suspense>
      <Suspense>
        <ReminderNotices />
      </Suspense>
      <main id="contenu" ref={main} tabIndex={-1} className={styles.main}>
        {children}
      </main>
      {atDoor ? null : <Footer />}
    </div>
  );
}
