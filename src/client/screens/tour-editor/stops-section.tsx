import { ArrowDown, ArrowUp, MapPinPlus, Trash2 } from 'lucide-react';
import { useRef } from 'react';
import { shownIn } from '#client/i18n/shown.ts';
import { Button } from '#client/components/button.tsx';
import { Notice } from '#client/components/notice.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import type { TourDraft } from './draft.ts';
import { shifted, untranslated, withStop } from './draft.ts';
import { StopForm } from './stop-form.tsx';
import styles from './tour-editor.module.css';

interface StopsSectionProps {
  readonly draft: TourDraft;
  readonly chosen: string | undefined;
  readonly onChoose: (id: string | undefined) => void;
  readonly onChange: (draft: TourDraft) => void;
  /** A stop in the middle of the map. */
  readonly onAdd: () => void;
}

/** The stops in their order: moved, written and taken away without touching the map. */
export function StopsSection({ draft, chosen, onChoose, onChange, onAdd }: StopsSectionProps) {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const list = useRef<HTMLOListElement>(null);
  const lacking = untranslated(draft);
  const nameOf = (index: number): string =>
    shownIn(draft.stops[index]?.title, language).text || t('tour-edit.stop', { n: index + 1 });
  const shift = (id: string, by: 1 | -1): void => {
    onChange(shifted(draft, id, by));
    // The button moves with its stop, and with it the focus.
    requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>(`[data-stop="${id}"] [data-by="${by}"]`)?.focus(),
    );
  };
  return (
    <section className={styles.section} aria-labelledby="tour-edit-stops">
      <div className={styles.head}>
        <h2 id="tour-edit-stops">{t('tour-edit.stops')}</h2>
        <Button icon={MapPinPlus} onClick={onAdd}>
          {t('tour-edit.stop.add')}
        </Button>
      </div>
      {draft.stops.length === 0 ? <p>{t('tour-edit.stops.none')}</p> : null}
      <ol ref={list} className={styles.stops}>
        {draft.stops.map((stop, i) => (
          <li key={stop.id} data-stop={stop.id} className={styles.stop}>
            <div className={styles.stopHead}>
              <span className={styles.number} aria-hidden="true">
                {i + 1}
              </span>
              <button
                type="button"
                className={styles.stopName}
                aria-expanded={chosen === stop.id}
                onClick={() => onChoose(chosen === stop.id ? undefined : stop.id)}
              >
                {nameOf(i)}
              </button>
              <Button
                variant="quiet"
                icon={ArrowUp}
                iconOnly
                data-by={-1}
                disabled={i === 0}
                onClick={() => shift(stop.id, -1)}
              >
                {t('tour-edit.stop.up', { name: nameOf(i) })}
              </Button>
              <Button
                variant="quiet"
                icon={ArrowDown}
                iconOnly
                data-by={1}
                disabled={i === draft.stops.length - 1}
                onClick={() => shift(stop.id, 1)}
              >
                {t('tour-edit.stop.down', { name: nameOf(i) })}
              </Button>
              <Button
                variant="quiet"
                icon={Trash2}
                iconOnly
                onClick={() => onChange({ ...draft, stops: draft.stops.filter((one) => one.id !== stop.id) })}
              >
                {t('tour-edit.stop.remove', { name: nameOf(i) })}
              </Button>
            </div>
            {chosen === stop.id ? (
              <StopForm stop={stop} number={i + 1} onChange={(change) => onChange(withStop(draft, stop.id, change))} />
            ) : null}
          </li>
        ))}
      </ol>
      {lacking.length > 0 ? (
        <Notice tone="info">
          {t('tour-edit.untranslated', { stops: format.list(lacking.map((i) => String(i + 1))), n: lacking.length })}
        </Notice>
      ) : null}
    </section>
  );
}
