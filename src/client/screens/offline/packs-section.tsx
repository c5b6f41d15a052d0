import { Button } from '#client/components/button.tsx';
import { Notice } from '#client/components/notice.tsx';
import { PackList } from '#client/components/maps/pack-list.tsx';
import { dropPackHere, forgetGiven, keepPackHere, usePacks } from '#client/hooks/use-packs.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import styles from './offline.module.css';

/** Street-level maps: those that are here with their size, and those that can be kept. */
export function PacksSection() {
  const t = useT();
  const format = useFormat();
  const { packs, given } = usePacks();
  return (
    <section className={styles.part} id="plans" aria-labelledby="plans-titre">
      <h2 id="plans-titre">{t('pack.title')}</h2>
      <p>{t(packs.length > 0 ? 'pack.lead' : 'pack.none')}</p>
      {given.length > 0 ? (
        <Notice
          tone="attention"
          title={t('pack.given', { names: given.length })}
          actions={<Button onClick={forgetGiven}>{t('pack.given.read')}</Button>}
        >
          {t('pack.given.text', { names: given.length, list: format.list(given) })}
        </Notice>
      ) : null}
      <PackList packs={packs} origin onKeep={(wanted) => keepPackHere(wanted)} onDrop={dropPackHere} />
    </section>
  );
}
