import { useEffect } from 'react';
import { Route, Routes } from 'react-router';
import { keepDesk } from '#client/platform/service-worker.ts';
import { NotFound } from './not-found.tsx';
import { screen } from './screen.ts';

const DeskScreen = screen(() => import('#client/screens/desk/desk-screen.tsx'), 'DeskScreen');
const DeskEventScreen = screen(() => import('#client/screens/desk/desk-event-screen.tsx'), 'DeskEventScreen');
const SheetScreen = screen(() => import('#client/screens/desk/sheet-screen.tsx'), 'SheetScreen');
const PaperEntryScreen = screen(() => import('#client/screens/desk/paper-entry-screen.tsx'), 'PaperEntryScreen');
const CertificatesScreen = screen(() => import('#client/screens/desk/certificates-screen.tsx'), 'CertificatesScreen');
const PosterScreen = screen(() => import('#client/screens/desk/poster-screen.tsx'), 'PosterScreen');
const ContentsScreen = screen(() => import('#client/screens/contents/contents-screen.tsx'), 'ContentsScreen');
const NewsletterDeskScreen = screen(
  () => import('#client/screens/newsletter-desk/newsletter-desk-screen.tsx'),
  'NewsletterDeskScreen',
);
const ExchangeScreen = screen(() => import('#client/screens/exchange/exchange-screen.tsx'), 'ExchangeScreen');
const FiguresScreen = screen(() => import('#client/screens/figures/figures-screen.tsx'), 'FiguresScreen');
const FeaturedScreen = screen(() => import('#client/screens/featured/featured-screen.tsx'), 'FeaturedScreen');
const TourEditorScreen = screen(() => import('#client/screens/tour-editor/tour-editor-screen.tsx'), 'TourEditorScreen');
const TourCodesScreen = screen(() => import('#client/screens/tour-editor/tour-codes-screen.tsx'), 'TourCodesScreen');
const ProposeScreen = screen(() => import('#client/screens/propose/propose-screen.tsx'), 'ProposeScreen');
const ModerationScreen = screen(() => import('#client/screens/moderation/moderation-screen.tsx'), 'ModerationScreen');
const ReviewScreen = screen(() => import('#client/screens/moderation/review-screen.tsx'), 'ReviewScreen');
const TeamScreen = screen(() => import('#client/screens/team/team-screen.tsx'), 'TeamScreen');
const JournalScreen = screen(() => import('#client/screens/team/journal-screen.tsx'), 'JournalScreen');
const AccountScreen = screen(() => import('#client/screens/account/account-screen.tsx'), 'AccountScreen');
const EditionRulesScreen = screen(
  () => import('#client/screens/edition-rules/edition-rules-screen.tsx'),
  'EditionRulesScreen',
);

/**
 * The pages of those who make the programme. What they alone need is kept by the devices that have opened one of them, and by no
 * other: it is a fifth of the app.
 */
export function DeskPages() {
  useEffect(keepDesk, []);
  return (
    <Routes>
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
      <Route path="/espace/infolettre" element={<NewsletterDeskScreen />} />
      <Route path="/espace/equipe" element={<TeamScreen />} />
      <Route path="/espace/journal" element={<JournalScreen />} />
      <Route path="/espace/compte" element={<AccountScreen />} />
      <Route path="/espace/echanges" element={<ExchangeScreen />} />
      <Route path="/espace/tableau" element={<FiguresScreen />} />
      <Route path="/espace/une" element={<FeaturedScreen />} />
      <Route path="/moderation" element={<ModerationScreen />} />
      <Route path="/moderation/:id" element={<ReviewScreen />} />
      <Route path="/espace/edition" element={<EditionRulesScreen />} />
      <Route path="*" element={<NotFound />} />
    </Routes>
  );
}
