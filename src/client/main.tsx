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
// None waits for another: the device's store is read while the words come in, and sync beside both.
startBeside();
await startTexts();

createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
