import { Fragment } from 'react';
import type { Proposal, ProposalField, ProposalPerson } from '#domain/proposal.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import styles from './proposal-history.module.css';

interface ProposalHistoryProps {
  readonly proposal: Pick<Proposal, 'history' | 'comments'>;
  /** The account that reads it: `vous`. */
  readonly reader: string | undefined;
  /** The id of where on the page the words of a field stand; undefined where they do not. */
  readonly leadsTo?: (field: ProposalField) => string | undefined;
}

interface Entry {
  readonly key: string;
  readonly at: string;
  readonly by: ProposalPerson;
  readonly said: string;
  readonly text?: string;
  readonly fields?: readonly ProposalField[];
  /** What the list of fields is. */
  readonly where?: string;
}

/** What was done to a proposal and what was said about it, in its order: who, when, in which words. */
export function ProposalHistory({ proposal, reader, leadsTo }: ProposalHistoryProps) {
  const t = useT();
  const format = useFormat();
  const deeds = proposal.history.map(({ kind, by, at, text, step, fields }, n): Entry => ({
    key: `${kind} ${n}`,
    at,
    by,
    said: t(kind === 'approved' && step ? `proposal.deed.approved.${step}` : `proposal.deed.${kind}`),
    ...(text === undefined ? {} : { text }),
    ...(fields === undefined ? {} : { fields }),
    where: t(kind === 'edited' ? 'proposal.deed.fields.edited' : 'proposal.deed.fields'),
  }));
  const comments = proposal.comments.map(({ id, by, at, text }): Entry => ({
    key: id,
    at,
    by,
    said: t('proposal.deed.comment'),
    text,
  }));
  const entries = [...deeds, ...comments].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return (
    <ol className={styles.history}>
      {entries.map(({ key, at, by, said, text, fields = [], where }) => (
        <li key={key} className={styles.entry}>
          <p className={styles.head}>
            <span className={styles.who}>
              {by.accountId === reader
                ? t('proposal.you')
                : [t(`proposal.role.${by.role}`), by.name].filter(Boolean).join(' · ')}
            </span>{' '}
            <span>{said}</span>{' '}
            <time dateTime={at} className={styles.when}>
              {format.moment(Date.parse(at))}
            </time>
          </p>
          {text ? <p className={styles.words}>{text}</p> : null}
          {fields.length > 0 ? (
            <p className={styles.where}>
              {where}{' '}
              {fields.map((field, n) => (
                <Fragment key={field}>
                  {n > 0 ? ', ' : null}
                  <FieldName field={field} at={leadsTo?.(field)} />
                </Fragment>
              ))}
            </p>
          ) : null}
        </li>
      ))}
    </ol>
  );
}

/** A field, leading to its words where they stand on the page. */
function FieldName({ field, at }: { readonly field: ProposalField; readonly at: string | undefined }) {
  const t = useT();
  const name = t(`propose.name.${field}`);
  if (at === undefined) return name;
  return (
    <a
      href={`#${at}`}
      onClick={(event) => {
        event.preventDefault();
        document.getElementById(at)?.scrollIntoView({ block: 'center' });
        document.getElementById(at)?.focus({ preventScroll: true });
      }}
    >
      {name}
    </a>
  );
}
