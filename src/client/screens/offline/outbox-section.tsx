import { CircleX, Clock, Download } from 'lucide-react';
import { useState } from 'react';
import { proposalRefusals } from '#domain/proposal-rules.ts';
import { Button, LinkButton } from '#client/components/button.tsx';
import { Icon } from '#client/components/icon.tsx';
import { Dialog } from '#client/components/modal.tsx';
import { reasonText } from '#client/components/event/registration-state.tsx';
import type { OutboxItem } from '#client/hooks/use-outbox.ts';
import { useOutbox } from '#client/hooks/use-outbox.ts';
import { useRegistrations } from '#client/hooks/use-registrations.ts';
import type { Translate } from '#client/i18n/i18n.ts';
import { useT } from '#client/i18n/i18n.ts';
import { exportOutbox } from '#client/platform/export-outbox.ts';
import { discardRefused, retry } from '#client/store/actions.ts';
import styles from './offline.module.css';
import { isDeed } from '#client/store/sync-view.ts';
import { ItemWords } from './outbox-item.tsx';

/** A door's evening without a network is hundreds of lines: so many are shown at first, the latest. */
const SHOWN = 20;

/** What the person did that the server has not answered, and what it refused; nothing leaves this list by itself but by an answer. */
export function OutboxSection() {
  const t = useT();
  const items = useOutbox().filter(isDeed);
  const registrations = useRegistrations();
  /** The registration that the device holds already, in place of the refused one. */
  const alreadyOf = ({ args }: OutboxItem) =>
    'registrationId' in args ? registrations.find((one) => one.id === args.registrationId)?.already : undefined;
  const waiting = items.filter((item) => item.state === 'waiting');
  const refused = items.filter((item) => item.state === 'refused');
  const [leaving, setLeaving] = useState<OutboxItem>();
  const [all, setAll] = useState(false);
  const shown = all || waiting.length <= SHOWN + 1 ? waiting : waiting.slice(-SHOWN);

  return (
    <>
      {refused.length > 0 ? (
        <section className={styles.part} aria-labelledby="refuse">
          <h2 id="refuse">{t('offline.refused')}</h2>
          <ul className={styles.items}>
            {refused.map((item) => (
              <li key={item.mutationId} className={styles.item}>
                <Icon of={CircleX} className={styles.refusedMark} />
                <div className={styles.itemBody}>
                  <ItemWords item={item} />
                  <p className={styles.reason}>
                    {alreadyOf(item) ? t('registration.reason.already_here') : whyRefused(t, item.reason)}
                  </p>
                  <div className={styles.buttons}>
                    {alreadyOf(item) ? (
                      <LinkButton to={`/billets/${alreadyOf(item)}`}>{t('registration.already')}</LinkButton>
                    ) : 'proposalId' in item.args ? (
                      <LinkButton to={pageOf(item)}>{t('offline.open')}</LinkButton>
                    ) : FINAL.has(item.reason ?? '') ? (
                      <Button icon={Download} onClick={() => exportOutbox([item])}>
                        {t('offline.attention.export')}
                      </Button>
                    ) : (
                      <Button onClick={() => retry(item.replicaId, item.seq)}>{t('offline.retry')}</Button>
                    )}
                    <Button variant="danger" onClick={() => setLeaving(item)}>
                      {t('offline.discard')}
                    </Button>
                  </div>
                </div>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <section className={styles.part} aria-labelledby="attente">
        <h2 id="attente">{t('offline.waiting')}</h2>
        {waiting.length === 0 ? <p>{t('offline.waiting.none')}</p> : null}
        <ul className={styles.items}>
          {shown.map((item) => (
            <li key={item.mutationId} className={styles.item}>
              <Icon of={Clock} className={styles.waitingMark} />
              <div className={styles.itemBody}>
                <ItemWords item={item} />
              </div>
            </li>
          ))}
        </ul>
        {shown.length < waiting.length ? (
          <Button className={styles.start ?? ''} onClick={() => setAll(true)}>
            {t('offline.waiting.more', { count: waiting.length - shown.length })}
          </Button>
        ) : null}
        {waiting.length + refused.length > 0 ? (
          <Button icon={Download} className={styles.start ?? ''} onClick={() => exportOutbox([...refused, ...waiting])}>
            {t('offline.export')}
          </Button>
        ) : null}
      </section>
      <Dialog
        open={leaving !== undefined}
        onClose={() => setLeaving(undefined)}
        title={t('offline.discard.title')}
        actions={
          <>
            <Button onClick={() => setLeaving(undefined)}>{t('offline.discard.keep')}</Button>
            <Button
              variant="danger"
              onClick={async () => {
                if (leaving) await discardRefused(leaving.replicaId, leaving.seq);
                setLeaving(undefined);
              }}
            >
              {t('offline.discard')}
            </Button>
          </>
        }
      >
        {leaving ? <ItemWords item={leaving} /> : null}
        <p>{t('offline.discard.text')}</p>
      </Dialog>
    </>
  );
}

/** The same question has the same answer for ever: somebody else has to hear of it. */
const FINAL = new Set(['access_withdrawn', 'too_late', 'allotment_over']);

const OWN_WORDS = new Set<string>([
  'invalid',
  'unsupported',
  'forbidden',
  'access_withdrawn',
  'tour_unknown',
  'question_unknown',
  'question_closed',
  'too_many_answers',
  'answer_unknown',
  'ticket_unknown',
  'check_in_unknown',
  'too_late',
  'allotment_over',
  ...proposalRefusals,
]);

/** Where what a moderator decided, or an author wrote, can be looked at again. */
function pageOf({ name, args }: OutboxItem): string {
  const id = 'proposalId' in args ? args.proposalId : '';
  return name === 'decide-proposal' ? `/moderation/${id}` : `/proposer/${id}`;
}

function whyRefused(t: Translate, reason: string | undefined): string {
  return reason && OWN_WORDS.has(reason) ? t(`offline.reason.${reason}`) : reasonText(t, reason);
}
