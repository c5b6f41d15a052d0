import { Ban, CircleCheck, Clock, Hourglass, Smartphone } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useState } from 'react';
import type { Uuid } from '#domain/ids.ts';
import type { DeskDevice } from '#protocol/desk.ts';
import { Button } from '#client/components/button.tsx';
import { CallNotice } from '#client/components/call-notice.tsx';
import type { Column } from '#client/components/data-table.tsx';
import { DataTable } from '#client/components/data-table.tsx';
import { EmptyState } from '#client/components/empty-state.tsx';
import { Dialog } from '#client/components/modal.tsx';
import type { Tone } from '#client/components/status-pill.tsx';
import { StatusPill } from '#client/components/status-pill.tsx';
import { useReadOnly } from '#client/hooks/use-read-only.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { revokeDevice } from '#client/platform/desk.ts';
import type { CallFailure } from '#client/platform/session.ts';
import styles from './desk.module.css';

const states: Readonly<Record<DeskDevice['state'], { tone: Tone; icon: LucideIcon }>> = {
  taking: { tone: 'sun', icon: Hourglass },
  ready: { tone: 'leaf', icon: CircleCheck },
  revoked: { tone: 'brick', icon: Ban },
  expired: { tone: 'neutral', icon: Clock },
};

interface DevicesProps {
  readonly eventId: Uuid;
  readonly devices: readonly DeskDevice[];
  readonly onChanged: () => void;
}

/** The phones at the doors of an event, and taking one's access away. */
export function Devices({ eventId, devices, onChanged }: DevicesProps) {
  const t = useT();
  const format = useFormat();
  const [asked, setAsked] = useState<DeskDevice>();
  const readOnly = useReadOnly();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CallFailure['reason']>();

  if (devices.length === 0) return <EmptyState icon={Smartphone} text={t('desk.devices.none')} />;

  const close = (): void => {
    setAsked(undefined);
    setFailure(undefined);
  };
  const revoke = async (device: DeskDevice): Promise<void> => {
    setBusy(true);
    const called = await revokeDevice(eventId, device.id);
    setBusy(false);
    if (called.kind === 'failed') setFailure(called.reason);
    else {
      close();
      onChanged();
    }
  };

  const columns: Column<DeskDevice>[] = [
    { key: 'name', head: t('desk.devices.name'), cell: (d) => d.name },
    {
      key: 'door',
      head: t('desk.devices.door'),
      cell: (d) => (
        <>
          {d.door}
          <span className={styles.after}>{t(`desk.profile.${d.profile}`)}</span>
        </>
      ),
    },
    {
      key: 'state',
      head: t('desk.devices.state'),
      cell: (d) => <StatusPill {...states[d.state]} text={t(`desk.device.${d.state}`)} />,
    },
    {
      key: 'seen',
      head: t('desk.devices.seen'),
      cell: (d) => (d.lastSeenAt ? format.moment(Date.parse(d.lastSeenAt)) : t('desk.devices.never')),
    },
    {
      key: 'waiting',
      head: t('desk.devices.waiting'),
      numeric: true,
      cell: (d) => (d.waiting === undefined ? null : format.number(d.waiting)),
    },
    { key: 'held', head: t('desk.devices.held'), numeric: true, cell: (d) => format.number(d.held) },
    {
      key: 'actions',
      head: t('desk.devices.actions'),
      action: true,
      cell: (d) =>
        !readOnly && (d.state === 'taking' || d.state === 'ready') ? (
          <Button
            variant="danger"
            aria-label={t('desk.device.revoke.of', { name: d.name })}
            onClick={() => setAsked(d)}
          >
            {t('desk.device.revoke')}
          </Button>
        ) : null,
    },
  ];
  return (
    <>
      <p className={styles.count}>{t('desk.devices.asOf')}</p>
      <DataTable caption={t('desk.devices')} captionHidden columns={columns} rows={devices} rowKey={(d) => d.id} />
      <Dialog
        open={asked !== undefined}
        onClose={close}
        title={t('desk.device.revoke.title')}
        actions={
          <>
            <Button onClick={close}>{t('desk.cancel')}</Button>
            <Button variant="danger" busy={busy} onClick={() => asked && void revoke(asked)}>
              {t('desk.device.revoke.confirm')}
            </Button>
          </>
        }
      >
        {asked ? (
          <>
            <p>{t('desk.device.revoke.text', { name: asked.name, door: asked.door })}</p>
            <p>{t('desk.device.revoke.unsent', { n: asked.waiting ?? 0 })}</p>
            {asked.held > 0 ? <p>{t('desk.device.revoke.held', { n: asked.held })}</p> : null}
          </>
        ) : null}
        {failure ? <CallNotice reason={failure} /> : null}
      </Dialog>
    </>
  );
}
