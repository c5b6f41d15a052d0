import './hooks/read-early.ts';
import '#client/components/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { startTheme } from './app/theme.ts';
import { startClient } from './hooks/start.ts';
import { activateLanguage, startLanguage } from './i18n/i18n.ts';
import { watchInstall } from './platform/install.ts';

startTheme();
watchInstall();
// Neither waits for the other: the device's store is read while the words come in.
startClient();
await activateLanguage(startLanguage(), { remember: false });

createRoot(document.querySelector('#root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
