import { useEffect, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import type { Uuid } from '#domain/ids.ts';
import type { Tour } from '#domain/programme.ts';
import { readStopCode } from '#domain/stop-code.ts';
import { arriveByCode } from '#client/hooks/walk-session.ts';

/**
 * Reads the code of a stop out of the address, where any camera has put it. On a walk that is under way it is an arrival;
 * otherwise it is where one stands. The address is left clean, so that a reload is not another arrival.
 * @returns the stop that one stands at and has not been taken to yet
 */
export function useStopCode(
  tour: Tour,
  running: boolean,
): { readonly stop: Uuid | undefined; readonly forget: () => void } {
  const { hash } = useLocation();
  const navigate = useNavigate();
  const [stop, setStop] = useState<Uuid>();
  useEffect(() => {
    const id = readStopCode(hash)?.stop;
    if (id === undefined) return;
    void navigate({ hash: '' }, { replace: true });
    if (tour.stops.some((one) => one.id === id)) setStop(id);
  }, [hash, navigate, tour]);
  useEffect(() => {
    if (!stop || !running) return;
    setStop(undefined);
    void arriveByCode(stop);
  }, [stop, running]);
  return { stop: running ? undefined : stop, forget: () => setStop(undefined) };
}
