import { X } from 'lucide-react';
import { useEffect, useSyncExternalStore } from 'react';
import { useT } from '#client/i18n/i18n.ts';
import { Button } from './button.tsx';
import styles from './toast.module.css';

interface ToastMessage {
  readonly id: number;
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

const SHOWN_MS = 6000;

let current: ToastMessage | undefined;
let next = 1;
const listeners = new Set<() => void>();

function show(message: ToastMessage | undefined): void {
  current = message;
  for (const listener of listeners) listener();
}

/** Says something for a few seconds that the page itself also says: never the only copy of a message. */
export function toast(text: string, action?: ToastMessage['action']): void {
  show({ id: next++, text, ...(action ? { action } : {}) });
}

/** The place where toasts appear; once, in the shell. */
export function Toasts() {
  const t = useT();
  const message = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );

  useEffect(() => {
    if (!message) return undefined;
    const timer = setTimeout(() => show(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [message]);

  return (
    <div className={styles.place} aria-live="polite">
      {message ? (
        <div key={message.id} className={styles.toast}>
          <span className={styles.text}>{message.text}</span>
          {message.action ? (
            <button
              type="button"
              className={styles.action}
              onClick={() => {
                message.action?.run();
                show(undefined);
              }}
            >
              {message.action.label}
            </button>
          ) : null}
          <Button variant="quiet" icon={X} iconOnly className={styles.close ?? ''} onClick={() => show(undefined)}>
            {t('shell.close')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
