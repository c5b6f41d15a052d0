import { LinkButton } from '#client/components/button.tsx';
import { Card } from '#client/components/card.tsx';
import type { Column } from '#client/components/data-table.tsx';
import { DataTable } from '#client/components/data-table.tsx';
import { useNow } from '#client/components/use-now.ts';
import { useEditions } from '#client/hooks/use-editions.ts';
import { useKept } from '#client/hooks/use-kept.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { regionOf } from '#domain/regions.ts';
import { shownIn } from '#client/i18n/shown.ts';
import styles from './offline.module.css';

type Kept = ReturnType<typeof useKept>['scopes'][number];

/** What is kept here: how much of it, how large, and how fresh. */
export function KeptSection() {
  const t = useT();
  const { language } = useFormat();
  const { scopes } = useKept();
  const { editions } = useEditions();
  const filled = scopes.filter((scope) => scope.items > 0);
  const byEdition = Map.groupBy(
    filled.filter((scope) => scope.scope.startsWith('programme/')),
    (scope) => scope.scope.split('/')[1]!,
  );
  // What a national team has to review comes by region, and answers by event: one line each is enough.
  const others = Map.groupBy(
    filled.filter((scope) => !scope.scope.startsWith('programme/')),
    ({ scope }) => (scope.startsWith('roster/') ? scope : scope.split('/')[0]!),
  );
  const titleOf = (id: string): string => {
    const edition = editions.find((one) => one.id === id);
    return edition ? shownIn(edition.title, language).text : id;
  };

  return (
    <section className={styles.part} aria-labelledby="garde">
      <h2 id="garde">{t('offline.kept')}</h2>
      {filled.length === 0 ? <p>{t('offline.kept.none')}</p> : null}
      <ul className={styles.cards}>
        {[...byEdition].map(([id, parts]) => (
          <Card as="li" key={id}>
            <h3>{titleOf(id)}</h3>
            <Summary parts={parts} what="events" />
            <details className={styles.details}>
              <summary>{t('offline.kept.byRegion', { count: parts.length })}</summary>
              <Regions title={titleOf(id)} parts={parts} />
            </details>
          </Card>
        ))}
        {[...others].map(([of, parts]) => (
          <Card as="li" key={of}>
            <h3>{t(`offline.kept.${of.split('/')[0]}`)}</h3>
            <Summary parts={parts} what="count" />
          </Card>
        ))}
      </ul>
      <LinkButton to="/reglages#regions" className={styles.start ?? ''}>
        {t('offline.kept.choose')}
      </LinkButton>
    </section>
  );
}

function Summary({ parts, what }: { readonly parts: readonly Kept[]; readonly what: 'events' | 'count' }) {
  const t = useT();
  const format = useFormat();
  const now = useNow();
  const items = parts.reduce((sum, part) => sum + part.items, 0);
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  const oldest = Math.min(...parts.map((part) => part.syncedAt));
  return (
    <p className={styles.quiet}>
      {[
        t(`offline.kept.${what}`, { count: items }),
        bytes > 0 ? format.bytes(bytes) : undefined,
        oldest > 0 ? t('offline.kept.fresh', { when: format.relative(Math.min(oldest, now), now) }) : undefined,
      ]
        .filter(Boolean)
        .join(' · ')}
    </p>
  );
}

function Regions({ title, parts }: { readonly title: string; readonly parts: readonly Kept[] }) {
  const t = useT();
  const format = useFormat();
  const now = useNow();
  const nameOf = (part: Kept): string => {
    const code = part.scope.split('/')[2] ?? '';
    const region = regionOf(code);
    return region ? shownIn(region.name, format.language).text : code;
  };
  const columns: Column<Kept>[] = [
    { key: 'what', head: t('offline.kept.region'), cell: nameOf },
    { key: 'items', head: t('offline.kept.items'), numeric: true, cell: (part) => format.number(part.items) },
    { key: 'size', head: t('offline.kept.size'), numeric: true, cell: (part) => format.bytes(part.bytes) },
    {
      key: 'when',
      head: t('offline.kept.when'),
      numeric: true,
      cell: (part) => (part.syncedAt > 0 ? format.relative(Math.min(part.syncedAt, now), now) : null),
    },
  ];
  return (
    <DataTable
      caption={title}
      captionHidden
      columns={columns}
      rows={parts.toSorted((a, b) => format.compare(nameOf(a), nameOf(b)))}
      rowKey={(part) => part.scope}
    />
  );
}
