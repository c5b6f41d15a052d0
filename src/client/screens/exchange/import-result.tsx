import { regionOf } from '#domain/regions.ts';
import { shownIn } from '#client/i18n/shown.ts';
import type { Change, ImportAnswer, ProblemAt } from '#protocol/exchange.ts';
import type { Column } from '#client/components/data-table.tsx';
import { DataTable } from '#client/components/data-table.tsx';
import { placeText, Said } from '#client/components/import-said.tsx';
import { Notice } from '#client/components/notice.tsx';
import type { Translate } from '#client/i18n/i18n.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import styles from './exchange.module.css';

/** What an import did, or would do: the counts, then what changes, then what cannot be taken and where it stands. */
export function ImportResult({ answer }: { readonly answer: ImportAnswer }) {
  const t = useT();
  if (answer.kind === 'refused') {
    const { line, item } = answer.problem;
    return (
      <Notice tone="problem" title={t('exchange.refused')}>
        <p>
          <Said message={answer.problem.message} />
        </p>
        {line === undefined && item === undefined ? null : <p>{placeText(answer.problem, t)}</p>}
      </Notice>
    );
  }
  const { dryRun, read, added, changed, unchanged, refused, changesInAll, changes, problems } = answer;
  return (
    <>
      <Notice tone={dryRun ? 'info' : 'success'} title={t(dryRun ? 'exchange.would' : 'exchange.done')}>
        <p>{t('exchange.counts', { read, added, changed, unchanged, refused })}</p>
        {answer.proposed && answer.proposed.submitted + answer.proposed.drafts > 0 ? (
          <p>{t(dryRun ? 'exchange.wouldPropose' : 'exchange.proposed', answer.proposed)}</p>
        ) : null}
        {answer.makesEdition ? <p>{t(dryRun ? 'exchange.makesEdition' : 'exchange.madeEdition')}</p> : null}
        {dryRun && added + changed === 0 ? <p>{t('exchange.nothing')}</p> : null}
        {answer.notes.map((note) => (
          <p key={note}>
            <Said message={note} />
          </p>
        ))}
      </Notice>
      {changes.length > 0 ? <Changes changes={changes} /> : null}
      {changesInAll > changes.length ? (
        <p className={styles.more}>{t('exchange.more', { shown: changes.length, total: changesInAll })}</p>
      ) : null}
      {problems.length > 0 ? <Problems problems={problems} /> : null}
      {refused > problems.length ? (
        <p className={styles.more}>{t('exchange.more', { shown: problems.length, total: refused })}</p>
      ) : null}
    </>
  );
}

function Changes({ changes }: { readonly changes: readonly Change[] }) {
  const t = useT();
  const language = useLanguage();
  const columns: Column<Change>[] = [
    { key: 'title', head: t('exchange.column.event'), cell: (row) => row.title },
    { key: 'action', head: t('exchange.column.action'), cell: (row) => t(`exchange.action.${row.action}`) },
    {
      key: 'region',
      head: t('exchange.region'),
      cell: (row) => shownIn(regionOf(row.region)?.name, language).text || row.region,
    },
    {
      key: 'fields',
      head: t('exchange.column.fields'),
      cell: (row) => (
        <>
          {row.action === 'added' ? t('exchange.whole') : fieldsText(row.taken, t) || '–'}
          {row.kept.length > 0 ? (
            <span className={styles.kept}>{t('exchange.kept', { fields: fieldsText(row.kept, t) })}</span>
          ) : null}
        </>
      ),
    },
  ];
  return (
    <DataTable
      caption={t('exchange.changes')}
      columns={columns}
      rows={changes}
      rowKey={(row) => `${row.item} ${row.line ?? ''}`}
    />
  );
}

function Problems({ problems }: { readonly problems: readonly ProblemAt[] }) {
  const t = useT();
  const columns: Column<ProblemAt>[] = [
    { key: 'place', head: t('exchange.column.place'), cell: (row) => placeText(row, t) },
    { key: 'why', head: t('exchange.column.why'), cell: (row) => <Said message={row.message} /> },
  ];
  return (
    <DataTable
      caption={t('exchange.problems')}
      columns={columns}
      rows={problems}
      rowKey={(row) => `${row.line ?? ''} ${row.item ?? ''} ${row.message}`}
    />
  );
}

function fieldsText(paths: readonly string[], t: Translate): string {
  return paths
    .map((path) => {
      const [field = '', lang] = path.split('.');
      const name = t(`exchange.field.${field}`);
      return lang === undefined ? name : `${name} (${lang})`;
    })
    .join(', ');
}
