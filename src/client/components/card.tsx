import type { ReactNode } from 'react';
import styles from './card.module.css';
import { classNames } from './class-names.ts';

interface CardProps {
  readonly as?: 'div' | 'section' | 'article' | 'li';
  readonly className?: string | undefined;
  readonly 'aria-label'?: string;
  readonly 'aria-labelledby'?: string;
  readonly children: ReactNode;
}

export function Card({ as: Element = 'div', className, children, ...rest }: CardProps) {
  return (
    <Element className={classNames(styles.card, className)} {...rest}>
      {children}
    </Element>
  );
}
