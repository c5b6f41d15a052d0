import { RotateCw } from 'lucide-react';
import { useT } from '#client/i18n/i18n.ts';
import type { CallFailure } from '#client/platform/session.ts';
import { Button, LinkButton } from './button.tsx';
import { Notice } from './notice.tsx';

interface CallNoticeProps {
  readonly reason: CallFailure['reason'];
  readonly onRetry?: () => void;
}

/** Why a page that needs the server could not do what was asked, and what to do. */
export function CallNotice({ reason, onRetry }: CallNoticeProps) {
  const t = useT();
  const signIn = reason === 'sign_in_required' || reason === 'credential_refused';
  return (
    <Notice
      tone={reason === 'offline' ? 'attention' : 'problem'}
      urgent
      actions={
        signIn ? (
          <LinkButton to="/connexion">{t('desk.signin.title')}</LinkButton>
        ) : onRetry && again(reason) ? (
          <Button icon={RotateCw} onClick={onRetry}>
            {t('desk.retry')}
          </Button>
        ) : null
      }
    >
      {t(textOf(reason))}
    </Notice>
  );
}

function again(reason: CallFailure['reason']): boolean {
  return reason !== 'forbidden' && reason !== 'not_found' && reason !== 'protocol_too_old';
}

function textOf(reason: CallFailure['reason']): string {
  switch (reason) {
    case 'credential_refused':
      return 'desk.error.sign_in_required';
    case 'offline':
    case 'code_refused':
    case 'passkey_refused':
    case 'too_many_requests':
    case 'sign_in_required':
    case 'forbidden':
    case 'not_found':
    case 'bad_request':
    case 'protocol_too_old':
      return `desk.error.${reason}`;
    default:
      return 'desk.error.other';
  }
}
