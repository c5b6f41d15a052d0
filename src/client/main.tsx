import './hooks/read-early.ts';
import '#client/components/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { startBeside } from './app/start-beside.ts';
import { startTheme } from './app/theme.ts';
import { startTexts } from './i18n/i18n.ts';
import { watchInstall } from './platform/install.ts';

startTheme();
watchInstall();
await startTexts();

createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
// What runs beside the screens is fetched once they are drawn.
setTimeout(startBeside, 100);
