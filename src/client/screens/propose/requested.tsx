import { MessageSquareWarning } from 'lucide-react';
import type { MouseEvent } from 'react';
import { Fragment } from 'react';
import type { ProposalField } from '#domain/proposal.ts';
import { Icon } from '#client/components/icon.tsx';
import { useT } from '#client/i18n/i18n.ts';
import { fieldId, showControl, showField } from './fields.ts';
import styles from './propose.module.css';

/** Of the moderators' request, where it stands on the page. */
export const REQUEST_ID = 'demande';

/** The fields that a request is about, each leading to its words in the form. */
export function RequestedFields({ fields }: { readonly fields: readonly ProposalField[] }) {
  const t = useT();
  return (
    <ul className={styles.requested}>
      {fields.map((field) => (
        <li key={field}>
          <FieldLink field={field} label={t('propose.requested.field', { name: t(`propose.name.${field}`) })} />
        </li>
      ))}
    </ul>
  );
}

/** Above a part of the form: which of its fields are asked to be others, and the way back to the request. */
export function RequestedHere({ fields }: { readonly fields: readonly ProposalField[] }) {
  const t = useT();
  if (fields.length === 0) return null;
  return (
    <p className={styles.requestedHere}>
      <Icon of={MessageSquareWarning} />
      <span>
        {t('propose.requested.here')}{' '}
        {fields.map((field, at) => (
          <Fragment key={field}>
            {at > 0 ? ', ' : null}
            <FieldLink field={field} label={t(`propose.name.${field}`)} />
          </Fragment>
        ))}
        {'. '}
        <a href={`#${REQUEST_ID}`} onClick={(event) => lead(event, showControl(document.getElementById(REQUEST_ID)))}>
          {t('propose.requested.back')}
        </a>
      </span>
    </p>
  );
}

function FieldLink({ field, label }: { readonly field: ProposalField; readonly label: string }) {
  return (
    <a href={`#${fieldId(field)}`} onClick={(event) => lead(event, showField(field))}>
      {label}
    </a>
  );
}

/** Where there is nothing to lead to, the link is an ordinary one. */
function lead(event: MouseEvent, shown: boolean): void {
  if (shown) event.preventDefault();
}
