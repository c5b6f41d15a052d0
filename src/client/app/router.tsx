import { Suspense } from 'react';
import { Navigate, Route, Routes, useLocation } from 'react-router';
import { ProgrammeScreen } from '#client/screens/programme/programme-screen.tsx';
import { useKioskMode } from '#client/hooks/use-kiosk-mode.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { DeskPages, EventScreen, isDesk, Pages } from './first-screens.ts';
import { PageLoading } from './page-loading.tsx';

/** The programme is part of the first load; the rest comes after it. */
export function Router() {
  const { pathname } = useLocation();
  const kiosk = useKioskMode() !== undefined;
  if (kiosk && pathname !== '/emargement') return <Navigate to="/emargement" replace />;
  return (
    <ErrorBoundary page={pathname}>
      <Suspense fallback={<PageLoading />}>
        <Routes>
          <Route path="/" element={<ProgrammeScreen />} />
          <Route path="/evenements/:slug" element={<EventScreen />} />
          <Route path="*" element={isDesk(pathname) ? <DeskPages /> : <Pages />} />
        </Routes>
      </Suspense>
    </ErrorBoundary>
  );
}
