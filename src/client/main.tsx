import { texts } from './i18n/texts.ts';
import { earlyPage } from './app/early-page.ts';
import { drawsAtOnce, pageRead } from './hooks/read-early.ts';
import '#client/components/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { firstPaint } from './hooks/first-paint.ts';
import { startBeside } from './app/start-beside.ts';
import { startTheme } from './app/theme.ts';
import { watchInstall } from './platform/install.ts';

startTheme();
watchInstall();
// Not at the top level: pages import what lies beside this module in the built file, and would wait for it in their turn.
void draw();

async function draw(): Promise<void> {
  await texts;
  await earlyPage(pageRead);
  createRoot(document.querySelector('#root')!).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}

// What runs beside the screens is fetched once they are drawn; where nothing is on the device, they wait for it.
if (drawsAtOnce()) void firstPaint(2000).then(startBeside);
else setTimeout(startBeside, 100);
