import type { LucideIcon } from 'lucide-react';
import {
  ArrowLeftRight,
  ChartColumn,
  ListChecks,
  Mail,
  Newspaper,
  ScrollText,
  Sparkles,
  UserRound,
  Users,
} from 'lucide-react';
import { Link } from 'react-router';
import type { Role } from '#domain/account.ts';
import { Icon } from '#client/components/icon.tsx';
import { useT } from '#client/i18n/i18n.ts';
import styles from './desk-nav.module.css';

interface Room {
  readonly to: string;
  readonly name: string;
  readonly icon: LucideIcon;
  readonly roles: readonly Role[];
}

const ALL: readonly Role[] = ['national', 'regional', 'organiser', 'auditor'];
const ABOVE: readonly Role[] = ['national', 'regional', 'auditor'];

/** The rooms of the desk beside its events, as far as a role has something to do there. */
const ROOMS: readonly Room[] = [
  { to: '/moderation', name: 'moderation.title', icon: ListChecks, roles: ABOVE },
  { to: '/espace/une', name: 'featured.title', icon: Sparkles, roles: ['national', 'regional'] },
  { to: '/espace/contenus', name: 'content.edit.title', icon: Newspaper, roles: ['national'] },
  { to: '/espace/infolettre', name: 'newsletter.desk', icon: Mail, roles: ['national'] },
  { to: '/espace/tableau', name: 'figures.title', icon: ChartColumn, roles: ALL },
  { to: '/espace/echanges', name: 'exchange.title', icon: ArrowLeftRight, roles: ABOVE },
  { to: '/espace/equipe', name: 'team.title', icon: Users, roles: ALL },
  { to: '/espace/journal', name: 'journal.title', icon: ScrollText, roles: ['national', 'auditor'] },
  { to: '/espace/compte', name: 'account.title', icon: UserRound, roles: ALL },
];

export function DeskNav({ role }: { readonly role: Role }) {
  const t = useT();
  return (
    <nav aria-label={t('desk.title')}>
      <ul className={styles.rooms}>
        {ROOMS.filter(({ roles }) => roles.includes(role)).map(({ to, name, icon }) => (
          <li key={to}>
            <Link to={to} className={styles.room}>
              <Icon of={icon} />
              {t(name)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
