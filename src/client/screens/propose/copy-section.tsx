import { Copy } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Edition } from '#domain/programme.ts';
import { shownIn } from '#client/i18n/shown.ts';
import type { DeskEvent } from '#protocol/desk.ts';
import { Button } from '#client/components/button.tsx';
import { CallNotice } from '#client/components/call-notice.tsx';
import { Field } from '#client/components/forms/field.tsx';
import { Sheet } from '#client/components/modal.tsx';
import { useCalled } from '#client/hooks/use-called.ts';
import { useDelayed } from '#client/hooks/use-delayed.ts';
import { useAccount } from '#client/hooks/use-account.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { readPublished } from '#client/platform/desk.ts';
import type { CallFailure } from '#client/platform/session.ts';
import { listDeskEvents } from '#client/platform/session.ts';
import { newProposal } from '#client/store/proposals.ts';
import styles from './propose.module.css';
import { copyOf } from './start.ts';

/** Begins with an earlier event that the person may edit: last year's, one of the same body. */
export function CopySection({ edition }: { readonly edition: Edition }) {
  const t = useT();
  const account = useAccount();
  const [open, setOpen] = useState(false);
  if (!account) return null;
  return (
    <div>
      <Button icon={Copy} onClick={() => setOpen(true)}>
        {t('propose.copy')}
      </Button>
      <Sheet open={open} onClose={() => setOpen(false)} title={t('propose.copy')}>
        <Earlier edition={edition} />
      </Sheet>
    </div>
  );
}

function Earlier({ edition }: { readonly edition: Edition }) {
  const t = useT();
  const format = useFormat();
  const account = useAccount();
  const navigate = useNavigate();
  const [query, setQuery] = useState('');
  const asked = useDelayed(query.trim(), 250);
  const load = useCallback(() => listDeskEvents(asked, 0), [asked]);
  const { value, failure, reload } = useCalled(load);
  const [failed, setFailed] = useState<CallFailure['reason']>();
  const take = async (chosen: DeskEvent): Promise<void> => {
    setFailed(undefined);
    const called = await readPublished(chosen.id);
    if (called.kind === 'failed') return setFailed(called.reason);
    const id = await newProposal(edition.id, { content: copyOf(called.value, edition, account) });
    await navigate(`/proposer/${id}`);
  };
  const reason = failed ?? failure;
  return (
    <div className={styles.list}>
      <p className={styles.quiet}>{t('propose.copy.hint')}</p>
      <Field
        label={t('desk.events.search')}
        type="search"
        value={query}
        maxLength={100}
        onChange={(event) => setQuery(event.target.value)}
      />
      {reason ? <CallNotice reason={reason} onRetry={reload} /> : null}
      <p role="status" className={styles.quiet}>
        {value ? t('desk.events.count', { n: value.total }) : failure ? '' : t('desk.loading')}
      </p>
      <ul className={styles.found}>
        {value?.events.slice(0, 30).map((event) => {
          const title = shownIn(event.title, format.language);
          return (
            <li key={event.id}>
              <Button wide lang={title.lang} onClick={() => void take(event)}>
                {[title.text, event.city, event.firstDay?.slice(0, 4)].filter(Boolean).join(' · ')}
              </Button>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
