import { KeyRound, IdCard } from 'lucide-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { Button, LinkButton } from '#client/components/button.tsx';
import { useT } from '#client/i18n/i18n.ts';
import { offerPasskeys, passkeysWork, signInByPasskey } from '#client/platform/passkeys.ts';
import type { CallFailure } from '#client/platform/session.ts';
import styles from './sign-in.module.css';

/** A challenge is good for five minutes; the page may be open for longer. */
const RENEW = 240_000;

/** A link, for the browser leaves for another site; by the operator's name for it, and with nobody's emblem. */
export function ByProvider({ name, next }: { readonly name: string; readonly next: string }) {
  const t = useT();
  const address = `/api/v1/sign-in/provider?${new URLSearchParams({ retour: next })}`;
  return (
    <>
      <LinkButton variant="primary" wide icon={IdCard} href={address}>
        {t('signin.provider', { name })}
      </LinkButton>
      <p className={styles.or}>{t('signin.or')}</p>
    </>
  );
}

interface ByPasskeyProps {
  readonly onSignedIn: () => void;
  readonly onAsked: () => void;
  readonly onFailure: (reason: CallFailure['reason']) => void;
}

/** A passkey by a button, and offered by the browser where the address is typed. Nothing at an address that can have none. */
export function ByPasskey({ onSignedIn, onAsked, onFailure }: ByPasskeyProps) {
  const t = useT();
  const [works] = useState(passkeysWork);
  const [round, setRound] = useState(0);
  const [busy, setBusy] = useState(false);
  const [gaveUp, setGaveUp] = useState(false);
  const signedIn = useEffectEvent(onSignedIn);
  const refused = useEffectEvent(onFailure);

  useEffect(() => {
    if (!works || busy) return undefined;
    const stay = new AbortController();
    void offerPasskeys(stay.signal)
      .then((outcome) => {
        if (stay.signal.aborted) return;
        if (outcome?.kind === 'done') signedIn();
        // Nobody has asked for anything while the network is away.
        else if (outcome?.kind === 'failed' && outcome.reason === 'passkey_refused') refused(outcome.reason);
      })
      .catch(() => undefined);
    const renewal = setTimeout(() => setRound((now) => now + 1), RENEW);
    return () => {
      clearTimeout(renewal);
      stay.abort();
    };
  }, [works, busy, round]);

  if (!works) return null;
  const ask = async (): Promise<void> => {
    onAsked();
    setGaveUp(false);
    setBusy(true);
    try {
      const outcome = await signInByPasskey();
      if (outcome.kind === 'done') onSignedIn();
      else if (outcome.kind === 'failed') onFailure(outcome.reason);
      else setGaveUp(true);
    } catch {
      // The part of the app that does it could not be fetched.
      onFailure('offline');
    }
    setBusy(false);
  };
  return (
    <div className={styles.form}>
      <Button wide icon={KeyRound} busy={busy} onClick={() => void ask()}>
        {t('signin.passkey')}
      </Button>
      <p className={styles.note} role="status">
        {gaveUp ? t('signin.passkey.givenUp') : ''}
      </p>
    </div>
  );
}
