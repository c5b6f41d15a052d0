import { Download, LogOut, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Sessions } from '#protocol/team.ts';
import { Button } from '#client/components/button.tsx';
import { CallNotice } from '#client/components/call-notice.tsx';
import { ConfirmDialog } from '#client/components/confirm-dialog.tsx';
import type { Column } from '#client/components/data-table.tsx';
import { DataTable } from '#client/components/data-table.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { useCalled } from '#client/hooks/use-called.ts';
import { useProvider } from '#client/hooks/use-provider.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { saveFile } from '#client/platform/save-file.ts';
import type { CallFailure } from '#client/platform/session.ts';
import { whoAmI } from '#client/platform/session.ts';
import { deleteAccount, endSession, readAccountData, readSessions } from '#client/platform/team.ts';
import { MeansSection } from './means-section.tsx';
import styles from './account.module.css';

type Session = Sessions['sessions'][number];

/** `/espace/compte`: where the person is signed in, and what is held on them. */
export function AccountScreen() {
  const t = useT();
  const navigate = useNavigate();
  const account = useCalled(whoAmI);
  const sessions = useCalled(readSessions);
  const [ending, setEnding] = useState(false);
  const [failure, setFailure] = useState<CallFailure['reason']>();
  const [said, setSaid] = useState('');
  const signedOut = account.failure === 'sign_in_required' || sessions.failure === 'sign_in_required';
  useEffect(() => {
    if (signedOut) void navigate('/connexion', { replace: true });
  }, [signedOut, navigate]);

  const end = async (id?: string): Promise<void> => {
    setFailure(undefined);
    setSaid('');
    const called = await endSession(id);
    if (called.kind === 'failed') setFailure(called.reason);
    else setSaid(t(id === undefined ? 'account.sessions.othersEnded' : 'account.sessions.ended'));
    sessions.reload();
  };
  const save = async (): Promise<void> => {
    setFailure(undefined);
    const called = await readAccountData();
    if (called.kind === 'failed') setFailure(called.reason);
    else saveFile('escale-compte.json', 'application/json', JSON.stringify(called.value, undefined, 2));
  };

  const me = account.value;
  const rows = sessions.value?.sessions ?? [];
  return (
    <div className={styles.page}>
      <PageHeader
        title={t('account.title')}
        lead={me ? t('desk.me', { email: me.email, role: t(`desk.role.${me.role}`) }) : undefined}
        back={{ to: '/espace', label: t('desk.title') }}
      />
      {sessions.failure && !signedOut ? <CallNotice reason={sessions.failure} onRetry={sessions.reload} /> : null}
      {failure ? <CallNotice reason={failure} /> : null}
      <section className={styles.part} aria-labelledby="connexions">
        <h2 id="connexions">{t('account.sessions')}</h2>
        <p className={styles.text}>{t('account.sessions.text')}</p>
        {sessions.value ? <SessionTable rows={rows} onEnd={(id) => void end(id)} /> : null}
        <p role="status">{said}</p>
        {rows.some((one) => !one.current) ? (
          <div className={styles.actions}>
            <Button icon={LogOut} onClick={() => void end()}>
              {t('account.sessions.endOthers')}
            </Button>
          </div>
        ) : null}
      </section>
      <MeansSection />
      <section className={styles.part} aria-labelledby="donnees">
        <h2 id="donnees">{t('account.data')}</h2>
        <p className={styles.text}>{t('account.data.text')}</p>
        <div className={styles.actions}>
          <Button icon={Download} onClick={() => void save()}>
            {t('account.data.save')}
          </Button>
          {me?.demo === false ? (
            <Button variant="danger" icon={Trash2} onClick={() => setEnding(true)}>
              {t('account.delete')}
            </Button>
          ) : null}
        </div>
        {me?.demo ? <p className={styles.after}>{t('account.delete.demo')}</p> : null}
      </section>
      <ConfirmDialog
        open={ending}
        title={t('account.delete.title')}
        action={t('account.delete')}
        onClose={() => setEnding(false)}
        work={deleteAccount}
        onDone={() => void navigate('/connexion', { replace: true })}
      >
        <p>{t('account.delete.text')}</p>
        {me?.role === 'national' ? <p>{t('account.delete.last')}</p> : null}
      </ConfirmDialog>
    </div>
  );
}

function SessionTable({ rows, onEnd }: { readonly rows: readonly Session[]; readonly onEnd: (id: string) => void }) {
  const t = useT();
  const format = useFormat();
  const provider = useProvider()?.name ?? t('signin.concern.provider');
  const nameOf = (one: Session): string => one.device ?? t('account.session.unknown');
  const columns: Column<Session>[] = [
    {
      key: 'device',
      head: t('account.session.device'),
      cell: (one) => (
        <>
          {nameOf(one)}
          {one.current ? <span className={styles.after}>{t('account.session.current')}</span> : null}
        </>
      ),
    },
    {
      key: 'by',
      head: t('account.session.by'),
      cell: (one) => t(`account.session.by.${one.by ?? 'code'}`, { provider }),
    },
    { key: 'since', head: t('account.session.since'), cell: (one) => format.moment(Date.parse(one.since)) },
    { key: 'seen', head: t('account.session.seen'), cell: (one) => format.moment(Date.parse(one.lastSeenAt)) },
    {
      key: 'actions',
      head: t('desk.devices.actions'),
      action: true,
      cell: (one) =>
        one.current ? null : (
          <Button aria-label={t('account.session.end.of', { device: nameOf(one) })} onClick={() => onEnd(one.id)}>
            {t('account.session.end')}
          </Button>
        ),
    },
  ];
  return (
    <DataTable caption={t('account.sessions')} captionHidden columns={columns} rows={rows} rowKey={(one) => one.id} />
  );
}
