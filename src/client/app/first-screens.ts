import { deskTexts } from '#client/i18n/i18n.ts';
import { screen } from './screen.ts';

/** The screens that people open the app with, beside the programme. */
export const EventScreen = screen(() => import('#client/screens/event/event-screen.tsx'), 'EventScreen');
export const MapScreen = screen(() => import('#client/screens/map/map-screen.tsx'), 'MapScreen');
export const TourScreen = screen(() => import('#client/screens/tour/tour-screen.tsx'), 'TourScreen');
export const DoorScreen = screen(() => import('#client/screens/door/door-screen.tsx'), 'DoorScreen');

/** All other pages with their addresses: the first page waits for none of them, and they come right after it. */
export const Pages = screen(() => import('./pages.tsx'), 'Pages');

/** Where those work who make the programme. */
export const isDesk = (pathname: string): boolean => /^\/(espace|proposer|moderation)(\/|$)/.test(pathname);
export const DeskPages = screen(async () => {
  const [{ DeskPages: pages }] = await Promise.all([import('./desk-pages.tsx'), deskTexts()]);
  return { pages };
}, 'pages');
