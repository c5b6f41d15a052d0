import { useLocation } from 'react-router';
import { Button } from '#client/components/button.tsx';
import { Notice } from '#client/components/notice.tsx';
import { useLive } from '#client/hooks/use-live.ts';
import { useSetting } from '#client/hooks/use-setting.ts';
import { useT } from '#client/i18n/i18n.ts';
import { install, installState, worthInstalling } from '#client/platform/install.ts';

/** Where people are in the middle of something. */
const BUSY = ['/emargement', '/inscription', '/espace', '/moderation', '/proposer', '/connexion'];

/**
 * Offers to install the app once there is something on the device that is worth keeping, never at the start, and never again
 * once somebody has said no.
 */
export function InstallOffer() {
  const t = useT();
  const state = useLive(installState);
  const { pathname } = useLocation();
  const [refused, setRefused] = useSetting('installRefused');
  const worth = useLive(worthInstalling);
  const can = state === 'offered' || state === 'by_hand';
  const busy = BUSY.some((part) => pathname.includes(part)) || pathname.startsWith('/balades/');
  if (!worth || !can || refused || busy) return null;
  const refuse = (): void => void setRefused(true);
  return (
    <Notice
      title={t('install.title')}
      actions={
        <>
          {state === 'offered' ? (
            <Button variant="primary" onClick={install}>
              {t('settings.install.action')}
            </Button>
          ) : null}
          <Button variant="quiet" onClick={refuse}>
            {t('install.no')}
          </Button>
        </>
      }
    >
      <p>{t('settings.install.text')}</p>
      {state === 'by_hand' ? <p>{t('settings.install.by_hand')}</p> : null}
    </Notice>
  );
}
