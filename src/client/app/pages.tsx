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
const DeskScreen = screen(() => import('#client/screens/desk/desk-screen.tsx'), 'DeskScreen');
const DeskEventScreen = screen(() => import('#client/screens/desk/desk-event-screen.tsx'), 'DeskEventScreen');
const DoorSheetScreen = screen(() => import('#client/screens/door/door-sheet-screen.tsx'), 'DoorSheetScreen');
const DoorPaperScreen = screen(() => import('#client/screens/door/door-paper-screen.tsx'), 'DoorPaperScreen');
const SheetScreen = screen(() => import('#client/screens/desk/sheet-screen.tsx'), 'SheetScreen');
const PaperEntryScreen = screen(() => import('#client/screens/desk/paper-entry-screen.tsx'), 'PaperEntryScreen');
const CertificatesScreen = screen(() => import('#client/screens/desk/certificates-screen.tsx'), 'CertificatesScreen');
const PosterScreen = screen(() => import('#client/screens/desk/poster-screen.tsx'), 'PosterScreen');
const NewsScreen = screen(() => import('#client/screens/news/news-screen.tsx'), 'NewsScreen');
const ArticleScreen = screen(() => import('#client/screens/news/article-screen.tsx'), 'ArticleScreen');
const ContentPageScreen = screen(
  () => import('#client/screens/content-page/content-page-screen.tsx'),
  'ContentPageScreen',
);
const ContentsScreen = screen(() => import('#client/screens/contents/contents-screen.tsx'), 'ContentsScreen');
const NewsletterScreen = screen(() => import('#client/screens/newsletter/newsletter-screen.tsx'), 'NewsletterScreen');
const NewsletterDeskScreen = screen(
  () => import('#client/screens/newsletter-desk/newsletter-desk-screen.tsx'),
  'NewsletterDeskScreen',
);
const ExchangeScreen = screen(() => import('#client/screens/exchange/exchange-screen.tsx'), 'ExchangeScreen');
const FiguresScreen = screen(() => import('#client/screens/figures/figures-screen.tsx'), 'FiguresScreen');
const FeaturedScreen = screen(() => import('#client/screens/featured/featured-screen.tsx'), 'FeaturedScreen');
const EditionScreen = screen(() => import('#client/screens/edition/edition-screen.tsx'), 'EditionScreen');
const RegionScreen = screen(() => import('#client/screens/region/region-screen.tsx'), 'RegionScreen');
const TourEditorScreen = screen(() => import('#client/screens/tour-editor/tour-editor-screen.tsx'), 'TourEditorScreen');
const TourCodesScreen = screen(() => import('#client/screens/tour-editor/tour-codes-screen.tsx'), 'TourCodesScreen');
const ProposeScreen = screen(() => import('#client/screens/propose/propose-screen.tsx'), 'ProposeScreen');
const ModerationScreen = screen(() => import('#client/screens/moderation/moderation-screen.tsx'), 'ModerationScreen');
const ReviewScreen = screen(() => import('#client/screens/moderation/review-screen.tsx'), 'ReviewScreen');
const TeamScreen = screen(() => import('#client/screens/team/team-screen.tsx'), 'TeamScreen');
const JournalScreen = screen(() => import('#client/screens/team/journal-screen.tsx'), 'JournalScreen');
const AccountScreen = screen(() => import('#client/screens/account/account-screen.tsx'), 'AccountScreen');
const OwnDataScreen = screen(() => import('#client/screens/own-data/own-data-screen.tsx'), 'OwnDataScreen');
const EditionRulesScreen = screen(
  () => import('#client/screens/edition-rules/edition-rules-screen.tsx'),
  'EditionRulesScreen',
);
const OfflineScreen = screen(() => import('#client/screens/offline/offline-screen.tsx'), 'OfflineScreen');
const SettingsScreen = screen(() => import('#client/screens/settings/settings-screen.tsx'), 'SettingsScreen');

/** Every component in every state, for whoever works on them; the build leaves it out. */
const ComposantsScreen = import.meta.env.DEV
  ? screen(() => import('#client/screens/composants/composants-screen.tsx'), 'ComposantsScreen')
  : undefined;

/** Every page of the app by its address, but for the two that nearly every visit begins with. */
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
      <Route path="/proposer" element={<ProposeScreen />} />
      <Route path="/proposer/:id" element={<ProposeScreen />} />
      <Route path="/espace" element={<DeskScreen />} />
      <Route path="/espace/evenements/:id" element={<DeskEventScreen />} />
      <Route path="/espace/evenements/:id/affiche" element={<PosterScreen />} />
      <Route path="/espace/evenements/:id/balade" element={<TourEditorScreen />} />
      <Route path="/espace/evenements/:id/balade/codes" element={<TourCodesScreen />} />
      <Route path="/espace/evenements/:id/feuille" element={<SheetScreen />} />
      <Route path="/espace/evenements/:id/saisie" element={<PaperEntryScreen />} />
      <Route path="/espace/evenements/:id/attestations" element={<CertificatesScreen />} />
      <Route path="/espace/contenus" element={<ContentsScreen />} />
      <Route path="/actualites" element={<NewsScreen />} />
      <Route path="/actualites/:slug" element={<ArticleScreen />} />
      {contentPages.map((id) => (
        <Route key={id} path={`/${id}`} element={<ContentPageScreen id={id} />} />
      ))}
      <Route path="/infolettre" element={<NewsletterScreen />} />
      <Route path="/espace/infolettre" element={<NewsletterDeskScreen />} />
      <Route path="/espace/equipe" element={<TeamScreen />} />
      <Route path="/espace/journal" element={<JournalScreen />} />
      <Route path="/espace/compte" element={<AccountScreen />} />
      <Route path="/mes-donnees" element={<OwnDataScreen />} />
      <Route path="/espace/echanges" element={<ExchangeScreen />} />
      <Route path="/espace/tableau" element={<FiguresScreen />} />
      <Route path="/espace/une" element={<FeaturedScreen />} />
      <Route path="/editions/:id" element={<EditionScreen />} />
      <Route path="/regions/:code" element={<RegionScreen />} />
      <Route path="/moderation" element={<ModerationScreen />} />
      <Route path="/moderation/:id" element={<ReviewScreen />} />
      <Route path="/espace/edition" element={<EditionRulesScreen />} />
      <Route path="/hors-ligne" element={<OfflineScreen />} />
      <Route path="/reglages" element={<SettingsScreen />} />
      <Route path="/partage" element={<Shared />} />
      {ComposantsScreen ? <Route path="/composants" element={<ComposantsScreen />} /> : null}
      <Route path="*" element={<NotFound />} />
    </Routes>
  );
}
