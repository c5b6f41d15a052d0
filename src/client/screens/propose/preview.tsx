import type { Edition } from '#domain/programme.ts';
import type { ProposalContent } from '#domain/proposal.ts';
import { eventOf } from '#domain/proposal-event.ts';
import { EventView } from '#client/components/event/event-view.tsx';
import { useClock } from '#client/hooks/use-clock.ts';
import { usePicture } from '#client/hooks/use-picture.ts';
import { useT } from '#client/i18n/i18n.ts';
import styles from './propose.module.css';

interface PreviewProps {
  readonly content: ProposalContent;
  readonly id: string;
  readonly edition: Edition;
}

/** A proposal as attendees would read it. */
export function Preview({ content, id, edition }: PreviewProps) {
  const t = useT();
  const now = useClock();
  const { source } = usePicture(content.image?.url);
  const event = eventOf(content, { id, editionId: edition.id, at: new Date(now).toISOString() });
  const shown = Object.keys(event.title).length > 0 ? event : { ...event, title: { fr: t('propose.untitled') } };
  return (
    <section className={styles.preview} aria-label={t('propose.preview.label')}>
      <EventView event={shown} edition={edition} now={now} picture={source} preview />
    </section>
  );
}
