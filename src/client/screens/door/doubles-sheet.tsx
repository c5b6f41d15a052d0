import { User, Users } from 'lucide-react';
import { useState } from 'react';
import { shownIn } from '#client/i18n/shown.ts';
import { Button } from '#client/components/button.tsx';
import { Sheet } from '#client/components/modal.tsx';
import { Notice } from '#client/components/notice.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { correctedNow } from '#client/store/clock.ts';
import { settleCheckIn } from '#client/store/door-actions.ts';
import type { GateContext } from './gate-ports.ts';
import styles from './door-sheets.module.css';
import { entryOf } from './use-gate.ts';
import { doorText, timeText } from './verdict-text.ts';
import { nameOfRecord } from './who.tsx';

interface DoublesSheetProps {
  readonly open: boolean;
  readonly context: GateContext;
  readonly onClose: () => void;
}

/** Tickets that two doors admitted without knowing of each other. Nobody is accused: somebody says what it was. */
export function DoublesSheet({ open, context, onClose }: DoublesSheetProps) {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const [failed, setFailed] = useState(false);
  const { roster, profile } = context;
  const doubles = open ? roster.doubles : [];
  const zone = roster.event?.sessions[0]?.slot.zone;
  const at = (iso: string): string => timeText(Date.parse(iso), { format, now: correctedNow(), zone });
  const settle = (checkInId: string, eventId: string, as: 'mistake' | 'accepted'): void => {
    setFailed(false);
    settleCheckIn({ checkInId, eventId, as }).catch(() => setFailed(true));
  };
  return (
    <Sheet open={open} onClose={onClose} title={t('door.doubles')}>
      <p className={styles.lead}>{t('door.doubles.lead')}</p>
      {failed ? (
        <Notice tone="problem" urgent>
          {t('door.failed')}
        </Notice>
      ) : null}
      {doubles.length === 0 ? <p role="status">{t('door.doubles.none')}</p> : null}
      <ul className={styles.items}>
        {doubles.map(({ first, second, over, listId }) => {
          const list = roster.rules.lists.find((one) => one.id === listId);
          const name = nameOfRecord(second, entryOf(second, context) ?? entryOf(first, context), t);
          return (
            <li key={second.id} className={styles.item}>
              <p className={styles.name}>{name}</p>
              <p>
                {t('door.doubles.line', {
                  first: `${doorText(first.door, t)} ${at(first.at)}`,
                  second: `${doorText(second.door, t)} ${at(second.at)}`,
                })}
              </p>
              <p className={styles.quiet}>
                {[t('door.doubles.over', { n: over }), list ? shownIn(list.name, language).text : '']
                  .filter(Boolean)
                  .join(' · ')}
              </p>
              {profile === 'full' ? (
                <div className={styles.pair}>
                  <Button size="large" icon={User} onClick={() => settle(second.id, second.eventId, 'mistake')}>
                    {t('door.doubles.same')}
                  </Button>
                  <Button size="large" icon={Users} onClick={() => settle(second.id, second.eventId, 'accepted')}>
                    {t('door.doubles.two')}
                  </Button>
                </div>
              ) : null}
            </li>
          );
        })}
      </ul>
      {profile === 'full' ? null : <p className={styles.quiet}>{t('door.doubles.elsewhere')}</p>}
    </Sheet>
  );
}
