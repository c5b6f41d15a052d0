import { Link } from 'react-router';
import styles from './count-links.module.css';

export interface CountLink {
  readonly to: string;
  readonly label: string;
  /** How much is there: `12 événements`. */
  readonly said?: string;
}

/** Ways into a programme, each with how much is there. */
export function CountLinks({ links }: { readonly links: readonly CountLink[] }) {
  return (
    <ul className={styles.list}>
      {links.map((link) => (
        <li key={link.to}>
          <Link to={link.to} className={styles.link ?? ''}>
            <span className={styles.label}>{link.label}</span>{' '}
            {link.said ? <span className={styles.count}>{link.said}</span> : null}
          </Link>
        </li>
      ))}
    </ul>
  );
}
