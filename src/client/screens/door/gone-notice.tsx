import { Download } from 'lucide-react';
import { Button, LinkButton } from '#client/components/button.tsx';
import { Notice } from '#client/components/notice.tsx';
import { useOutbox } from '#client/hooks/use-outbox.ts';
import { useT } from '#client/i18n/i18n.ts';
import { exportOutbox } from '#client/platform/export-outbox.ts';
import type { Door } from '#client/store/door-view.ts';

/** The door that this phone was: closed by the organiser, by time or by its bearer. What it recorded still goes (D5). */
export function GoneNotice({ door }: { readonly door: Pick<Door, 'deviceId' | 'state'> }) {
  const t = useT();
  const mine = useOutbox().filter((row) => row.replica === door.deviceId);
  const waiting = mine.filter((row) => row.state === 'waiting').length;
  const refused = mine.length - waiting;
  return (
    <Notice
      tone={mine.length > 0 ? 'attention' : 'info'}
      title={t('door.gone.title')}
      actions={
        mine.length > 0 ? (
          <>
            <LinkButton to="/hors-ligne">{t('door.gone.see')}</LinkButton>
            <Button variant="quiet" icon={Download} onClick={() => exportOutbox(mine)}>
              {t('door.leave.export')}
            </Button>
          </>
        ) : null
      }
    >
      <p>{t(door.state === 'expired' ? 'door.gone.expired' : 'door.gone.reason')}</p>
      {waiting > 0 ? <p>{t('door.gone.unsent', { n: waiting })}</p> : null}
      {refused > 0 ? <p>{t('door.gone.refused', { n: refused })}</p> : null}
    </Notice>
  );
}
