import type { LucideIcon } from 'lucide-react';
import {
  CalendarPlus,
  ClipboardCheck,
  Footprints,
  ListChecks,
  Newspaper,
  Settings,
  Smartphone,
  UserRoundCog,
} from 'lucide-react';
import { Link, useLocation } from 'react-router';
import { Icon } from '#client/components/icon.tsx';
import { Sheet } from '#client/components/modal.tsx';
import { useAccount } from '#client/hooks/use-account.ts';
import { useT } from '#client/i18n/i18n.ts';
import { LanguageChoice, ThemeChoice } from '#client/screens/settings/preference-choices.tsx';
import styles from './menu-sheet.module.css';
import { moderationPage, otherPages } from './navigation.ts';

const ICONS: Record<(typeof otherPages)[number]['to'] | typeof moderationPage.to, LucideIcon> = {
  '/balades': Footprints,
  '/actualites': Newspaper,
  '/proposer': CalendarPlus,
  '/hors-ligne': Smartphone,
  '/reglages': Settings,
  '/espace': UserRoundCog,
  '/emargement': ClipboardCheck,
  '/moderation': ListChecks,
};

interface MenuSheetProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

/** The pages that no tab leads to, with language and theme. */
export function MenuSheet({ open, onClose }: MenuSheetProps) {
  const t = useT();
  const { pathname } = useLocation();
  const account = useAccount();
  const moderates = account !== undefined && account.role !== 'organiser';
  const pages = moderates ? [...otherPages, moderationPage] : otherPages;
  return (
    <Sheet open={open} onClose={onClose} title={t('shell.menu')}>
      <nav aria-label={t('shell.menu')}>
        <ul className={styles.list}>
          {pages.map((page) => (
            <li key={page.to}>
              <Link
                to={page.to}
                className={styles.link ?? ''}
                aria-current={pathname === page.to ? 'page' : undefined}
                onClick={onClose}
              >
                <Icon of={ICONS[page.to]} />
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
  );
}
