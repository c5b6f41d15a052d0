import { Printer } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { useParams } from 'react-router';
import { isUuid } from '#domain/ids.ts';
import { shownIn } from '#client/i18n/shown.ts';
import type { DeskEventDetail } from '#protocol/desk.ts';
import { AttendanceSheet } from '#client/components/paper/attendance-sheet.tsx';
import { Button } from '#client/components/button.tsx';
import { CallNotice } from '#client/components/call-notice.tsx';
import { Field, SelectField } from '#client/components/forms/field.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { bySurname } from '#client/components/paper/sheet-order.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useLanguage, useT } from '#client/i18n/i18n.ts';
import { readDeskEvent, readDoorRules, readSheet } from '#client/platform/desk.ts';
import styles from './desk.module.css';
import { subjectName, subjectOptions } from './subject-name.ts';
import { useCalled } from '#client/hooks/use-called.ts';

/** `/espace/evenements/:id/feuille`: the list on paper, to be printed. */
export function SheetScreen() {
  const t = useT();
  const { id = '' } = useParams();
  const load = useCallback(() => readDeskEvent(id), [id]);
  const { value, failure, reload } = useCalled(load);
  const back = { to: `/espace/evenements/${id}?vue=papier`, label: t('desk.event.back.event') };
  return (
    <div className={styles.eventPage}>
      <div className={styles.unprinted}>
        <PageHeader title={t('sheet.title')} back={back} lead={t('sheet.what')} />
        {!isUuid(id) ? (
          <CallNotice reason="not_found" />
        ) : failure ? (
          <CallNotice reason={failure} onRetry={reload} />
        ) : null}
      </div>
      {value ? <Sheet eventId={id} detail={value} /> : null}
    </div>
  );
}

/** Lines for people who are not on the list. */
const BLANK = 10;

function Sheet({ eventId, detail }: { readonly eventId: string; readonly detail: DeskEventDetail }) {
  const t = useT();
  const format = useFormat();
  const language = useLanguage();
  const [subjectId, setSubjectId] = useState('');
  const [listId, setListId] = useState('');
  const [blank, setBlank] = useState(BLANK);
  const rules = useCalled(useCallback(() => readDoorRules(eventId), [eventId]));
  const load = useCallback(
    () => readSheet(eventId, { ...(subjectId ? { subject: subjectId } : {}), ...(listId ? { list: listId } : {}) }),
    [eventId, subjectId, listId],
  );
  const { value, failure, at, reload } = useCalled(load);
  const people = useMemo(() => (value ? bySurname(value, format.compare) : []), [value, format]);
  const subjects = subjectOptions(detail.subjects, eventId, t, format);
  const lists = rules.value?.lists ?? [];
  const title = shownIn(detail.event.title, language);
  const subject = detail.subjects.find((one) => one.id === subjectId) ?? detail.subjects[0];
  const list = lists.find((one) => one.id === listId);
  const whole = subjectId === '' && detail.subjects.length > 1;
  const facts = [
    whole || !subject ? detail.event.firstDay && format.day(detail.event.firstDay, 'full') : format.span(subject.slots),
    !whole && subject && subject.id !== eventId ? subjectName(subject, eventId, t, format) : undefined,
    detail.event.city,
    list && shownIn(list.name, language).text,
  ].flatMap((fact) => (fact ? [fact] : []));
  return (
    <>
      <div className={`${styles.filters} ${styles.unprinted}`}>
        {subjects.length > 0 ? (
          <SelectField
            label={t('desk.arrivals.session')}
            value={subjectId}
            options={subjects}
            onChange={setSubjectId}
          />
        ) : null}
        {lists.length > 0 ? (
          <SelectField
            label={t('desk.arrivals.list')}
            value={listId}
            options={[
              { value: '', label: t('desk.enrol.list.event') },
              ...lists.map((one) => ({ value: one.id, label: shownIn(one.name, language).text })),
            ]}
            onChange={setListId}
          />
        ) : null}
        <Field
          label={t('sheet.blank')}
          type="number"
          min={0}
          max={200}
          value={Number.isNaN(blank) ? '' : blank}
          onChange={(event) => setBlank(event.target.valueAsNumber)}
        />
        <Button
          variant="primary"
          icon={Printer}
          className={styles.filterEnd ?? ''}
          disabled={!value}
          onClick={() => window.print()}
        >
          {t('sheet.print')}
        </Button>
      </div>
      {failure ? <CallNotice reason={failure} onRetry={reload} /> : null}
      {value && at !== undefined ? (
        <AttendanceSheet
          title={title.text}
          lang={title.lang}
          facts={facts}
          people={people}
          blank={Math.min(200, Math.max(0, blank || 0))}
          asOf={at}
          zone={subject?.slots[0]?.zone ?? 'Europe/Paris'}
        />
      ) : failure ? null : (
        <p role="status">{t('desk.loading')}</p>
      )}
    </>
  );
}
