import { Menu as MenuIcon } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Button } from '#client/components/button.tsx';
import { useT } from '#client/i18n/i18n.ts';

const MenuSheet = lazy(async () => ({ default: (await import('./menu-sheet.tsx')).MenuSheet }));

/** The button to everything that no tab leads to. */
export function Menu() {
  const t = useT();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="quiet" icon={MenuIcon} iconOnly aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {t('shell.menu')}
      </Button>
      {open ? (
        <Suspense>
          <MenuSheet open onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
