import type { SheetPerson } from '#protocol/desk.ts';
import { classNames } from '../class-names.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import styles from './attendance-sheet.module.css';

interface AttendanceSheetProps {
  readonly title: string;
  readonly lang?: string;
  /** Day and hours, place, session or list: what tells this list from others on the same table. */
  readonly facts: readonly string[];
  /** In the order in which they are printed. */
  readonly people: readonly SheetPerson[];
  /** Lines for people who are not on the list. */
  readonly blank: number;
  /** When the list was what it is, milliseconds. */
  readonly asOf: number;
  readonly zone: string;
}

/** Lines of an A4 page under its heading. */
const LINES = 20;
/** Pages that the screen shows; the printer gets them all. */
const SEEN = 2;

type Line = SheetPerson | undefined;

/**
 * The list on paper, to be signed: A4 pages that are made here and not by the printer, so that each has its heading and its number
 * in every browser.
 */
export function AttendanceSheet({ title, lang, facts, people, blank, asOf, zone }: AttendanceSheetProps) {
  const t = useT();
  const format = useFormat();
  const lines: Line[] = [...people, ...Array.from({ length: blank }, () => undefined)];
  const pages = Math.max(1, Math.ceil(lines.length / LINES));
  const seats = people.reduce((sum, one) => sum + one.party, 0);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- pages of paper are wider than a phone: who scrolls by keyboard scrolls them
    <div className={styles.pages} role="region" aria-label={t('sheet.preview')} tabIndex={0}>
      {Array.from({ length: pages }, (_, page) => (
        <section
          // Pages have no other name than their place.
          // oxlint-disable-next-line react/no-array-index-key
          key={page}
          className={classNames(styles.page, page >= SEEN && styles.unseen)}
          aria-label={t('sheet.page', { page: page + 1, pages })}
        >
          <header className={styles.head}>
            <p className={styles.title} {...(lang ? { lang } : {})}>
              {title}
            </p>
            <p>{facts.join(' · ')}</p>
            <p className={styles.small}>
              {t('sheet.people', { n: people.length, seats })} · {t('sheet.asOf', { time: format.moment(asOf, zone) })}
            </p>
          </header>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col" className={styles.name}>
                  {t('sheet.name')}
                </th>
                <th scope="col" className={styles.party}>
                  {t('sheet.party')}
                </th>
                <th scope="col" className={styles.code}>
                  {t('sheet.code')}
                </th>
                <th scope="col" className={styles.time}>
                  {t('sheet.time')}
                </th>
                <th scope="col" className={styles.signature}>
                  {t('sheet.signature')}
                </th>
              </tr>
            </thead>
            <tbody>
              {lines.slice(page * LINES, (page + 1) * LINES).map((person, i) => (
                // A blank line has no other name than its place.
                // oxlint-disable-next-line react/no-array-index-key
                <tr key={person?.registrationId ?? `blank ${i}`}>
                  <Row person={person} />
                </tr>
              ))}
            </tbody>
          </table>
          <footer className={styles.foot}>
            <span>{t('sheet.foot')}</span>
            <span>{t('sheet.page', { page: page + 1, pages })}</span>
          </footer>
        </section>
      ))}
    </div>
  );
}

const columns = ['name', 'party', 'code', 'time', 'signature'] as const;

function Row({ person }: { readonly person: Line }) {
  const t = useT();
  if (!person)
    return columns.map((column) => (
      <td key={column} className={styles[column]}>
        {'\u00A0'}
      </td>
    ));
  const { lastName, firstName, party, code, needs, others, arrived } = person;
  // One line: a page is counted in lines of one height.
  const said = [others && t('sheet.with', { names: others.join(', ') }), needs].filter(Boolean).join(' · ');
  return (
    <>
      <th scope="row" className={styles.name}>
        <span className={styles.nameText}>
          <span className={styles.last}>{lastName}</span> {firstName}
        </span>
        {said ? <span className={styles.needs}>{said}</span> : null}
      </th>
      <td className={styles.party}>{party}</td>
      <td className={styles.code}>{code}</td>
      <td className={styles.time}>{'\u00A0'}</td>
      <td className={styles.signature}>
        {arrived > 0 ? <span className={styles.small}>{t('sheet.arrived', { n: arrived })}</span> : null}
      </td>
    </>
  );
}
