import { ArrowLeft } from 'lucide-react';
import { useLocation, useNavigate } from 'react-router';
import { Button, LinkButton } from '#client/components/button.tsx';
import { FROM_LIST } from '#client/components/event/event-card.tsx';
import { useT } from '#client/i18n/i18n.ts';

/** To the programme: as it was left, with its filters and its place, when one came from there. */
export function BackLink() {
  const t = useT();
  const navigate = useNavigate();
  const state = useLocation().state as { readonly from?: unknown } | null;
  if (state?.from === FROM_LIST.from)
    return (
      <Button variant="quiet" icon={ArrowLeft} onClick={() => navigate(-1)}>
        {t('event.back')}
      </Button>
    );
  return (
    <LinkButton variant="quiet" icon={ArrowLeft} to="/">
      {t('event.back')}
    </LinkButton>
  );
}
