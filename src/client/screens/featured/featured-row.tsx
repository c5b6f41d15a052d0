import { ArrowDown, ArrowUp, Eye, EyeOff, Trash2 } from 'lucide-react';
import type { Instant, LocalDate } from '#domain/dates.ts';
import type { EventCard } from '#domain/event-card.ts';
import type { FeaturedEvent } from '#domain/featured.ts';
import { unshown } from '#domain/featured.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { Button } from '#client/components/button.tsx';
import { Field } from '#client/components/forms/field.tsx';
import { StatusPill } from '#client/components/status-pill.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import styles from './featured.module.css';

interface FeaturedRowProps {
  readonly chosen: FeaturedEvent;
  /** Absent: taken out of the programme, or of a region that this device does not keep. */
  readonly card: EventCard | undefined;
  readonly moment: { readonly now: Instant; readonly today: LocalDate };
  readonly first: boolean;
  readonly last: boolean;
  readonly onMove: (by: -1 | 1) => void;
  readonly onChange: (next: FeaturedEvent) => void;
  readonly onRemove: () => void;
}

/** One chosen event with its days, whether it shows now, and its place among the others. */
export function FeaturedRow({ chosen, card, moment, first, last, onMove, onChange, onRemove }: FeaturedRowProps) {
  const t = useT();
  const format = useFormat();
  const title = card ? shownIn(card.title, format.language) : { text: t('featured.unknown'), lang: format.language };
  const why = unshown(chosen, card, moment);
  const { eventId, from, to } = chosen;
  const wrong = from !== undefined && to !== undefined && from > to;
  const dated = (part: { from?: string | undefined; to?: string | undefined }): void => {
    const days = { from, to, ...part };
    onChange({ eventId, ...(days.from ? { from: days.from } : {}), ...(days.to ? { to: days.to } : {}) });
  };
  return (
    <li className={styles.chosen}>
      <div className={styles.row}>
        <div className={styles.what}>
          <span lang={title.lang} className={styles.name}>
            {title.text}
          </span>
          {card ? (
            <span className={styles.hint}>{[format.span(card.slots), card.city].filter(Boolean).join(' · ')}</span>
          ) : null}
          <StatusPill
            tone={why === undefined ? 'leaf' : 'sun'}
            icon={why === undefined ? Eye : EyeOff}
            text={t(why === undefined ? 'featured.shown' : `featured.unshown.${why}`)}
          />
        </div>
        <div className={styles.moves}>
          <Button variant="quiet" icon={ArrowUp} iconOnly disabled={first} onClick={() => onMove(-1)}>
            {t('featured.up', { title: title.text })}
          </Button>
          <Button variant="quiet" icon={ArrowDown} iconOnly disabled={last} onClick={() => onMove(1)}>
            {t('featured.down', { title: title.text })}
          </Button>
          <Button variant="quiet" icon={Trash2} iconOnly onClick={onRemove}>
            {t('featured.remove', { title: title.text })}
          </Button>
        </div>
      </div>
      <div className={styles.dates}>
        <Field
          type="date"
          label={t('featured.from')}
          value={from ?? ''}
          onChange={(event) => dated({ from: event.target.value })}
        />
        <Field
          type="date"
          label={t('featured.to')}
          value={to ?? ''}
          error={wrong ? t('featured.dates.wrong') : undefined}
          onChange={(event) => dated({ to: event.target.value })}
        />
      </div>
    </li>
  );
}
