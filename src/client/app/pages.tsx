import { Route, Routes } from 'react-router';
import { contentPages } from '#domain/content.ts';
import { DoorScreen, MapScreen, TourScreen } from './first-screens.ts';
import { NotFound } from './not-found.tsx';
import { screen } from './screen.ts';
import { Shared } from './shared.tsx';

const RegistrationScreen = screen(
  () => import('#client/screens/registration/registration-screen.tsx'),
  'RegistrationScreen',
);
const AgendaScreen = screen(() => import('#client/screens/agenda/agenda-screen.tsx'), 'AgendaScreen');
const TicketsScreen = screen(() => import('#client/screens/tickets/tickets-screen.tsx'), 'TicketsScreen');
const TicketScreen = screen(() => import('#client/screens/ticket/ticket-screen.tsx'), 'TicketScreen');
const ToursScreen = screen(() => import('#client/screens/tours/tours-screen.tsx'), 'ToursScreen');
const SignInScreen = screen(() => import('#client/screens/sign-in/sign-in-screen.tsx'), 'SignInScreen');
const DoorSheetScreen = screen(() => import('#client/screens/door/door-sheet-screen.tsx'), 'DoorSheetScreen');
const DoorPaperScreen = screen(() => import('#client/screens/door/door-paper-screen.tsx'), 'DoorPaperScreen');
const NewsScreen = screen(() => import('#client/screens/news/news-screen.tsx'), 'NewsScreen');
const ArticleScreen = screen(() => import('#client/screens/news/article-screen.tsx'), 'ArticleScreen');
const ContentPageScreen = screen(
  () => import('#client/screens/content-page/content-page-screen.tsx'),
  'ContentPageScreen',
);
const NewsletterScreen = screen(() => import('#client/screens/newsletter/newsletter-screen.tsx'), 'NewsletterScreen');
const EditionScreen = screen(() => import('#client/screens/edition/edition-screen.tsx'), 'EditionScreen');
const RegionScreen = screen(() => import('#client/screens/region/region-screen.tsx'), 'RegionScreen');
const OwnDataScreen = screen(() => import('#client/screens/own-data/own-data-screen.tsx'), 'OwnDataScreen');
const OfflineScreen = screen(() => import('#client/screens/offline/offline-screen.tsx'), 'OfflineScreen');
const SettingsScreen = screen(() => import('#client/screens/settings/settings-screen.tsx'), 'SettingsScreen');

/** Every component in every state, for whoever works on them; the build leaves it out. */
const ComposantsScreen = import.meta.env.DEV
  ? screen(() => import('#client/screens/composants/composants-screen.tsx'), 'ComposantsScreen')
  : undefined;

/** Every page of the app by its address, but for the two that nearly every visit begins with and those of the desk. */
export function Pages() {
  return (
    <Routes>
      <Route path="/evenements/:slug/inscription" element={<RegistrationScreen />} />
      <Route path="/carte" element={<MapScreen />} />
      <Route path="/agenda" element={<AgendaScreen />} />
      <Route path="/billets" element={<TicketsScreen />} />
      <Route path="/billets/:id" element={<TicketScreen />} />
      <Route path="/balades" element={<ToursScreen />} />
      <Route path="/balades/:slug" element={<TourScreen />} />
      <Route path="/emargement" element={<DoorScreen />} />
      <Route path="/emargement/feuille" element={<DoorSheetScreen />} />
      <Route path="/emargement/saisie" element={<DoorPaperScreen />} />
      <Route path="/connexion" element={<SignInScreen />} />
      <Route path="/actualites" element={<NewsScreen />} />
      <Route path="/actualites/:slug" element={<ArticleScreen />} />
      {contentPages.map((id) => (
        <Route key={id} path={`/${id}`} element={<ContentPageScreen id={id} />} />
      ))}
      <Route path="/infolettre" element={<NewsletterScreen />} />
      <Route path="/mes-donnees" element={<OwnDataScreen />} />
      <Route path="/editions/:id" element={<EditionScreen />} />
      <Route path="/regions/:code" element={<RegionScreen />} />
      <Route path="/hors-ligne" element={<OfflineScreen />} />
      <Route path="/reglages" element={<SettingsScreen />} />
      <Route path="/partage" element={<Shared />} />
      {ComposantsScreen ? <Route path="/composants" element={<ComposantsScreen />} /> : null}
      <Route path="*" element={<NotFound />} />
    </Routes>
  );
}
