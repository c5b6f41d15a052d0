import type { FormEvent } from 'react';
import { useCallback, useEffect, useState } from 'react';
import * as v from 'valibot';
import type { DoorRules } from '#domain/door-rules.ts';
import type { DeskEventDetail } from '#protocol/desk.ts';
import { doorRules } from '#protocol/door-rules.ts';
import { CallNotice } from '#client/components/call-notice.tsx';
import { CheckField, Field } from '#client/components/forms/field.tsx';
import { useT } from '#client/i18n/i18n.ts';
import { readDoorRules, saveDoorRules } from '#client/platform/desk.ts';
import { forgetDraft, keepDraft, recallDraft } from '#client/platform/desk-memory.ts';
import styles from './desk.module.css';
import rulesStyles from './rules.module.css';
import type { SaveState } from './save-bar.tsx';
import { SaveBar } from './save-bar.tsx';
import { FormPanel } from './form-panel.tsx';
import { BadgeEditor } from './rules-badge.tsx';
import { ListsEditor } from './rules-lists.tsx';
import { QuestionsEditor } from './rules-questions.tsx';
import { useCalled } from '#client/hooks/use-called.ts';

interface RulesPanelProps {
  readonly eventId: string;
  readonly detail: DeskEventDetail;
}

/** What holds at the doors of the event; the phones learn of it at their next contact. */
export function RulesPanel({ eventId, detail }: RulesPanelProps) {
  const t = useT();
  const load = useCallback(() => readDoorRules(eventId), [eventId]);
  const { value, failure, reload } = useCalled(load);
  if (failure && !value) return <CallNotice reason={failure} onRetry={reload} />;
  if (!value) return <p role="status">{t('desk.loading')}</p>;
  return (
    <div className={rulesStyles.both}>
      {detail.subjects.length > 0 ? <FormPanel eventId={eventId} /> : null}
      <RulesForm eventId={eventId} detail={detail} saved={value} onSaved={reload} />
    </div>
  );
}

interface RulesFormProps extends RulesPanelProps {
  readonly saved: DoorRules;
  readonly onSaved: () => void;
}

function RulesForm({ eventId, detail, saved, onSaved }: RulesFormProps) {
  const t = useT();
  const [rules, setRules] = useState<DoorRules>(() => recallDraft(eventId) ?? saved);
  const [state, setState] = useState<SaveState>('none');
  const dirty = JSON.stringify(rules) !== JSON.stringify(saved);

  // What was changed and not saved survives a reload and another section.
  useEffect(() => {
    if (dirty) keepDraft(eventId, rules);
    else forgetDraft(eventId);
  }, [eventId, rules, dirty]);

  const change = (more: Partial<DoorRules>): void => {
    setRules({ ...rules, ...more });
    setState('none');
  };
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const parsed = v.safeParse(doorRules, rules);
    if (!parsed.success) {
      setState('incomplete');
      return;
    }
    setState('saving');
    const called = await saveDoorRules(eventId, parsed.output);
    if (called.kind === 'failed') {
      setState(called.reason);
      return;
    }
    setRules(called.value);
    forgetDraft(eventId);
    setState('saved');
    onSaved();
  };
  const zone = detail.subjects[0]?.slots[0]?.zone ?? 'Europe/Paris';
  return (
    <form className={rulesStyles.rules} onSubmit={(event) => void save(event)} noValidate>
      <p className={styles.count}>{t('desk.rules.when')}</p>
      <fieldset className={rulesStyles.rulesGroup}>
        <legend>{t('desk.rules.admission')}</legend>
        <CheckField
          label={t('desk.rules.admitsRequested')}
          hint={t('desk.rules.admitsRequested.hint')}
          checked={rules.admitsRequested}
          onChange={(event) => change({ admitsRequested: event.target.checked })}
        />
        <CheckField
          label={t('desk.rules.walkIns')}
          hint={t('desk.rules.walkIns.hint')}
          checked={rules.walkIns}
          onChange={(event) => change({ walkIns: event.target.checked })}
        />
        {rules.walkIns ? (
          <Field
            className={styles.short ?? ''}
            label={t('desk.rules.allotment')}
            hint={t('desk.rules.allotment.hint')}
            type="number"
            min={0}
            max={500}
            value={Number.isNaN(rules.allotment) ? '' : rules.allotment}
            onChange={(event) => change({ allotment: event.target.valueAsNumber })}
          />
        ) : null}
        <CheckField
          label={t('desk.rules.countsInside')}
          hint={t('desk.rules.countsInside.hint')}
          checked={rules.countsInside}
          onChange={(event) => change({ countsInside: event.target.checked })}
        />
        <CheckField
          label={t('desk.rules.hiddenNames')}
          hint={t('desk.rules.hiddenNames.hint')}
          checked={rules.hiddenNames}
          onChange={(event) => change({ hiddenNames: event.target.checked })}
        />
      </fieldset>
      <ListsEditor
        lists={rules.lists}
        subjects={detail.subjects}
        eventId={eventId}
        zone={zone}
        onChange={(lists) => change({ lists })}
      />
      <QuestionsEditor questions={rules.questions} onChange={(questions) => change({ questions })} />
      <BadgeEditor
        layout={rules.badge}
        title={detail.event.title}
        onChange={(badge) => {
          const { badge: _, ...rest } = rules;
          setRules(badge ? { ...rest, badge } : rest);
          setState('none');
        }}
      />
      <SaveBar
        state={state}
        dirty={dirty}
        words={{
          save: t('desk.rules.save'),
          saved: t('desk.rules.saved'),
          dirty: t('desk.rules.dirty'),
          incomplete: t('desk.rules.incomplete'),
          revert: t('desk.rules.revert'),
        }}
        onRevert={() => {
          setRules(saved);
          setState('none');
        }}
      />
    </form>
  );
}
