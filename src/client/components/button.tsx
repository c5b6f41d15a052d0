import type { LucideIcon } from 'lucide-react';
import type { ComponentPropsWithRef, ReactNode } from 'react';
import { Link } from 'react-router';
import styles from './button.module.css';
import { classNames } from './class-names.ts';
import { Icon } from './icon.tsx';

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';

interface Look {
  /** One primary a page. */
  readonly variant?: ButtonVariant;
  /** `large`: 56 px, for the door and for action bars. */
  readonly size?: 'regular' | 'large';
  readonly icon?: LucideIcon;
  /** The icon alone is seen; the children are still read out. */
  readonly iconOnly?: boolean;
  readonly wide?: boolean;
}

function classOf({ variant = 'secondary', size = 'regular', iconOnly, wide }: Look, more?: string): string | undefined {
  return classNames(
    styles.button,
    styles[variant],
    size === 'large' && styles.large,
    iconOnly && styles.iconOnly,
    wide && styles.wide,
    more,
  );
}

function Content({ icon, iconOnly, children }: Look & { readonly children: ReactNode }) {
  return (
    <>
      {icon ? <Icon of={icon} /> : null}
      <span className={iconOnly ? styles.unseen : undefined}>{children}</span>
    </>
  );
}

type ButtonProps = Look &
  ComponentPropsWithRef<'button'> & {
    /** Under way: says so, and does not fire twice. */
    readonly busy?: boolean;
    readonly children: ReactNode;
  };

export function Button(props: ButtonProps) {
  const { variant, size, icon, iconOnly, wide, busy = false, className, children, onClick, ...rest } = props;
  const look = lookOf({ variant, size, icon, iconOnly, wide });
  return (
    <button
      type="button"
      {...rest}
      className={classOf(look, className)}
      aria-busy={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      <Content {...look}>{children}</Content>
    </button>
  );
}

type LinkButtonProps = Look & {
  /** A page of this app; an address outside it goes to `href`. */
  readonly to?: string;
  readonly href?: string;
  readonly className?: string;
  readonly children: ReactNode;
  readonly download?: string;
  readonly lang?: string;
};

/** A link that looks like a button: it goes somewhere, and can be opened in a tab. */
export function LinkButton(props: LinkButtonProps) {
  const { variant, size, icon, iconOnly, wide, to, href, className, children, ...rest } = props;
  const look = lookOf({ variant, size, icon, iconOnly, wide });
  const content = <Content {...look}>{children}</Content>;
  return to === undefined ? (
    <a {...rest} href={href} className={classOf(look, className)} rel="noreferrer">
      {content}
    </a>
  ) : (
    <Link {...rest} to={to} className={classOf(look, className) ?? ''}>
      {content}
    </Link>
  );
}

/** Drops what was not given: an absent property and an undefined one are told apart here. */
function lookOf(look: { [K in keyof Look]: Look[K] | undefined }): Look {
  return Object.fromEntries(Object.entries(look).filter(([, value]) => value !== undefined));
}
