import { useEffect, useState } from 'react';

/** The value once it has stood still for that many milliseconds. */
export function useDelayed(value: string, wait: number): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), wait);
    return () => clearTimeout(timer);
  }, [value, wait]);
  return settled;
}
