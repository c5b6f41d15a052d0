import { Search, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../button.tsx';
import { Icon } from '../icon.tsx';
import { useT } from '#client/i18n/i18n.ts';
import styles from './search-field.module.css';

/** The list follows every key; the address follows once the typing rests. */
const REST_MS = 300;

interface SearchFieldProps {
  /** What the address says. */
  readonly value: string;
  readonly onType: (text: string) => void;
  readonly onRest: (text: string) => void;
}

export function SearchField({ value, onType, onRest }: SearchFieldProps) {
  const t = useT();
  const [text, setText] = useState(value);
  const sent = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const input = useRef<HTMLInputElement>(null);

  // An address that changed by itself (back, a filter taken away) is shown; one that follows the typing is not.
  useEffect(() => {
    if (value === sent.current) return;
    sent.current = value;
    setText(value);
    onType(value);
  }, [value, onType]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const type = (next: string, now = false): void => {
    setText(next);
    onType(next);
    clearTimeout(timer.current);
    const rest = (): void => {
      sent.current = next.trim();
      onRest(sent.current);
    };
    if (now) rest();
    else timer.current = setTimeout(rest, REST_MS);
  };

  return (
    <search className={styles.search}>
      <Icon of={Search} className={styles.lens} />
      <input
        ref={input}
        className={styles.input}
        type="search"
        aria-label={t('programme.search')}
        placeholder={t('programme.search.hint')}
        autoComplete="off"
        autoCapitalize="off"
        enterKeyHint="search"
        maxLength={200}
        value={text}
        onChange={(event) => type(event.target.value)}
        onKeyDown={(event) => {
          // The results are there already: on a phone the keyboard makes way for them, any other keyboard stays where it is.
          if (event.key === 'Enter' && matchMedia('(pointer: coarse)').matches) input.current?.blur();
        }}
      />
      {text ? (
        <Button
          variant="quiet"
          icon={X}
          iconOnly
          className={styles.clear ?? ''}
          onClick={() => {
            type('', true);
            input.current?.focus();
          }}
        >
          {t('programme.search.clear')}
        </Button>
      ) : null}
    </search>
  );
}
