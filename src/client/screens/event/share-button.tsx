import { Share2 } from 'lucide-react';
import { useState } from 'react';
import type { Edition } from '#domain/programme.ts';
import { Button } from '#client/components/button.tsx';
import { useT } from '#client/i18n/i18n.ts';

/** Hands the page to the system's own sharing, or copies its address where there is none. */
export function ShareButton(props: { readonly title: string; readonly edition: Edition | undefined }) {
  const { title, edition } = props;
  const t = useT();
  const [said, setSaid] = useState('');

  const share = async (): Promise<void> => {
    // A device that has never shown this edition learns from the address which one to fetch.
    const named = edition && !edition.current ? `?edition=${encodeURIComponent(edition.id)}` : '';
    const url = location.origin + location.pathname + named;
    try {
      if ('share' in navigator) await navigator.share({ title, url });
      else {
        await (navigator as Navigator).clipboard.writeText(url);
        setSaid(t('event.share.copied'));
      }
    } catch (error) {
      // The person closed the system's sharing: nothing to say.
      if (error instanceof DOMException && error.name === 'AbortError') return;
      setSaid(t('event.share.failed', { url }));
    }
  };

  return (
    <>
      <span aria-live="polite">{said}</span>
      <Button variant="quiet" icon={Share2} onClick={share}>
        {t('event.share')}
      </Button>
    </>
  );
}
