import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Me } from '#protocol/sign-in.ts';
import { CallNotice } from '#client/components/call-notice.tsx';
import { Notice } from '#client/components/notice.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { ReadOnlyNote } from '#client/components/read-only.tsx';
import { useEditions } from '#client/hooks/use-editions.ts';
import { useT } from '#client/i18n/i18n.ts';
import type { CallFailure } from '#client/platform/session.ts';
import { whoAmI } from '#client/platform/session.ts';
import { ExportSection } from './export-section.tsx';
import styles from './exchange.module.css';
import { ImportSection } from './import-section.tsx';

/** `/espace/echanges`: the programme in and out in the field's formats, for the national team and regional correspondents. */
export function ExchangeScreen() {
  const t = useT();
  const navigate = useNavigate();
  const { editions, current } = useEditions();
  const [me, setMe] = useState<Me>();
  const [failure, setFailure] = useState<CallFailure['reason']>();
  useEffect(() => {
    void whoAmI().then((called) => {
      if (called.kind === 'done') setMe(called.value);
      else if (called.reason === 'sign_in_required') void navigate('/connexion', { replace: true });
      else setFailure(called.reason);
    });
  }, [navigate]);
  const allowed = me !== undefined && me.role !== 'organiser';
  return (
    <div className={styles.page}>
      <PageHeader
        title={t('exchange.title')}
        lead={t('exchange.lead')}
        back={{ to: '/espace', label: t('desk.title') }}
      />
      {failure ? <CallNotice reason={failure} /> : null}
      {me && !allowed ? <Notice tone="attention">{t('exchange.notAllowed')}</Notice> : null}
      {allowed && current ? (
        <>
          {me.role === 'auditor' ? <ReadOnlyNote /> : <ImportSection me={me} editions={editions} current={current} />}
          <ExportSection editions={editions} current={current} />
        </>
      ) : null}
    </div>
  );
}
