import type { Tour } from '#domain/programme.ts';
import { textIn } from '#domain/text.ts';
import type { TourAnnouncement } from '#domain/tour-state.ts';
import type { Schedule } from '#domain/tour-view.ts';
import type { Format } from '#client/i18n/format.ts';
import type { Translate } from '#client/i18n/i18n.ts';

interface Words {
  readonly t: Translate;
  readonly format: Format;
  readonly tour: Tour;
}

/** Ten metres are what a phone's position is good for. */
export function rounded(metres: number): number {
  return metres < 1000 ? Math.max(10, Math.round(metres / 10) * 10) : Math.round(metres / 100) * 100;
}

/** What has happened, as a sentence to be read out. */
export function announcementText(said: TourAnnouncement, words: Words): string {
  const { t, format } = words;
  switch (said.kind) {
    case 'leg':
    case 'arrived':
    case 'missed':
      return t(`walk.said.${said.kind}`, stopWords(said.stop, words));
    case 'late':
      return t('walk.said.late', { ...stopWords(said.stop, words), minutes: said.minutes });
    case 'astray':
      return t(`walk.astray.${said.how}`, {
        distance: format.distance(rounded(said.metres)),
        direction: t(`tour.direction.${said.direction}`),
      });
    default:
      return t(`walk.said.${said.kind}`);
  }
}

function stopWords(id: string, { tour, format }: Words): { n: number; title: string } {
  const index = tour.stops.findIndex((stop) => stop.id === id);
  return { n: index + 1, title: textIn(tour.stops[index]?.title, format.language).text };
}

/** How the next arrival stands against the programme. */
export function scheduleText(schedule: Schedule, zone: string | undefined, { t, format }: Omit<Words, 'tour'>): string {
  const time = format.clock(schedule.plannedAt, zone);
  if (schedule.late > 0) return t('walk.schedule.late', { time, minutes: schedule.late });
  return schedule.late < -5
    ? t('walk.schedule.early', { time, minutes: -schedule.late })
    : t('walk.schedule.ok', { time });
}
