import type { LucideIcon } from 'lucide-react';
import { CalendarHeart, LayoutList, Map as MapIcon, Ticket } from 'lucide-react';

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

/** What no tab leads to: in the menu, with pictures of its own, and the footer. */
export const otherPages = [
  { to: '/balades', name: 'shell.nav.tours' },
  { to: '/actualites', name: 'shell.nav.news' },
  { to: '/proposer', name: 'shell.nav.propose' },
  { to: '/hors-ligne', name: 'shell.nav.offline' },
  { to: '/reglages', name: 'shell.nav.settings' },
  { to: '/espace', name: 'shell.nav.desk' },
  { to: '/emargement', name: 'shell.nav.door' },
] as const satisfies readonly Omit<Destination, 'icon'>[];

/** For those who moderate or audit: in their menu alone. */
export const moderationPage = { to: '/moderation', name: 'shell.nav.moderation' } as const;

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
