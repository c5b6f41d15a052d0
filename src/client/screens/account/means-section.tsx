import { KeyRound } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import type { SignInMeans } from '#protocol/sign-in-ways.ts';
import { Button } from '#client/components/button.tsx';
import { CallNotice } from '#client/components/call-notice.tsx';
import { ConfirmDialog } from '#client/components/confirm-dialog.tsx';
import type { Column } from '#client/components/data-table.tsx';
import { DataTable } from '#client/components/data-table.tsx';
import { Field } from '#client/components/forms/field.tsx';
import { Dialog } from '#client/components/modal.tsx';
import { useCalled } from '#client/hooks/use-called.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import {
  addPasskey,
  passkeysWork,
  readMeans,
  removeIdentity,
  removePasskey,
  renamePasskey,
} from '#client/platform/passkeys.ts';
import type { CallFailure } from '#client/platform/session.ts';
import styles from './account.module.css';

type Passkey = SignInMeans['passkeys'][number];
type Identity = SignInMeans['identities'][number];
type Doing =
  | { readonly kind: 'rename' | 'remove'; readonly passkey: Passkey }
  | { readonly kind: 'unlink'; readonly identity: Identity };

/** In which ways the person signs in, beside the mailed code: passkeys, and who they are at a provider. */
export function MeansSection() {
  const t = useT();
  const means = useCalled(readMeans);
  const [works] = useState(passkeysWork);
  const [doing, setDoing] = useState<Doing>();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CallFailure['reason']>();
  const [said, setSaid] = useState('');
  const nameOf = (one: Passkey): string => one.name || t('account.passkey.unnamed');

  const add = async (): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    setSaid('');
    try {
      const outcome = await addPasskey();
      if (outcome.kind === 'failed') setFailure(outcome.reason);
      else setSaid(t(`account.passkey.${outcome.kind}`));
    } catch {
      setFailure('offline');
    }
    setBusy(false);
    means.reload();
  };
  const done = (text: string): void => {
    setDoing(undefined);
    setSaid(text);
    means.reload();
  };

  const { passkeys = [], identities = [] } = means.value ?? {};
  return (
    <section className={styles.part} aria-labelledby="moyens">
      <h2 id="moyens">{t('account.means')}</h2>
      <p className={styles.text}>{t('account.means.text')}</p>
      {means.failure && means.failure !== 'sign_in_required' ? (
        <CallNotice reason={means.failure} onRetry={means.reload} />
      ) : null}
      {failure ? <CallNotice reason={failure} /> : null}
      {passkeys.length > 0 ? (
        <PasskeyTable rows={passkeys} nameOf={nameOf} onDo={(kind, passkey) => setDoing({ kind, passkey })} />
      ) : null}
      {identities.length > 0 ? (
        <IdentityTable rows={identities} onUnlink={(identity) => setDoing({ kind: 'unlink', identity })} />
      ) : null}
      <p role="status">{said}</p>
      {works ? (
        <div className={styles.actions}>
          <Button icon={KeyRound} busy={busy} onClick={() => void add()}>
            {t('account.passkey.add')}
          </Button>
        </div>
      ) : (
        <p className={styles.after}>{t('account.passkey.cannot')}</p>
      )}
      {doing?.kind === 'rename' ? (
        <RenameDialog
          passkey={doing.passkey}
          onClose={() => setDoing(undefined)}
          onDone={() => done(t('account.passkey.renamed'))}
        />
      ) : null}
      <ConfirmDialog
        open={doing?.kind === 'remove' || doing?.kind === 'unlink'}
        title={t(doing?.kind === 'unlink' ? 'account.identity.unlink.title' : 'account.passkey.remove.title')}
        action={t(doing?.kind === 'unlink' ? 'account.identity.unlink' : 'account.passkey.remove')}
        onClose={() => setDoing(undefined)}
        work={() =>
          doing?.kind === 'unlink' ? removeIdentity(doing.identity.id) : removePasskey(doing?.passkey.id ?? '')
        }
        onDone={() => done(t('account.means.removed'))}
      >
        <p>
          {doing?.kind === 'unlink'
            ? t('account.identity.unlink.text', { provider: doing.identity.provider })
            : doing
              ? t('account.passkey.remove.text', { name: nameOf(doing.passkey) })
              : null}
        </p>
      </ConfirmDialog>
    </section>
  );
}

interface PasskeyTableProps {
  readonly rows: readonly Passkey[];
  readonly nameOf: (one: Passkey) => string;
  readonly onDo: (kind: 'rename' | 'remove', passkey: Passkey) => void;
}

function PasskeyTable({ rows, nameOf, onDo }: PasskeyTableProps) {
  const t = useT();
  const format = useFormat();
  const columns: Column<Passkey>[] = [
    { key: 'name', head: t('account.passkey'), cell: nameOf },
    { key: 'since', head: t('account.means.since'), cell: (one) => format.moment(Date.parse(one.since)) },
    {
      key: 'used',
      head: t('account.means.used'),
      cell: (one) =>
        one.lastUsedAt === undefined ? t('account.means.never') : format.moment(Date.parse(one.lastUsedAt)),
    },
    {
      key: 'actions',
      head: t('desk.devices.actions'),
      cell: (one) => (
        <span className={styles.actions}>
          <Button
            aria-label={t('account.passkey.rename.of', { name: nameOf(one) })}
            onClick={() => onDo('rename', one)}
          >
            {t('account.passkey.rename')}
          </Button>
          <Button
            aria-label={t('account.passkey.remove.of', { name: nameOf(one) })}
            onClick={() => onDo('remove', one)}
          >
            {t('account.passkey.remove')}
          </Button>
        </span>
      ),
    },
  ];
  return <DataTable caption={t('account.passkeys')} columns={columns} rows={rows} rowKey={(one) => one.id} />;
}

function IdentityTable({
  rows,
  onUnlink,
}: {
  readonly rows: readonly Identity[];
  readonly onUnlink: (identity: Identity) => void;
}) {
  const t = useT();
  const format = useFormat();
  const columns: Column<Identity>[] = [
    { key: 'provider', head: t('account.identity'), cell: (one) => one.provider },
    { key: 'since', head: t('account.means.since'), cell: (one) => format.moment(Date.parse(one.since)) },
    { key: 'used', head: t('account.means.used'), cell: (one) => format.moment(Date.parse(one.lastUsedAt)) },
    {
      key: 'actions',
      head: t('desk.devices.actions'),
      cell: (one) => (
        <Button aria-label={t('account.identity.unlink.of', { provider: one.provider })} onClick={() => onUnlink(one)}>
          {t('account.identity.unlink')}
        </Button>
      ),
    },
  ];
  return <DataTable caption={t('account.identities')} columns={columns} rows={rows} rowKey={(one) => one.id} />;
}

interface RenameDialogProps {
  readonly passkey: Passkey;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

function RenameDialog({ passkey, onClose, onDone }: RenameDialogProps) {
  const t = useT();
  const form = useId();
  const field = useRef<HTMLInputElement>(null);
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CallFailure['reason']>();
  const save = async (): Promise<void> => {
    const name = field.current?.value.trim() ?? '';
    setMissing(name === '');
    if (name === '') return;
    setBusy(true);
    const called = await renamePasskey(passkey.id, name);
    setBusy(false);
    if (called.kind === 'failed') setFailure(called.reason);
    else onDone();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('account.passkey.rename.title')}
      actions={
        <>
          <Button onClick={onClose}>{t('desk.cancel')}</Button>
          <Button type="submit" form={form} variant="primary" busy={busy}>
            {t('account.passkey.rename.save')}
          </Button>
        </>
      }
    >
      <form
        id={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field
          ref={field}
          label={t('account.passkey.name')}
          hint={t('account.passkey.name.hint')}
          defaultValue={passkey.name}
          maxLength={60}
          required
          error={missing ? t('account.passkey.name.missing') : undefined}
        />
      </form>
      {failure ? <CallNotice reason={failure} /> : null}
    </Dialog>
  );
}
