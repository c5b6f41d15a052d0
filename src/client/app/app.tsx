import { BrowserRouter } from 'react-router';
import { ErrorBoundary } from './error-boundary.tsx';
import { usePreferences } from './preferences.ts';
import { Router } from './router.tsx';
import { Shell } from './shell.tsx';

export function App() {
  usePreferences();
  return (
    <BrowserRouter>
      <ErrorBoundary page="app">
        <Shell>
          <Router />
        </Shell>
      </ErrorBoundary>
    </BrowserRouter>
  );
}
