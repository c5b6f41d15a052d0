import { useCallback, useMemo } from 'react';
import { useLocation, useSearchParams } from 'react-router';
import type { ProgrammeFilter } from '#domain/programme-filter.ts';
import { filterKeys, readFilter, withoutPart, writeFilter } from '#domain/programme-filter.ts';

/**
 * The filter that stands in the address, so that it can be sent to someone, kept and gone back to; how to change it; and what
 * it narrows down besides the search, which follows the typing and not the address.
 */
export function useFilter(): [ProgrammeFilter, (filter: ProgrammeFilter) => void, ProgrammeFilter] {
  const [params, setParams] = useSearchParams();
  const { pathname } = useLocation();
  const filter = useSame(readFilter(params));
  const narrowing = useSame(withoutPart(readFilter(params), 'q'));
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
  return [filter, setFilter, narrowing];
}

/** The same filter as long as it says the same, whatever else changes in the address: ten thousand cards are held against it. */
function useSame(filter: ProgrammeFilter): ProgrammeFilter {
  const parts = new URLSearchParams(writeFilter(filter)).toString();
  return useMemo(() => readFilter(new URLSearchParams(parts)), [parts]);
}
