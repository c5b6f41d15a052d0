import { useCallback, useMemo, useState } from 'react';
import { useParams } from 'react-router';
import { daysOf } from '#domain/dates.ts';
import { isUuid } from '#domain/ids.ts';
import { shownIn } from '#client/i18n/shown.ts';
import type { DeskEventDetail, SheetPerson } from '#protocol/desk.ts';
import { CallNotice } from '#client/components/call-notice.tsx';
import { SelectField } from '#client/components/forms/field.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { ReadOnlyNote } from '#client/components/read-only.tsx';
import { PaperEntry } from '#client/components/paper/paper-entry.tsx';
import { bySurname } from '#client/components/paper/sheet-order.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { readDeskEvent, readDoorRules, readSheet } from '#client/platform/desk.ts';
import { whoAmI } from '#client/platform/session.ts';
import { NameIndex } from '#client/store/name-index.ts';
import styles from './desk.module.css';
import { useCalled } from '#client/hooks/use-called.ts';
import { usePaper } from './use-paper.ts';

/** `/espace/evenements/:id/saisie`: a signed list typed in afterwards. */
export function PaperEntryScreen() {
  const t = useT();
  const { id = '' } = useParams();
  const load = useCallback(() => readDeskEvent(id), [id]);
  const { value, failure, reload } = useCalled(load);
  const account = useCalled(whoAmI);
  const back = { to: `/espace/evenements/${id}?vue=papier`, label: t('desk.event.back.event') };
  return (
    <div className={styles.eventPage}>
      <PageHeader title={t('paper.title')} back={back} lead={t('paper.what')} />
      {!isUuid(id) ? (
        <CallNotice reason="not_found" />
      ) : failure ? (
        <CallNotice reason={failure} onRetry={reload} />
      ) : null}
      {value && account.value?.role === 'auditor' ? <ReadOnlyNote /> : null}
      {value && account.value && account.value.role !== 'auditor' ? (
        <Entry eventId={id} detail={value} account={account.value.email} />
      ) : null}
    </div>
  );
}

interface EntryProps {
  readonly eventId: string;
  readonly detail: DeskEventDetail;
  readonly account: string;
}

function Entry({ eventId, detail, account }: EntryProps) {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const [listId, setListId] = useState('');
  const rules = useCalled(useCallback(() => readDoorRules(eventId), [eventId]));
  const load = useCallback(() => readSheet(eventId, listId ? { list: listId } : {}), [eventId, listId]);
  const { value, failure, reload } = useCalled(load);
  const people = useMemo(() => (value ? bySurname(value, format.compare) : []), [value, format]);
  const paper = usePaper(eventId, account, { door: t('paper.door'), listId, people });
  const find = useMemo(() => finder(people), [people]);
  const lists = rules.value?.lists ?? [];
  const slots = detail.subjects.flatMap((subject) => subject.slots);
  if (failure && !value) return <CallNotice reason={failure} onRetry={reload} />;
  if (!value) return <p role="status">{t('desk.loading')}</p>;
  return (
    <>
      {lists.length > 0 ? (
        <SelectField
          className={styles.short ?? ''}
          label={t('desk.arrivals.list')}
          value={listId}
          options={[
            { value: '', label: t('desk.enrol.list.event') },
            ...lists.map((one) => ({ value: one.id, label: shownIn(one.name, language).text })),
          ]}
          onChange={setListId}
        />
      ) : null}
      {paper.failure ? <CallNotice reason={paper.failure} /> : null}
      <PaperEntry
        days={daysOf(slots)}
        zone={slots[0]?.zone ?? 'Europe/Paris'}
        start={slots[0]?.start ?? '09:00'}
        find={find}
        entered={paper.lines.map(({ entry, name, state }) => ({ ...entry, name, state }))}
        onEnter={paper.enter}
        onTakeBack={paper.takeBack}
        now={Date.now}
      />
    </>
  );
}

/** By name as at the door, or by the short code that the paper prints. */
function finder(people: readonly SheetPerson[]): (text: string, limit: number) => SheetPerson[] {
  const index = new NameIndex(people.map((one) => [one.firstName, one.lastName]));
  return (text, limit) => {
    const code = text.toUpperCase().replaceAll(/[\s-]/g, '');
    const byCode = code.length >= 4 ? people.filter((one) => one.code.replace('-', '').startsWith(code)) : [];
    const byName = index.search(text, limit).flatMap((at) => people[at] ?? []);
    return [...new Set([...byCode, ...byName])].slice(0, limit);
  };
}
