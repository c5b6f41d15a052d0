import { Notice } from '#client/components/notice.tsx';
import { useT } from '#client/i18n/i18n.ts';
import type { ProviderFailure } from '#protocol/sign-in-ways.ts';
import { providerFailures } from '#protocol/sign-in-ways.ts';

/** What the server says went wrong on the way to the provider and back. */
export function concernIn(search: URLSearchParams): ProviderFailure | undefined {
  const said = search.get('souci');
  return providerFailures.find((one) => one === said);
}

/** Why the provider did not open the account, and what to do. */
export function ProviderConcern({
  reason,
  provider,
}: {
  readonly reason: ProviderFailure;
  readonly provider: string | undefined;
}) {
  const t = useT();
  const name = provider ?? t('signin.concern.provider');
  return (
    <Notice
      tone={reason === 'cancelled' ? 'attention' : 'problem'}
      urgent
      title={t(`signin.concern.${reason}`, { name })}
    >
      {t(`signin.concern.${reason}.do`, { name })}
    </Notice>
  );
}
