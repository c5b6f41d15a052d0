import { useCallback, useMemo } from 'react';
import { useLocation, useSearchParams } from 'react-router';
import type { ProgrammeFilter } from '#domain/programme-filter.ts';
import { filterKeys, readFilter, writeFilter } from '#domain/programme-filter.ts';

/** The filter that stands in the address, so that it can be sent to someone, kept and gone back to. */
export function useFilter(): [ProgrammeFilter, (filter: ProgrammeFilter) => void] {
  const [params, setParams] = useSearchParams();
  const { pathname } = useLocation();
  const filter = useMemo(() => readFilter(params), [params]);
  const setFilter = useCallback(
    (next: ProgrammeFilter) => {
      // A search that comes to rest while the next page is being fetched must not bring the person back.
      if (location.pathname !== pathname) return;
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          for (const key of filterKeys) after.delete(key);
          for (const [key, value] of writeFilter(next)) after.set(key, value);
          return after;
        },
        { replace: true, preventScrollReset: true },
      );
    },
    [setParams, pathname],
  );
  return [filter, setFilter];
}
