import { Navigate, useSearchParams } from 'react-router';
import { sharedTo } from '#client/platform/shared.ts';

/** `/partage`: what another app shares with this one, opened or searched for. */
export function Shared() {
  const [params] = useSearchParams();
  return <Navigate to={sharedTo(params, location.origin)} replace />;
}
