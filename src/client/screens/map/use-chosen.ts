import { useCallback, useState } from 'react';
import { useSearchParams } from 'react-router';

const KEY = 'lieu';

/** The places that the page speaks of. The first stands in the address, so that it can be sent to someone. */
export function useChosen(): [readonly string[], (ids: readonly string[]) => void] {
  const [params, setParams] = useSearchParams();
  const named = params.get(KEY);
  const [together, setTogether] = useState<readonly string[]>([]);
  const choose = useCallback(
    (ids: readonly string[]) => {
      setTogether(ids);
      // As the address is now: a search that comes to rest changes it too.
      const after = new URLSearchParams(location.search);
      if (ids[0]) after.set(KEY, ids[0]);
      else after.delete(KEY);
      setParams(after, { replace: true, preventScrollReset: true });
    },
    [setParams],
  );
  const chosen = named === null ? [] : together[0] === named ? together : [named];
  return [chosen, choose];
}
