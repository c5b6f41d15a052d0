import { textIn } from '#domain/text.ts';
import type { DeskSubject } from '#protocol/desk.ts';
import type { Format } from '#client/i18n/format.ts';
import type { Translate } from '#client/i18n/i18n.ts';

/** What a session is called: its title and when; the event as a whole by its words. */
export function subjectName(subject: DeskSubject, eventId: string, t: Translate, format: Format): string {
  if (subject.id === eventId) return t('desk.subject.whole');
  const title = textIn(subject.title, format.language).text;
  return [title, format.span(subject.slots)].filter(Boolean).join(', ') || t('desk.subject.untitled');
}

/** Choices of a filter by session, all of them first; none where there is only one. */
export function subjectOptions(
  subjects: readonly DeskSubject[],
  eventId: string,
  t: Translate,
  format: Format,
): { value: string; label: string }[] {
  if (subjects.length < 2) return [];
  return [
    { value: '', label: t('desk.subject.all') },
    ...subjects.map((subject) => ({ value: subject.id, label: subjectName(subject, eventId, t, format) })),
  ];
}
