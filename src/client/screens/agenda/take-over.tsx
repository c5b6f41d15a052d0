import { ScanQrCode } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#client/components/button.tsx';
import { useT } from '#client/i18n/i18n.ts';
import { ScanDialog } from './scan-dialog.tsx';

/** The way to another phone's agenda, and what came of it. */
export function TakeOver() {
  const t = useT();
  const [open, setOpen] = useState(false);
  const [added, setAdded] = useState<number>();
  return (
    <>
      <Button icon={ScanQrCode} onClick={() => setOpen(true)}>
        {t('agenda.scan.from')}
      </Button>
      <p role="status">{added === undefined ? null : t('agenda.arriving.done', { n: added, part: 1, parts: 1 })}</p>
      <ScanDialog open={open} onClose={() => setOpen(false)} onAdded={setAdded} />
    </>
  );
}
