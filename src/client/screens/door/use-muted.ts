import { useState } from 'react';

const KEY = 'escale.door.muted';

/** Whether this phone is silent at the door; remembered where storage is allowed. */
export function useMuted(): [boolean, (muted: boolean) => void] {
  const [muted, setMuted] = useState(read);
  return [
    muted,
    (next) => {
      setMuted(next);
      try {
        localStorage.setItem(KEY, next ? '1' : '0');
      } catch {
        return;
      }
    },
  ];
}

function read(): boolean {
  try {
    return localStorage.getItem(KEY) === '1';
  } catch {
    return false;
  }
}
