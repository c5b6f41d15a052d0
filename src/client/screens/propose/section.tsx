import type { ReactNode } from 'react';
import type { Zone } from '#domain/dates.ts';
import type { Edition } from '#domain/programme.ts';
import type { ProposalContent, ProposalField } from '#domain/proposal.ts';
import styles from './propose.module.css';
import { RequestedHere } from './requested.tsx';

/** A change of some fields; undefined takes one away. */
export type ContentPart = { readonly [K in keyof ProposalContent]?: ProposalContent[K] | undefined };

/** What every part of the form is given. */
export interface SectionProps {
  readonly content: ProposalContent;
  readonly edition: Edition | undefined;
  /** It is published already, and this is a change of it. */
  readonly published: boolean;
  /** English is written too. */
  readonly english: boolean;
  /** The zone of the event's region. */
  readonly zone: Zone;
  /** What is wrong with a field, where it is time to say so. */
  readonly errorOf: (field: string) => string | undefined;
  readonly change: (part: ContentPart) => void;
  readonly replace: (next: (content: ProposalContent) => ProposalContent) => void;
}

export const sectionNames = ['about', 'when', 'where', 'access', 'registration', 'image', 'contact'] as const;
export type SectionName = (typeof sectionNames)[number];

interface SectionFrameProps {
  readonly name: SectionName | 'status' | 'custom';
  readonly title: string;
  readonly lead?: string;
  /** The fields of it that the moderators asked to be others. */
  readonly requested: readonly ProposalField[];
  readonly children: ReactNode;
}

/** A part of the form under its heading, which the list of parts leads to. */
export function SectionFrame({ name, title, lead, requested, children }: SectionFrameProps) {
  return (
    <section className={styles.section} id={`partie-${name}`} aria-labelledby={`partie-${name}-titre`}>
      <h2 id={`partie-${name}-titre`} tabIndex={-1}>
        {title}
      </h2>
      {lead ? <p className={styles.quiet}>{lead}</p> : null}
      <RequestedHere fields={requested} />
      {children}
    </section>
  );
}
