import { useEffect, useState } from 'react';
import type { RegistrationView } from '#client/store/registrations-view.ts';
import { database } from '#client/store/database.ts';

/** The code that carries a registration which has not left this device to a door; gone as soon as it has left. */
export function useRequestCode({ id, unsent, pending }: RegistrationView): string | undefined {
  const [code, setCode] = useState<{ readonly of: string; readonly text: string }>();
  const wanted = unsent === true && pending === 'register';
  useEffect(() => {
    if (!wanted) return undefined;
    let left = false;
    // What signs is fetched only here: few people ever need it.
    void import('#client/store/request-code.ts')
      .then(({ requestCode }) => requestCode(database(), id))
      .then((text) => {
        if (!left && text !== undefined) setCode({ of: id, text });
      })
      .catch(() => undefined);
    return () => {
      left = true;
    };
  }, [id, wanted]);
  return wanted && code?.of === id ? code.text : undefined;
}
