import { Plus, Trash2 } from 'lucide-react';
import { instantOf, isLocalDate, isLocalTime, localOf } from '#domain/dates.ts';
import type { CheckInList } from '#domain/door-rules.ts';
import type { DeskSubject } from '#protocol/desk.ts';
import { Button } from '#client/components/button.tsx';
import { CheckField, Field } from '#client/components/forms/field.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { newId } from '#client/store/ids.ts';
import styles from './desk.module.css';
import rulesStyles from './rules.module.css';
import { TextPair } from './text-pair.tsx';
import { subjectName } from './subject-name.ts';

interface ListsEditorProps {
  readonly lists: readonly CheckInList[];
  readonly subjects: readonly DeskSubject[];
  readonly eventId: string;
  readonly zone: string;
  readonly onChange: (lists: readonly CheckInList[]) => void;
}

/** Further controls inside the event: their names, hours, and the sessions whose tickets open them. */
export function ListsEditor({ lists, subjects, eventId, zone, onChange }: ListsEditorProps) {
  const t = useT();
  const format = useFormat();
  const replace = (at: number, list: CheckInList): void => onChange(lists.with(at, list));
  return (
    <fieldset className={rulesStyles.rulesGroup}>
      <legend>{t('desk.rules.lists')}</legend>
      <p className={styles.count}>{t('desk.rules.lists.what')}</p>
      {lists.map((list, at) => {
        const number = t('desk.rules.list', { n: at + 1 });
        return (
          <fieldset key={list.id} className={rulesStyles.item}>
            <legend>{number}</legend>
            <TextPair
              label={t('desk.rules.name')}
              value={list.name}
              onChange={(name) => replace(at, { ...list, name })}
            />
            <div className={rulesStyles.pair}>
              {(['opensAt', 'closesAt'] as const).map((edge) => (
                <Field
                  key={edge}
                  label={t(`desk.rules.${edge}`)}
                  type="datetime-local"
                  value={localText(list[edge], zone)}
                  onChange={(event) => {
                    const { [edge]: _, ...rest } = list;
                    const moment = momentOf(event.target.value, zone);
                    replace(at, moment ? { ...rest, [edge]: moment } : rest);
                  }}
                />
              ))}
            </div>
            {subjects.length > 1 ? (
              <fieldset className={rulesStyles.choices}>
                <legend>{t('desk.rules.opens')}</legend>
                {subjects.map((subject) => (
                  <CheckField
                    key={subject.id}
                    label={subjectName(subject, eventId, t, format)}
                    checked={list.subjectIds?.includes(subject.id) ?? true}
                    onChange={(event) => {
                      const all = subjects.map((one) => one.id);
                      const before = list.subjectIds ?? all;
                      const after = event.target.checked
                        ? [...before, subject.id]
                        : before.filter((id) => id !== subject.id);
                      const { subjectIds: _, ...rest } = list;
                      // Every session is no restriction, for one that is added later too.
                      replace(at, all.every((id) => after.includes(id)) ? rest : { ...rest, subjectIds: after });
                    }}
                  />
                ))}
              </fieldset>
            ) : null}
            <Button variant="quiet" icon={Trash2} onClick={() => onChange(lists.toSpliced(at, 1))}>
              {t('desk.rules.remove', { what: number })}
            </Button>
          </fieldset>
        );
      })}
      <Button icon={Plus} onClick={() => onChange([...lists, { id: newId(), name: { fr: '' } }])}>
        {t('desk.rules.lists.add')}
      </Button>
    </fieldset>
  );
}

/** A moment as a `datetime-local` field shows it, by the event's clocks. */
function localText(iso: string | undefined, zone: string): string {
  if (iso === undefined) return '';
  const { date, time } = localOf(Date.parse(iso), zone);
  return `${date}T${time}`;
}

function momentOf(text: string, zone: string): string | undefined {
  const [date = '', time = ''] = text.split('T', 2);
  const minute = time.slice(0, 5);
  if (!isLocalDate(date) || !isLocalTime(minute)) return undefined;
  return new Date(instantOf(date, minute, zone)).toISOString();
}
