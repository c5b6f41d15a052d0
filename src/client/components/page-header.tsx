import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { LinkButton } from './button.tsx';
import styles from './page-header.module.css';
import { usePageTitle } from './page-title.ts';

interface PageHeaderProps {
  /** The page's heading 1, which takes the focus when the page is opened. */
  readonly title: string;
  readonly lang?: string;
  /** What the window's title says after it, where another page has the same heading. */
  readonly within?: string;
  readonly lead?: ReactNode;
  /** One level up, named by where it goes. */
  readonly back?: { readonly to: string; readonly label: string };
  readonly actions?: ReactNode;
}

export function PageHeader({ title, lang, within, lead, back, actions }: PageHeaderProps) {
  usePageTitle(within ? `${title} · ${within}` : title);
  return (
    <header className={styles.header}>
      {back ? (
        <LinkButton variant="quiet" icon={ArrowLeft} to={back.to} className={styles.back ?? ''}>
          {back.label}
        </LinkButton>
      ) : null}
      <div className={styles.row}>
        <div className={styles.heading}>
          <h1 tabIndex={-1} {...(lang ? { lang } : {})}>
            {title}
          </h1>
          {lead ? <p className={styles.lead}>{lead}</p> : null}
        </div>
        {actions ? <div className={styles.actions}>{actions}</div> : null}
      </div>
    </header>
  );
}
