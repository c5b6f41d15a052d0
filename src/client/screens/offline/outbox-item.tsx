import type { MutationArgs } from '#protocol/mutation.ts';
import { shownIn } from '#client/i18n/shown.ts';
import { useDoor } from '#client/hooks/use-door.ts';
import { useEventById } from '#client/hooks/use-event.ts';
import type { OutboxItem } from '#client/hooks/use-outbox.ts';
import { useProposal } from '#client/hooks/use-proposals.ts';
import { useRegistrations } from '#client/hooks/use-registrations.ts';
import { useFormat } from '#client/i18n/format.ts';
import { useT } from '#client/i18n/i18n.ts';
import styles from './offline.module.css';

/** A mutation in words: what it is, for what, for whom, when. */
export function ItemWords({ item }: { readonly item: OutboxItem }) {
  const t = useT();
  const format = useFormat();
  const registrations = useRegistrations();
  const { args } = item;
  const cancelled =
    item.name === 'cancel-registration' && 'registrationId' in args
      ? registrations.find((one) => one.id === args.registrationId)
      : undefined;
  const { event } = useEventById('eventId' in args ? args.eventId : cancelled?.eventId);
  const proposal = useProposal('proposalId' in args ? args.proposalId : '');
  const proposed = 'proposalId' in args ? shownIn(proposal?.content.title, format.language).text : undefined;
  const named = event ? shownIn(event.title, format.language).text : t('offline.item.unknown');
  const name = proposed === undefined ? named : proposed || t('offline.item.untitled');
  const door = 'door' in args ? args.door : '';
  const person = item.name === 'register' ? (args as MutationArgs<'register'>) : cancelled;
  return (
    <>
      <p className={styles.strong}>{t(`offline.item.${wordsOf(item)}`, { event: name, door })}</p>
      {person ? (
        <p>{t('offline.item.person', { name: `${person.firstName} ${person.lastName}`, count: person.party })}</p>
      ) : null}
      {item.name === 'check-in' ? <Arrived {...(args as MutationArgs<'check-in'>)} /> : null}
      {item.name === 'admit-walk-in' ? <WalkIn {...(args as MutationArgs<'admit-walk-in'>)} /> : null}
      <p className={styles.quiet}>{t('offline.item.at', { at: format.moment(Date.parse(item.clientAt)) })}</p>
    </>
  );
}

function wordsOf({ name, args }: OutboxItem): string {
  if (name === 'decide-proposal' && 'decision' in args) return `${name}.${args.decision}`;
  return name === 'check-in' && 'exit' in args && args.exit ? 'exit' : name;
}

/** Who came, as far as the roster on this phone says it: it is gone once the door is closed. */
function Arrived({ ticketId, count }: MutationArgs<'check-in'>) {
  const t = useT();
  const entry = useDoor().roster?.byTicket(ticketId);
  return (
    <p>
      {entry
        ? t('offline.item.who', { name: `${entry.firstName} ${entry.lastName}`, count })
        : t('offline.item.people', { count })}
    </p>
  );
}

function WalkIn({ name, count }: MutationArgs<'admit-walk-in'>) {
  const t = useT();
  return <p>{name ? t('offline.item.who', { name, count }) : t('offline.item.people', { count })}</p>;
}
