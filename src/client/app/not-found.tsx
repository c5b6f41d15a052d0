import { Signpost } from 'lucide-react';
import { LinkButton } from '#client/components/button.tsx';
import { EmptyState } from '#client/components/empty-state.tsx';
import { PageHeader } from '#client/components/page-header.tsx';
import { useT } from '#client/i18n/i18n.ts';

/** An address that leads nowhere. */
export function NotFound() {
  const t = useT();
  return (
    <>
      <PageHeader title={t('shell.notFound.title')} />
      <EmptyState
        icon={Signpost}
        text={t('shell.notFound.text')}
        action={
          <LinkButton variant="primary" to="/">
            {t('shell.error.home')}
          </LinkButton>
        }
      />
    </>
  );
}
