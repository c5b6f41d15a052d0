import { CheckField } from '#client/components/forms/field.tsx';
import { useEventPictures } from '#client/hooks/use-event-pictures.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { MAX_EVENT_PICTURES } from '#client/store/event-pictures.ts';
import styles from './offline.module.css';

/** Pictures of events: how many are here, how much room they take at most, and whether more than the agenda's are fetched. */
export function PicturesSection() {
  const t = useT();
  const format = useFormat();
  const { kept, all, choose } = useEventPictures();
  const limit = format.bytes(MAX_EVENT_PICTURES);
  return (
    <section className={styles.part} id="images" aria-labelledby="images-titre">
      <h2 id="images-titre">{t('offline.pictures')}</h2>
      <p>
        {kept && kept.count > 0
          ? t('offline.pictures.kept', { count: kept.count, size: format.bytes(kept.bytes), limit })
          : t('offline.pictures.none', { limit })}
      </p>
      <CheckField
        role="switch"
        aria-checked={all}
        label={t('offline.pictures.all')}
        hint={t('offline.pictures.all.hint')}
        checked={all}
        onChange={(event) => void choose(event.target.checked)}
      />
    </section>
  );
}
