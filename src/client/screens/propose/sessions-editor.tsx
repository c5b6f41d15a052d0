import { Copy, Plus, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import type { Zone } from '#domain/dates.ts';
import { addDays, isLocalDate } from '#domain/dates.ts';
import type { AttendanceMode, Session, Venue } from '#domain/programme.ts';
import { attendanceModes, eventStatuses } from '#domain/programme.ts';
import { BilingualField } from '#client/components/forms/bilingual-field.tsx';
import { Button } from '#client/components/button.tsx';
import { CheckField, Field, SelectField } from '#client/components/forms/field.tsx';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { newId } from '#client/store/ids.ts';
import { fieldId } from './fields.ts';
import { PeopleEditor } from './people-editor.tsx';
import styles from './propose.module.css';

interface SessionsEditorProps {
  readonly sessions: readonly Session[];
  readonly venues: readonly Venue[];
  /** The event's own, which a session has unless it says another. */
  readonly mode: AttendanceMode;
  /** What is announced already can also be cancelled or postponed. */
  readonly published: boolean;
  /** In which every hour is meant. */
  readonly zone: Zone;
  readonly english: boolean;
  /** The day that a new session begins with. */
  readonly firstDay: string | undefined;
  readonly lastDay: string | undefined;
  readonly errorOf: (field: string) => string | undefined;
  readonly onChange: (sessions: readonly Session[]) => void;
}

/** When it takes place: days, hours where they are known, and what tells one session from another. */
export function SessionsEditor(props: SessionsEditorProps) {
  const { sessions, venues, mode, published, zone, english, firstDay, lastDay, errorOf, onChange } = props;
  const t = useT();
  const format = useFormat();
  const list = useRef<HTMLDivElement>(null);
  const focusOn = (at: number): void => {
    requestAnimationFrame(() => list.current?.querySelectorAll<HTMLElement>('input[type=date]')[at]?.focus());
  };
  const add = (from?: Session): void => {
    const last = from ?? sessions.at(-1);
    const next = last && isLocalDate(last.slot.date) ? addDays(last.slot.date, 1) : '';
    const { endDate: _, ...slot } = last?.slot ?? { date: '' };
    const made: Session = from
      ? { ...from, id: newId(), slot: { ...slot, date: next, zone } }
      : { id: newId(), slot: { date: '', zone } };
    onChange([...sessions, made]);
    // The first of a session's two days is its own.
    focusOn(list.current?.querySelectorAll('input[type=date]').length ?? 0);
  };
  return (
    <div className={styles.list} ref={list}>
      <p className={styles.quiet}>{t('propose.sessions.hint', { zone: format.zone(zone, Date.now()) })}</p>
      {sessions.map((session, at) => (
        <SessionFields
          key={session.id}
          session={session}
          at={at}
          alone={sessions.length === 1}
          venues={venues}
          mode={mode}
          published={published}
          english={english}
          firstDay={firstDay}
          lastDay={lastDay}
          errorOf={errorOf}
          onChange={(changed) => onChange(sessions.with(at, changed))}
          onCopy={() => add(session)}
          onRemove={() => {
            onChange(sessions.filter((one) => one.id !== session.id));
            focusOn(Math.max(0, at - 1));
          }}
        />
      ))}
      <div>
        <Button id={fieldId('sessions')} icon={Plus} onClick={() => add()}>
          {t('propose.session.add')}
        </Button>
      </div>
    </div>
  );
}

interface SessionFieldsProps extends Pick<
  SessionsEditorProps,
  'venues' | 'mode' | 'published' | 'english' | 'firstDay' | 'lastDay' | 'errorOf'
> {
  readonly session: Session;
  readonly at: number;
  readonly alone: boolean;
  readonly onChange: (session: Session) => void;
  readonly onCopy: () => void;
  readonly onRemove: () => void;
}

function SessionFields(props: SessionFieldsProps) {
  const {
    session,
    at,
    alone,
    venues,
    mode,
    published,
    english,
    firstDay,
    lastDay,
    errorOf,
    onChange,
    onCopy,
    onRemove,
  } = props;
  const t = useT();
  const { slot } = session;
  const path = (part: string): string => `sessions.${at}.${part}`;
  const put = (part: Partial<Record<keyof Session, unknown>>): void =>
    onChange(withoutEmpty({ ...session, ...part }) as unknown as Session);
  const putSlot = (part: Partial<Record<keyof Session['slot'], string>>): void => {
    const { date, zone, ...rest } = { ...slot, ...part };
    onChange({ ...session, slot: { ...withoutEmpty(rest), date, zone } });
  };
  const [detailed] = useState(() =>
    [session.title, session.summary, session.room, session.venueId, session.people, session.attendanceMode].some(
      Boolean,
    ),
  );
  const bounds = { ...(firstDay ? { min: firstDay } : {}), ...(lastDay ? { max: lastDay } : {}) };
  return (
    <fieldset className={styles.item}>
      <legend>{t('propose.session', { n: at + 1 })}</legend>
      <div className={styles.row}>
        <Field
          id={fieldId(path('date'))}
          label={t('propose.session.date')}
          type="date"
          value={slot.date}
          error={errorOf(path('date'))}
          {...bounds}
          onChange={(event) => putSlot({ date: event.target.value })}
        />
        <Field
          id={fieldId(path('start'))}
          label={t('propose.session.start')}
          type="time"
          value={slot.start ?? ''}
          error={errorOf(path('start'))}
          onChange={(event) => putSlot({ start: event.target.value })}
        />
        <Field
          id={fieldId(path('end'))}
          label={t('propose.session.end')}
          type="time"
          value={slot.end ?? ''}
          error={errorOf(path('end'))}
          onChange={(event) => putSlot({ end: event.target.value })}
        />
      </div>
      <CheckField
        label={t('propose.session.days')}
        checked={slot.endDate !== undefined}
        onChange={(event) => putSlot({ endDate: event.target.checked ? slot.date : '' })}
      />
      {slot.endDate === undefined ? null : (
        <div className={styles.row}>
          <Field
            id={fieldId(path('endDate'))}
            label={t('propose.session.endDate')}
            type="date"
            value={slot.endDate}
            min={slot.date || undefined}
            error={errorOf(path('endDate'))}
            onChange={(event) => onChange({ ...session, slot: { ...slot, endDate: event.target.value } })}
          />
        </div>
      )}
      {published ? (
        <div className={styles.row}>
          <SelectField
            id={fieldId(path('status'))}
            label={t('propose.session.status')}
            value={session.status ?? ''}
            options={[
              { value: '', label: t('propose.session.status.same') },
              ...eventStatuses.map((value) => ({ value, label: t(`propose.status.${value}`) })),
            ]}
            onChange={(status) => put({ status })}
          />
        </div>
      ) : null}
      <details className={styles.more} open={detailed}>
        <summary>{t('propose.session.more')}</summary>
        <div className={styles.list}>
          <BilingualField
            id={fieldId(path('title'))}
            label={t('propose.session.title')}
            hint={t('propose.session.title.hint')}
            value={session.title}
            english={english}
            max={140}
            optional
            error={errorOf(path('title'))}
            onChange={(title) => put({ title })}
          />
          <div className={styles.row}>
            {venues.length > 1 ? (
              <SelectField
                label={t('propose.session.venue')}
                value={session.venueId ?? venues[0]?.id ?? ''}
                options={venues.map((venue, n) => ({
                  value: venue.id,
                  label: venue.name || t('propose.venue', { n: n + 1 }),
                }))}
                onChange={(venueId) => put({ venueId: venueId === venues[0]?.id ? undefined : venueId })}
              />
            ) : null}
            <Field
              label={t('propose.session.room')}
              mark={t('form.optional')}
              value={session.room ?? ''}
              maxLength={200}
              onChange={(event) => put({ room: event.target.value })}
            />
          </div>
          <div className={styles.row}>
            <SelectField
              id={fieldId(path('attendanceMode'))}
              label={t('propose.session.mode')}
              value={session.attendanceMode ?? ''}
              options={[
                { value: '', label: t('propose.session.mode.same', { mode: t(`mode.${mode}`) }) },
                ...attendanceModes.map((value) => ({ value, label: t(`mode.${value}`) })),
              ]}
              onChange={(attendanceMode) => put({ attendanceMode })}
            />
            {session.onlineUrl !== undefined || (session.attendanceMode ?? mode) !== 'on_site' ? (
              <Field
                id={fieldId(path('onlineUrl'))}
                label={t('propose.session.onlineUrl')}
                hint={t('propose.session.onlineUrl.hint')}
                mark={t('form.optional')}
                type="url"
                inputMode="url"
                placeholder="https://"
                maxLength={2000}
                value={session.onlineUrl ?? ''}
                error={errorOf(path('onlineUrl'))}
                onChange={(event) => put({ onlineUrl: event.target.value.trim() })}
              />
            ) : null}
          </div>
          <PeopleEditor
            path={`sessions.${at}`}
            people={session.people ?? []}
            english={english}
            onChange={(people) => put({ people })}
          />
          <BilingualField
            id={fieldId(path('summary'))}
            label={t('propose.session.summary')}
            value={session.summary}
            english={english}
            max={2000}
            rows={3}
            markdown
            optional
            error={errorOf(path('summary'))}
            onChange={(summary) => put({ summary })}
          />
        </div>
      </details>
      <div className={styles.tools}>
        <Button icon={Copy} onClick={onCopy}>
          {t('propose.session.copy')}
        </Button>
        {alone ? null : (
          <Button variant="quiet" icon={Trash2} onClick={onRemove}>
            {t('propose.session.remove', { n: at + 1 })}
          </Button>
        )}
      </div>
    </fieldset>
  );
}

/** What was emptied is not there, rather than there and empty. */
function withoutEmpty(given: object): object {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== ''));
}
