import { CircleAlert } from 'lucide-react';
import styles from './choice.module.css';
import { Icon } from '../icon.tsx';

interface CheckGroupProps<Value extends string> {
  /** Where something else has to link to the group. */
  readonly id?: string;
  readonly label: string;
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly values: readonly Value[];
  readonly options: readonly { readonly value: Value; readonly label: string; readonly lang?: string }[];
  readonly onChange: (values: readonly Value[]) => void;
}

/** Any number of a few, all in sight: boxes that look like one control. What is chosen keeps the order of the options. */
export function CheckGroup<Value extends string>(props: CheckGroupProps<Value>) {
  const { id, label, hint, error, values, options, onChange } = props;
  return (
    <fieldset
      className={styles.choice}
      tabIndex={-1}
      {...(id ? { id, 'aria-describedby': `${id}-about` } : {})}
      {...(error ? { 'aria-invalid': true } : {})}
    >
      <legend className={styles.legend}>{label}</legend>
      <div {...(id ? { id: `${id}-about` } : {})}>
        {hint ? <p className={styles.hint}>{hint}</p> : null}
        <p className={styles.error} role="alert" hidden={!error}>
          {error ? (
            <>
              <Icon of={CircleAlert} /> <span>{error}</span>
            </>
          ) : null}
        </p>
      </div>
      <div className={styles.options}>
        {options.map((option) => (
          <label key={option.value} className={styles.option} {...(option.lang ? { lang: option.lang } : {})}>
            <input
              type="checkbox"
              className={styles.radio}
              value={option.value}
              checked={values.includes(option.value)}
              onChange={(event) => {
                const wanted = new Set(values);
                if (event.target.checked) wanted.add(option.value);
                else wanted.delete(option.value);
                const known = options.map((one) => one.value).filter((one) => wanted.has(one));
                // What no option stands for any more is kept all the same.
                onChange([...known, ...[...wanted].filter((one) => !known.includes(one))]);
              }}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
