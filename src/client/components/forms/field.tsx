import { CircleAlert } from 'lucide-react';
import type { ComponentPropsWithRef, ReactNode } from 'react';
import { useId } from 'react';
import { classNames } from '../class-names.ts';
import styles from './field.module.css';
import { Icon } from '../icon.tsx';

interface Around {
  /** Where something else has to name or link to the control; one of its own otherwise. */
  readonly id?: string;
  /** The whole accessible name of the control. */
  readonly label: string;
  readonly hint?: ReactNode;
  /** What is wrong and what to do; announced when it appears. */
  readonly error?: string | undefined;
  /** Beside the label and not in it: `facultatif`. */
  readonly mark?: string;
  readonly className?: string;
}

interface Wiring {
  readonly id: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-invalid'?: true;
}

function Frame({
  id: given,
  label,
  hint,
  error,
  mark,
  className,
  renderControl,
}: Around & { renderControl: (wiring: Wiring) => ReactNode }) {
  const own = useId();
  const id = given ?? own;
  const described = [mark && `${id}-mark`, hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className={classNames(styles.field, className)}>
      <div className={styles.top}>
        <label className={styles.label} htmlFor={id}>
          {label}
        </label>
        {mark ? (
          <span id={`${id}-mark`} className={styles.mark}>
            {mark}
          </span>
        ) : null}
      </div>
      {hint ? (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      ) : null}
      {renderControl({
        id,
        ...(described ? { 'aria-describedby': described } : {}),
        ...(error ? { 'aria-invalid': true as const } : {}),
      })}
      <p id={`${id}-error`} className={styles.error} role="alert" hidden={!error}>
        {error ? (
          <>
            <Icon of={CircleAlert} /> <span>{error}</span>
          </>
        ) : null}
      </p>
    </div>
  );
}

type FieldProps = Around & Omit<ComponentPropsWithRef<'input'>, 'className' | 'id'>;

/** A text field with its hint above it and its error below, both tied to it. */
export function Field({ id, label, hint, error, mark, className, ...input }: FieldProps) {
  return (
    <Frame
      {...aroundOf({ id, label, hint, error, mark, className })}
      renderControl={(wiring) => <input {...input} {...wiring} className={styles.control} />}
    />
  );
}

type TextAreaFieldProps = Around & Omit<ComponentPropsWithRef<'textarea'>, 'className' | 'id'>;

export function TextAreaField({ id, label, hint, error, mark, className, ...area }: TextAreaFieldProps) {
  return (
    <Frame
      {...aroundOf({ id, label, hint, error, mark, className })}
      renderControl={(wiring) => <textarea rows={3} {...area} {...wiring} className={styles.control} />}
    />
  );
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

type SelectFieldProps = Around &
  Omit<ComponentPropsWithRef<'select'>, 'className' | 'id' | 'onChange' | 'children'> & {
    readonly options: readonly Option[];
    readonly onChange: (value: string) => void;
  };

/** The browser's own select: it works with every reader, keyboard and thumb. */
export function SelectField({
  id,
  label,
  hint,
  error,
  mark,
  className,
  options,
  onChange,
  ...select
}: SelectFieldProps) {
  return (
    <Frame
      {...aroundOf({ id, label, hint, error, mark, className })}
      renderControl={(wiring) => (
        <select
          {...select}
          {...wiring}
          className={classNames(styles.control, styles.select)}
          onChange={(event) => onChange(event.target.value)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    />
  );
}

type CheckFieldProps = Omit<Around, 'mark'> & Omit<ComponentPropsWithRef<'input'>, 'className' | 'id' | 'type'>;

/** A box to tick, or with `role="switch"` a switch; the whole row is its target. */
export function CheckField({ id: given, label, hint, error, className, ...input }: CheckFieldProps) {
  const own = useId();
  const id = given ?? own;
  return (
    <div className={classNames(styles.field, className)}>
      <div className={styles.check}>
        <input
          {...input}
          id={id}
          type="checkbox"
          className={styles.box}
          {...(hint ? { 'aria-describedby': `${id}-hint` } : {})}
          {...(error ? { 'aria-invalid': true } : {})}
        />
        <label className={styles.checkLabel} htmlFor={id}>
          {label}
        </label>
      </div>
      {hint ? (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      ) : null}
      {error ? (
        <p className={styles.error} role="alert">
          <Icon of={CircleAlert} /> <span>{error}</span>
        </p>
      ) : null}
    </div>
  );
}

function aroundOf(around: { [K in keyof Around]-?: Around[K] | undefined } & { label: string }): Around {
  return Object.fromEntries(Object.entries(around).filter(([, value]) => value !== undefined)) as unknown as Around;
}
