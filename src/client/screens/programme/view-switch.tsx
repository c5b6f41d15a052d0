import { CalendarRange, LayoutList } from 'lucide-react';
import { Link, useLocation } from 'react-router';
import { classNames } from '#client/components/class-names.ts';
import { Icon } from '#client/components/icon.tsx';
import { useT } from '#client/i18n/i18n.ts';
import styles from './view-switch.module.css';

export type View = 'days' | 'grid';

/** As it stands in the address. */
export function viewOf(params: URLSearchParams): View {
  return params.get('vue') === 'grille' ? 'grid' : 'days';
}

const VIEWS = [
  { view: 'days', icon: LayoutList },
  { view: 'grid', icon: CalendarRange },
] as const;

/** The programme by day, or as a timetable; the address says which. */
export function ViewSwitch({ view, wide }: { readonly view: View; readonly wide: boolean }) {
  const t = useT();
  const { search } = useLocation();
  return (
    <nav className={styles.switch} aria-label={t('programme.view')}>
      {VIEWS.map(({ view: one, icon }) => {
        const params = new URLSearchParams(search);
        params.delete('vue');
        if (one === 'days') params.delete('jour');
        else params.set('vue', 'grille');
        return (
          <Link
            key={one}
            to={{ search: params.toString() }}
            replace
            preventScrollReset
            className={classNames(styles.view, one === view && styles.chosen) ?? ''}
            aria-current={one === view ? 'true' : undefined}
          >
            <Icon of={icon} size="1.1em" /> {t(`programme.view.${one === 'grid' && !wide ? 'places' : one}`)}
          </Link>
        );
      })}
    </nav>
  );
}
