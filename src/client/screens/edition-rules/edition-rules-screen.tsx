import { CircleHelp } from 'lucide-react';
import { useState } from 'react';
import type { Edition } from '#domain/programme.ts';
import type { ModerationStep, ProposalRules } from '#domain/proposal.ts';
import { rulesOf } from '#domain/proposal.ts';
import type { LocalizedText } from '#domain/text.ts';
import { shownIn } from '#client/i18n/shown.ts';
import type { ProposalRulesEdit } from '#protocol/proposal.ts';
import { Button, LinkButton } from '#client/components/button.tsx';
import { CallNotice } from '#client/components/call-notice.tsx';
import { Choice } from '#client/components/forms/choice.tsx';
import { EmptyState } from '#client/components/empty-state.tsx';
import { Field, SelectField } from '#client/components/forms/field.tsx';
import { Notice } from '#client/components/notice.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { useAccount } from '#client/hooks/use-account.ts';
import { useEditions } from '#client/hooks/use-editions.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import { saveProposalRules } from '#client/platform/edition-rules.ts';
import type { CallFailure } from '#client/platform/session.ts';
import { CustomFields } from './custom-fields.tsx';
import { DatedFields } from './dated-fields.tsx';
import styles from './edition-rules.module.css';

/** `/espace/edition`: how an edition takes proposals. For the national team. */
export function EditionRulesScreen() {
  const t = useT();
  const { language } = useFormat();
  const account = useAccount();
  const { editions, current } = useEditions();
  const [chosen, setChosen] = useState<string>();
  const open = editions.filter((one) => rulesOf(one) !== undefined);
  const edition = open.find((one) => one.id === chosen) ?? open.find((one) => one.id === current?.id) ?? open[0];
  const allowed = account?.role === 'national';
  return (
    <div className={styles.page}>
      <PageHeader
        title={t('moderation.rules.title')}
        lead={edition && allowed ? shownIn(edition.title, language).text : undefined}
        back={{ to: '/moderation', label: t('moderation.title') }}
      />
      {allowed ? null : (
        <EmptyState
          icon={CircleHelp}
          text={t('moderation.rules.forbidden')}
          action={account ? undefined : <LinkButton to="/connexion">{t('moderation.signIn.action')}</LinkButton>}
        />
      )}
      {allowed && open.length > 1 && edition ? (
        <SelectField
          label={t('moderation.edition')}
          value={edition.id}
          options={open.map((one) => ({ value: one.id, label: shownIn(one.title, language).text }))}
          onChange={setChosen}
        />
      ) : null}
      {allowed && edition ? <RulesForm key={edition.id} edition={edition} /> : null}
    </div>
  );
}

const STEPS = ['both', 'nation', 'region'] as const;
type Steps = (typeof STEPS)[number];
const STEP_LISTS: Record<Steps, readonly ModerationStep[]> = {
  both: ['region', 'nation'],
  nation: ['nation'],
  region: ['region'],
};

function RulesForm({ edition }: { readonly edition: Edition }) {
  const t = useT();
  const [before, setBefore] = useState<ProposalRules | undefined>(edition.proposals);
  const [rules, setRules] = useState<ProposalRules>(() => rulesOf(edition) ?? { steps: STEP_LISTS.both });
  const [busy, setBusy] = useState(false);
  const [saved, setSaved] = useState(false);
  const [failure, setFailure] = useState<CallFailure['reason']>();
  const change = (part: Partial<ProposalRules>): void => {
    setSaved(false);
    setRules({ ...rules, ...part });
  };
  const save = async (): Promise<void> => {
    setBusy(true);
    setFailure(undefined);
    const wanted = tidied(rules);
    const called = await saveProposalRules(edition.id, { before: before ?? null, rules: wanted } as ProposalRulesEdit);
    setBusy(false);
    setSaved(called.kind === 'done');
    if (called.kind === 'failed') setFailure(called.reason);
    else setBefore(wanted);
  };
  const steps = STEPS.find((one) => STEP_LISTS[one].join() === rules.steps.join()) ?? 'both';
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Choice
        label={t('moderation.rules.steps')}
        value={steps}
        options={STEPS.map((value) => ({ value, label: t(`moderation.rules.steps.${value}`) }))}
        onChange={(value) => change({ steps: STEP_LISTS[value] })}
      />
      <Field
        type="date"
        className={styles.date ?? ''}
        label={t('moderation.rules.until')}
        hint={t('moderation.rules.until.hint')}
        value={rules.until ?? ''}
        onChange={(event) => change({ until: event.target.value })}
      />
      <DatedFields
        kind="required"
        entries={rules.requiredFrom ?? []}
        onChange={(requiredFrom) => change({ requiredFrom })}
      />
      <DatedFields kind="frozen" entries={rules.frozenFrom ?? []} onChange={(frozenFrom) => change({ frozenFrom })} />
      <CustomFields fields={rules.customFields ?? []} onChange={(customFields) => change({ customFields })} />
      {failure ? <CallNotice reason={failure} /> : null}
      <div aria-live="polite">{saved ? <Notice tone="success">{t('moderation.rules.saved')}</Notice> : null}</div>
      <Button type="submit" variant="primary" busy={busy}>
        {t('moderation.rules.save')}
      </Button>
    </form>
  );
}

function isWorded(text: LocalizedText): boolean {
  return (text['fr'] ?? '').trim() !== '';
}

/** Without what was begun and left: entries without a day or a field, questions without words. */
function tidied({ steps, until, requiredFrom = [], frozenFrom = [], customFields = [] }: ProposalRules): ProposalRules {
  const dated = (list: NonNullable<ProposalRules['requiredFrom']>) =>
    list.filter((one) => one.from !== '' && one.fields.length > 0);
  const asked = customFields
    .filter((one) => one.label['fr']?.trim())
    .map(({ options, ...one }) =>
      one.kind === 'choice' ? { ...one, options: (options ?? []).filter(isWorded) } : one,
    );
  return {
    steps,
    ...(until ? { until } : {}),
    ...(dated(requiredFrom).length > 0 ? { requiredFrom: dated(requiredFrom) } : {}),
    ...(dated(frozenFrom).length > 0 ? { frozenFrom: dated(frozenFrom) } : {}),
    ...(asked.length > 0 ? { customFields: asked } : {}),
  };
}
