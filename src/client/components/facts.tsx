import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './facts.module.css';
import { Icon } from './icon.tsx';

export interface Fact {
  readonly icon: LucideIcon;
  /** What the fact is about, read out before it and not seen: the icon says it. */
  readonly term: string;
  readonly value: ReactNode;
}

interface FactsProps {
  readonly items: readonly Fact[];
}

/** When, where, for whom: one line each. */
export function Facts({ items }: FactsProps) {
  return (
    <dl className={styles.facts}>
      {items.map((fact) => (
        <div key={fact.term} className={styles.fact}>
          <dt className={styles.term}>
            <Icon of={fact.icon} />
            <span className={styles.unseen}>{fact.term}</span>
          </dt>
          <dd className={styles.value}>{fact.value}</dd>
        </div>
      ))}
    </dl>
  );
}
