import { CircleHelp, LogOut, Printer, Undo2, UserRoundCheck } from 'lucide-react';
import type { CheckIn } from '#domain/check-in.ts';
import { UNDO_WITHIN } from '#domain/check-in.ts';
import { unanswered } from '#domain/door-rules.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { Button } from '#client/components/button.tsx';
import { Icon } from '#client/components/icon.tsx';
import { Sheet } from '#client/components/modal.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { correctedNow } from '#client/store/clock.ts';
import styles from './door-sheets.module.css';
import type { GateContext } from './gate-ports.ts';
import { mayUndo } from './gate-ports.ts';
import { entryOf } from './use-gate.ts';
import { doorText, timeText } from './verdict-text.ts';
import { nameOfRecord } from './who.tsx';

/** More is a list that nobody looks through with a queue in front. */
const SHOWN = 40;

interface RecentSheetProps {
  readonly open: boolean;
  readonly context: GateContext;
  readonly onClose: () => void;
  readonly onUndo: (arrival: CheckIn) => void;
  readonly onReview: (arrival: CheckIn) => void;
}

/** Who came and went last, at all doors: each can be taken back for the rest of the evening. */
export function RecentSheet({ open, context, onClose, onUndo, onReview }: RecentSheetProps) {
  const t = useT();
  const records = open ? context.roster.latest(SHOWN) : [];
  return (
    <Sheet open={open} onClose={onClose} title={t('door.recent')}>
      {records.length === 0 ? <p>{t('door.recent.none')}</p> : null}
      <ul className={styles.items}>
        {records.map((record) => (
          <Record key={record.id} record={record} context={context} onUndo={onUndo} onReview={onReview} />
        ))}
      </ul>
    </Sheet>
  );
}

interface RecordProps extends Pick<RecentSheetProps, 'context' | 'onUndo' | 'onReview'> {
  readonly record: CheckIn;
}

function Record({ record, context, onUndo, onReview }: RecordProps) {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const { roster } = context;
  const { rules } = roster;
  const zone = roster.event?.sessions[0]?.slot.zone;
  const now = correctedNow();
  const list = rules.lists.find((one) => one.id === record.listId);
  const undone = record.undoneAt !== undefined;
  const badge = rules.badge !== undefined && !record.exit;
  const asks = !undone && !record.exit && unanswered(rules.questions, record.answers ?? {}).length > 0;
  const facts = [
    timeText(Date.parse(record.at), { format, now, zone }),
    doorText(record.door, t),
    list ? shownIn(list.name, language).text : '',
    t('door.party', { n: record.count }),
    record.walkIn?.name === undefined ? '' : t('door.walkIn.nobody'),
  ];
  return (
    <li className={styles.record} data-undone={undone || undefined}>
      <p className={styles.name}>
        <Icon of={undone ? Undo2 : record.exit ? LogOut : UserRoundCheck} />
        <span>{nameOfRecord(record, entryOf(record, context), t)}</span>
      </p>
      <p className={styles.quiet}>{facts.filter(Boolean).join(' · ')}</p>
      {undone ? (
        <p>{record.undoneFor ? t(`door.recent.undone.${record.undoneFor}`) : t('door.recent.undone')}</p>
      ) : (
        <div className={styles.does}>
          {mayUndo(context, record) && now - Date.parse(record.at) < UNDO_WITHIN ? (
            <Button
              size="large"
              icon={Undo2}
              aria-label={t(record.exit ? 'door.undo.exit' : 'door.undo')}
              onClick={() => onUndo(record)}
            >
              {t('door.undo.short')}
            </Button>
          ) : null}
          {asks ? (
            <Button size="large" icon={CircleHelp} onClick={() => onReview(record)}>
              {t('door.questions.open')}
            </Button>
          ) : badge ? (
            <Button size="large" icon={Printer} onClick={() => onReview(record)}>
              {t('door.badge')}
            </Button>
          ) : null}
        </div>
      )}
    </li>
  );
}
