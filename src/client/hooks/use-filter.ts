import { useCallback, useMemo } from 'react';
import { useLocation, useSearchParams } from 'react-router';
import type { ProgrammeFilter } from '#domain/programme-filter.ts';
import { filterKeys, readFilter, writeFilter } from '#domain/programme-filter.ts';

/** The filter that stands in the address, so that it can be sent to someone, kept and gone back to. */
export function useFilter(): [ProgrammeFilter, (filter: ProgrammeFilter) => void] {
  const [params, setParams] = useSearchParams();
  const { pathname } = useLocation();
  const parts = new URLSearchParams(writeFilter(readFilter(params))).toString();
  // The same filter as long as it says the same, whatever else changes in the address: ten thousand cards are held against it.
  const filter = useMemo(() => readFilter(new URLSearchParams(parts)), [parts]);
  const setFilter = useCallback(
    (next: ProgrammeFilter) => {
      // A search that comes to rest while the next page is being fetched must not bring the person back.
      if (location.pathname !== pathname) return;
      // As the address is now: what else stands in it may have changed since this page was drawn.
      const after = new URLSearchParams(location.search);
      for (const key of filterKeys) after.delete(key);
      for (const [key, value] of writeFilter(next)) after.set(key, value);
      setParams(after, { replace: true, preventScrollReset: true });
    },
    [setParams, pathname],
  );
  return [filter, setFilter];
}
