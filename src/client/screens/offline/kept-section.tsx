import { LinkButton } from '#client/components/button.tsx';
import type { Column } from '#client/components/data-table.tsx';
import { DataTable } from '#client/components/data-table.tsx';
import { useNow } from '#client/components/use-now.ts';
import { useEditions } from '#client/hooks/use-editions.ts';
import { useKept } from '#client/hooks/use-kept.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { regionOf } from '#domain/regions.ts';
import { textIn } from '#domain/text.ts';
import styles from './offline.module.css';

/** What is kept here: how much of it, how large, and how fresh. */
export function KeptSection() {
  const t = useT();
  const format = useFormat();
  const now = useNow();
  const { scopes } = useKept();
  const { editions } = useEditions();
  type Row = (typeof scopes)[number];

  const name = (scope: string): string => {
    const [kind = '', editionId, region] = scope.split('/');
    if (kind !== 'programme') return t(`offline.kept.${kind}`);
    const edition = editions.find((one) => one.id === editionId);
    const found = regionOf(region ?? '');
    return t('offline.kept.region', {
      edition: edition ? textIn(edition.title, format.language).text : (editionId ?? ''),
      region: found ? textIn(found.name, format.language).text : (region ?? ''),
    });
  };
  const rows = scopes
    .filter((row) => row.items > 0)
    .map((row) => ({ ...row, name: name(row.scope) }))
    .toSorted((a, b) => format.compare(a.name, b.name));
  const columns: Column<Row & { name: string }>[] = [
    { key: 'what', head: t('offline.kept.what'), cell: (row) => row.name },
    { key: 'items', head: t('offline.kept.items'), numeric: true, cell: (row) => format.number(row.items) },
    {
      key: 'size',
      head: t('offline.kept.size'),
      numeric: true,
      cell: (row) => (row.bytes > 0 ? format.bytes(row.bytes) : '–'),
    },
    {
      key: 'when',
      head: t('offline.kept.when'),
      numeric: true,
      cell: (row) => (row.syncedAt > 0 ? format.relative(row.syncedAt, now) : '–'),
    },
  ];

  return (
    <section className={styles.part} aria-labelledby="garde">
      <h2 id="garde">{t('offline.kept')}</h2>
      {rows.length === 0 ? (
        <p>{t('offline.kept.none')}</p>
      ) : (
        <DataTable
          caption={t('offline.kept')}
          captionHidden
          columns={columns}
          rows={rows}
          rowKey={(row) => row.scope}
        />
      )}
      <LinkButton to="/reglages#regions" className={styles.start ?? ''}>
        {t('offline.kept.choose')}
      </LinkButton>
    </section>
  );
}
