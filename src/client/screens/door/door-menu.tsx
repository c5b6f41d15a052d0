import { EllipsisVertical, FilePenLine, LockKeyhole, LogOut, Printer } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { Button } from '#client/components/button.tsx';
import { Icon } from '#client/components/icon.tsx';
import { Sheet } from '#client/components/modal.tsx';
import { useDoorLock } from '#client/hooks/use-door-lock.ts';
import { useT } from '#client/i18n/i18n.ts';
import type { Door } from '#client/store/door-view.ts';
import styles from './door-menu.module.css';
import { LeaveDialog } from './leave-dialog.tsx';
import { LockDialog } from './lock-dialog.tsx';

/** What is done at a door now and then: the paper list, the lock, the way out. */
export function DoorMenu({ door }: { readonly door: Door }) {
  const t = useT();
  const { lock } = useDoorLock(door.deviceId);
  const [open, setOpen] = useState<'menu' | 'lock' | 'leave'>();
  const close = (): void => setOpen(undefined);
  return (
    <>
      <Button
        variant="quiet"
        size="large"
        icon={EllipsisVertical}
        iconOnly
        aria-haspopup="dialog"
        onClick={() => setOpen('menu')}
      >
        {t('door.menu')}
      </Button>
      <Sheet open={open === 'menu'} onClose={close} title={t('door.menu')}>
        <ul className={styles.list}>
          {door.profile === 'full' ? (
            <>
              <Entry icon={Printer} to="/emargement/feuille" text={t('door.menu.sheet')} />
              <Entry icon={FilePenLine} to="/emargement/saisie" text={t('door.menu.paper')} />
            </>
          ) : null}
          <Entry
            icon={LockKeyhole}
            onPress={() => setOpen('lock')}
            text={t(lock ? 'door.menu.lock' : 'door.menu.lock.set')}
          />
          <Entry icon={LogOut} onPress={() => setOpen('leave')} text={t('door.leave')} />
        </ul>
      </Sheet>
      <LockDialog deviceId={door.deviceId} name={door.name} open={open === 'lock'} onClose={close} />
      <LeaveDialog deviceId={door.deviceId} open={open === 'leave'} onClose={close} />
    </>
  );
}

interface EntryProps {
  readonly icon: LucideIcon;
  readonly text: string;
  readonly to?: string;
  readonly onPress?: () => void;
}

function Entry({ icon, text, to, onPress }: EntryProps) {
  const content = (
    <>
      <Icon of={icon} />
      <span>{text}</span>
    </>
  );
  return (
    <li>
      {to === undefined ? (
        <button type="button" className={styles.entry} onClick={onPress}>
          {content}
        </button>
      ) : (
        <Link to={to} className={styles.entry ?? ''}>
          {content}
        </Link>
      )}
    </li>
  );
}
