import { Eye, Send } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { FormEvent } from 'react';
import type { Edition } from '#domain/programme.ts';
import { zoneOfRegion } from '#domain/regions.ts';
import { localOf } from '#domain/dates.ts';
import type { ProposalContent, ProposalField } from '#domain/proposal.ts';
import { rulesOf } from '#domain/proposal.ts';
import { ActionBar } from '#client/components/action-bar.tsx';
import { Button } from '#client/components/button.tsx';
import { useClock } from '#client/hooks/use-clock.ts';
import { useT } from '#client/i18n/i18n.ts';
import { AboutSection } from './about-section.tsx';
import { AccessSection } from './access-section.tsx';
import { ClosedNotice } from './closed-notice.tsx';
import { ContactSection } from './contact-section.tsx';
import { CustomSection } from './custom-section.tsx';
import { sectionOf, showField } from './fields.ts';
import { ImageSection } from './image-section.tsx';
import { ProblemSummary } from './problem-summary.tsx';
import styles from './propose.module.css';
import { zoneOf } from './region.ts';
import { RegistrationSection } from './registration-section.tsx';
import type { ContentPart, SectionName, SectionProps } from './section.tsx';
import { SectionFrame, sectionNames } from './section.tsx';
import { hasEnglish } from './start.ts';
import { StatusSection } from './status-section.tsx';
import { useProblems } from './use-problems.ts';
import { WhenSection } from './when-section.tsx';
import { WhereSection } from './where-section.tsx';

interface ProposalFormProps {
  readonly content: ProposalContent;
  readonly edition: Edition;
  /** Of an edit: what the event was. */
  readonly before: ProposalContent | undefined;
  /** The fields that the moderators asked to be others. */
  readonly requested: readonly ProposalField[];
  readonly replace: (next: (content: ProposalContent) => ProposalContent) => void;
  readonly busy: boolean;
  readonly onPreview?: () => void;
  /** What handing it in is called here. */
  readonly action?: string;
  /** Nothing is wrong with it. */
  readonly onSubmit: () => void;
}

const SECTIONS: Record<SectionName, (props: SectionProps & { onEnglish: (on: boolean) => void }) => React.ReactNode> = {
  about: AboutSection,
  when: WhenSection,
  where: WhereSection,
  access: AccessSection,
  registration: RegistrationSection,
  image: ImageSection,
  contact: ContactSection,
};

/** The form in its parts, with the list of them beside it; what is wrong is said when it is to be sent. */
export function ProposalForm({
  content,
  edition,
  before,
  requested,
  replace,
  busy,
  onPreview,
  action,
  onSubmit,
}: ProposalFormProps) {
  const t = useT();
  const now = useClock();
  const today = localOf(now, zoneOfRegion('')).date;
  const problems = useProblems(content, edition, today, before);
  const [english, setEnglish] = useState(() => hasEnglish(content));
  const [asked, setAsked] = useState(false);
  const summary = useRef<HTMLDivElement>(null);
  const change = (part: ContentPart): void =>
    replace((now) => {
      const merged = Object.entries({ ...now, ...part }).filter(([, value]) => value !== undefined);
      return Object.fromEntries(merged);
    });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (problems.all.length === 0) {
      setAsked(false);
      return onSubmit();
    }
    problems.sayAll();
    setAsked(true);
    requestAnimationFrame(() => summary.current?.focus());
  };
  const section: SectionProps & { onEnglish: (on: boolean) => void } = {
    content,
    edition,
    published: before !== undefined,
    english,
    zone: zoneOf(content),
    errorOf: problems.errorOf,
    change,
    replace,
    onEnglish: setEnglish,
  };
  // A link may lead straight to the words that it is about.
  useEffect(() => {
    const { hash } = location;
    const [, field] = /^#champ-([\w-]+)$/.exec(hash) ?? [];
    if (field) showField(field);
  }, []);
  const requestedIn = (name: string): ProposalField[] => requested.filter((field) => sectionOf(field) === name);
  const custom = rulesOf(edition)?.customFields ?? [];
  const parts = [
    ...(before ? (['status'] as const) : []),
    ...sectionNames,
    ...(custom.length > 0 ? (['custom'] as const) : []),
  ];
  return (
    // What is wrong with a field is said once it was left: focus is watched, nothing is done.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <form className={styles.columns} noValidate onSubmit={submit} onBlur={problems.onBlur}>
      <nav className={styles.parts} aria-label={t('propose.parts')}>
        <ul className={styles.plain}>
          {parts.map((name) => (
            <li key={name}>
              <a href={`#partie-${name}`} onClick={(event) => jump(event.nativeEvent, `partie-${name}-titre`)}>
                {t(`propose.part.${name}`)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div className={styles.form}>
        {asked && problems.all.length > 0 ? (
          <ProblemSummary ref={summary} problems={problems.all} content={content} />
        ) : null}
        <ClosedNotice edition={edition} content={content} before={before} today={today} />
        {before ? (
          <SectionFrame name="status" title={t('propose.part.status')} requested={requestedIn('status')}>
            <StatusSection {...section} />
          </SectionFrame>
        ) : null}
        {sectionNames.map((name) => {
          const Part = SECTIONS[name];
          return (
            <SectionFrame key={name} name={name} title={t(`propose.part.${name}`)} requested={requestedIn(name)}>
              <Part {...section} />
            </SectionFrame>
          );
        })}
        {custom.length > 0 ? (
          <SectionFrame
            name="custom"
            title={t('propose.part.custom')}
            lead={t('propose.custom.hint')}
            requested={requestedIn('custom')}
          >
            <CustomSection fields={custom} {...section} />
          </SectionFrame>
        ) : null}
        <ActionBar>
          <Button variant="primary" size="large" type="submit" icon={Send} busy={busy}>
            {action ?? t(before ? 'propose.submit.edit' : 'propose.submit')}
          </Button>
          {onPreview ? (
            <Button size="large" icon={Eye} onClick={onPreview}>
              {t('propose.preview')}
            </Button>
          ) : null}
        </ActionBar>
      </div>
    </form>
  );
}

/** To the heading of a part, without writing it into the address. */
function jump(event: Event, id: string): void {
  const heading = document.getElementById(id);
  if (!heading) return;
  event.preventDefault();
  heading.scrollIntoView();
  heading.focus({ preventScroll: true });
}
