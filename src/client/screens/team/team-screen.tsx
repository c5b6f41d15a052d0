import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { regionOf } from '#domain/regions.ts';
import { shownIn } from '#client/i18n/shown.ts';
import type { Team } from '#protocol/team.ts';
import { Button } from '#client/components/button.tsx';
import { CallNotice } from '#client/components/call-notice.tsx';
import { ConfirmDialog } from '#client/components/confirm-dialog.tsx';
import type { Column } from '#client/components/data-table.tsx';
import { DataTable } from '#client/components/data-table.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { useCalled } from '#client/hooks/use-called.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { whoAmI } from '#client/platform/session.ts';
import { readTeam, removePerson, withdrawInvitation } from '#client/platform/team.ts';
import { InviteForm } from './invite-form.tsx';
import styles from './team.module.css';

type Person = Team['people'][number];
type Invitation = Team['invitations'][number];
type Asked =
  | { readonly kind: 'person'; readonly of: Person }
  | { readonly kind: 'invitation'; readonly of: Invitation };

/** `/espace/equipe`: who works on the programme with the signed-in person, and whom they invite. */
export function TeamScreen() {
  const t = useT();
  const navigate = useNavigate();
  const account = useCalled(whoAmI);
  const team = useCalled(readTeam);
  const [asked, setAsked] = useState<Asked>();
  const signedOut = account.failure === 'sign_in_required' || team.failure === 'sign_in_required';
  useEffect(() => {
    if (signedOut) void navigate('/connexion', { replace: true });
  }, [signedOut, navigate]);

  const me = account.value;
  return (
    <div className={styles.page}>
      <PageHeader title={t('team.title')} lead={t('team.lead')} back={{ to: '/espace', label: t('desk.title') }} />
      {team.failure && !signedOut ? <CallNotice reason={team.failure} onRetry={team.reload} /> : null}
      {!team.value && team.loading ? <p role="status">{t('desk.loading')}</p> : null}
      {me && me.role !== 'auditor' ? (
        <section className={styles.part} aria-labelledby="inviter">
          <h2 id="inviter">{t('team.invite')}</h2>
          <InviteForm me={me} onInvited={team.reload} />
        </section>
      ) : null}
      {team.value && team.value.invitations.length > 0 ? (
        <section className={styles.part} aria-labelledby="invitations">
          <h2 id="invitations">{t('team.invitations')}</h2>
          <Invitations rows={team.value.invitations} onAsk={(of) => setAsked({ kind: 'invitation', of })} />
        </section>
      ) : null}
      {team.value ? (
        <section className={styles.part} aria-labelledby="personnes">
          <h2 id="personnes">{t('team.people')}</h2>
          <People rows={team.value.people} onAsk={(of) => setAsked({ kind: 'person', of })} />
        </section>
      ) : null}
      <ConfirmDialog
        open={asked !== undefined}
        title={t(asked?.kind === 'invitation' ? 'team.withdraw.title' : 'team.remove.title')}
        action={t(asked?.kind === 'invitation' ? 'team.withdraw' : 'team.remove')}
        onClose={() => setAsked(undefined)}
        work={() => (asked?.kind === 'invitation' ? withdrawInvitation(asked.of.id) : removePerson(asked?.of.id ?? ''))}
        onDone={() => {
          setAsked(undefined);
          team.reload();
        }}
      >
        <p>
          {asked
            ? t(asked.kind === 'invitation' ? 'team.withdraw.text' : 'team.remove.text', { email: asked.of.email })
            : ''}
        </p>
      </ConfirmDialog>
    </div>
  );
}

/** The role, and where it holds. */
function Standing({ of }: { readonly of: Pick<Person, 'role' | 'regions' | 'bodies'> }) {
  const t = useT();
  const language = useLanguage();
  const regions = of.regions.map((code) => shownIn(regionOf(code)?.name, language).text || code);
  return (
    <>
      {t(`desk.role.${of.role}`)}
      {[...regions, ...of.bodies].length > 0 ? (
        <span className={styles.after}>{[...regions, ...of.bodies].join(', ')}</span>
      ) : null}
    </>
  );
}

function People({ rows, onAsk }: { readonly rows: readonly Person[]; readonly onAsk: (of: Person) => void }) {
  const t = useT();
  const format = useFormat();
  const columns: Column<Person>[] = [
    {
      key: 'email',
      head: t('team.email'),
      cell: (one) => (
        <span className={styles.address}>
          {one.email}
          {one.self ? <span className={styles.after}>{t('team.self')}</span> : null}
        </span>
      ),
    },
    { key: 'role', head: t('team.role'), cell: (one) => <Standing of={one} /> },
    {
      key: 'seen',
      head: t('team.seen'),
      cell: (one) => (one.lastSeenAt ? format.moment(Date.parse(one.lastSeenAt)) : t('desk.devices.never')),
    },
    {
      key: 'actions',
      head: t('desk.devices.actions'),
      action: true,
      cell: (one) =>
        one.removable ? (
          <Button variant="danger" aria-label={t('team.remove.of', { email: one.email })} onClick={() => onAsk(one)}>
            {t('team.remove')}
          </Button>
        ) : null,
    },
  ];
  return <DataTable caption={t('team.people')} captionHidden columns={columns} rows={rows} rowKey={(one) => one.id} />;
}

function Invitations({
  rows,
  onAsk,
}: {
  readonly rows: readonly Invitation[];
  readonly onAsk: (of: Invitation) => void;
}) {
  const t = useT();
  const format = useFormat();
  const columns: Column<Invitation>[] = [
    {
      key: 'email',
      head: t('team.email'),
      cell: (one) => (
        <span className={styles.address}>
          {one.email}
          {one.invitedBy ? <span className={styles.after}>{t('team.invitedBy', { email: one.invitedBy })}</span> : null}
        </span>
      ),
    },
    { key: 'role', head: t('team.role'), cell: (one) => <Standing of={one} /> },
    {
      key: 'until',
      head: t('team.until'),
      cell: (one) => (one.expired ? t('team.expired') : format.day(one.expiresAt.slice(0, 10))),
    },
    {
      key: 'actions',
      head: t('desk.devices.actions'),
      action: true,
      cell: (one) =>
        one.removable ? (
          <Button aria-label={t('team.withdraw.of', { email: one.email })} onClick={() => onAsk(one)}>
            {t('team.withdraw')}
          </Button>
        ) : null,
    },
  ];
  return (
    <DataTable caption={t('team.invitations')} captionHidden columns={columns} rows={rows} rowKey={(one) => one.id} />
  );
}
