import type { LucideIcon } from 'lucide-react';
import {
  CalendarHeart,
  CalendarPlus,
  ClipboardCheck,
  Footprints,
  LayoutList,
  ListChecks,
  Map as MapIcon,
  Newspaper,
  Settings,
  Smartphone,
  Ticket,
  UserRoundCog,
} from 'lucide-react';

export interface Destination {
  readonly to: string;
  /** Id of its name. */
  readonly name: string;
  readonly icon: LucideIcon;
}

/** The tabs of a phone, the rail of a wide screen. */
export const mainPages: readonly Destination[] = [
  { to: '/', name: 'shell.nav.programme', icon: LayoutList },
  { to: '/carte', name: 'shell.nav.map', icon: MapIcon },
  { to: '/agenda', name: 'shell.nav.agenda', icon: CalendarHeart },
  { to: '/billets', name: 'shell.nav.tickets', icon: Ticket },
];

/** What no tab leads to: in the menu and the footer. */
export const otherPages: readonly Destination[] = [
  { to: '/balades', name: 'shell.nav.tours', icon: Footprints },
  { to: '/actualites', name: 'shell.nav.news', icon: Newspaper },
  { to: '/proposer', name: 'shell.nav.propose', icon: CalendarPlus },
  { to: '/hors-ligne', name: 'shell.nav.offline', icon: Smartphone },
  { to: '/reglages', name: 'shell.nav.settings', icon: Settings },
  { to: '/espace', name: 'shell.nav.desk', icon: UserRoundCog },
  { to: '/emargement', name: 'shell.nav.door', icon: ClipboardCheck },
];

/** For those who moderate or audit: in their menu alone. */
export const moderationPage: Destination = { to: '/moderation', name: 'shell.nav.moderation', icon: ListChecks };

/** What the law and good manners ask for: in the footer alone. */
export const smallPrint: readonly Omit<Destination, 'icon'>[] = [
  { to: '/accessibilite', name: 'shell.nav.accessibility' },
  { to: '/confidentialite', name: 'shell.nav.privacy' },
  { to: '/mentions-legales', name: 'shell.nav.legal' },
];

/** Whether a tab stands for the page that is open: an event belongs to the programme. */
export function isWithin(to: string, pathname: string): boolean {
  if (to === '/') return pathname === '/' || pathname.startsWith('/evenements/');
  return pathname === to || pathname.startsWith(`${to}/`);
}
