import { Send, Star } from 'lucide-react';
import type { FormEvent } from 'react';
import { useId, useState } from 'react';
import { RATINGS } from '#domain/tour-rating.ts';
import { Button } from '#client/components/button.tsx';
import { TextAreaField } from '#client/components/forms/field.tsx';
import { Icon } from '#client/components/icon.tsx';
import { StatusPill } from '#client/components/status-pill.tsx';
import { useLive } from '#client/hooks/use-live.ts';
import { useT } from '#client/i18n/i18n.ts';
import { rateTour, ratingOf } from '#client/store/walks.ts';
import styles from './walk.module.css';

const LONGEST = 1000;

interface RatingFormProps {
  readonly eventId: string;
  /** Stops seen, where they were followed here. */
  readonly seen: number | undefined;
}

/** What one thought of the walk: kept here at once, sent when there is a network, changed as often as one likes. */
export function RatingForm({ eventId, seen }: RatingFormProps) {
  const t = useT();
  const id = useId();
  const given = useLive(ratingOf(eventId));
  const [draft, setDraft] = useState<{ rating?: number; remark?: string }>({});
  const [missing, setMissing] = useState(false);
  const [sending, setSending] = useState(false);
  if (given === undefined) return null;
  const rating = draft.rating ?? given?.rating;
  const remark = draft.remark ?? given?.remark ?? '';
  const changed = (draft.rating ?? given?.rating) !== given?.rating || remark.trim() !== (given?.remark ?? '');

  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setMissing(rating === undefined);
    if (rating === undefined) return;
    setSending(true);
    const words = remark.trim();
    const seenThen = seen ?? given?.seen;
    await rateTour({
      eventId,
      rating,
      ...(words ? { remark: words } : {}),
      ...(seenThen === undefined ? {} : { seen: seenThen }),
    }).finally(() => setSending(false));
    setDraft({});
  };

  return (
    <form className={styles.rating} onSubmit={(event) => void send(event)} aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>{t('walk.rating')}</h3>
      <fieldset className={styles.stars}>
        <legend>{t('walk.rating.stars')}</legend>
        <div className={styles.starRow}>
          {RATINGS.map((stars) => (
            <label
              key={stars}
              className={styles.star}
              data-lit={rating !== undefined && stars <= rating ? true : undefined}
            >
              <input
                type="radio"
                name={`${id}-rating`}
                value={stars}
                checked={rating === stars}
                onChange={() => {
                  setMissing(false);
                  setDraft((now) => ({ ...now, rating: stars }));
                }}
                aria-label={t('walk.rating.of', { stars })}
              />
              <Icon of={Star} size="1.9rem" />
            </label>
          ))}
        </div>
        <p role="alert" className={styles.error} hidden={!missing}>
          {missing ? t('walk.rating.missing') : null}
        </p>
      </fieldset>
      <TextAreaField
        label={t('walk.rating.remark')}
        mark={t('walk.rating.optional')}
        hint={t('walk.rating.hint')}
        maxLength={LONGEST}
        value={remark}
        onChange={(event) => setDraft((now) => ({ ...now, remark: event.target.value }))}
      />
      <div className={styles.sendRow}>
        <Button type="submit" variant={changed ? 'primary' : 'secondary'} icon={Send} busy={sending}>
          {t(given ? 'walk.rating.change' : 'walk.rating.send')}
        </Button>
        {given ? (
          <StatusPill
            status
            tone={given.pending ? 'sun' : 'leaf'}
            icon={Send}
            text={t(given.pending ? 'walk.rating.pending' : 'walk.rating.sent')}
          />
        ) : null}
      </div>
    </form>
  );
}
