import type { EventFormat } from '#domain/programme.ts';
import { eventFormats } from '#domain/programme.ts';
import { fold } from '#domain/text.ts';

/** How people call our formats: the first that fits. A keynote is a conference, a hackathon a workshop. */
const WORDS: readonly (readonly [RegExp, EventFormat])[] = [
  [/simplificathon|simplification/, 'simplification'],
  [/webinai?r|webconf/, 'webinar'],
  [/podcast/, 'podcast'],
  [/portes? ouvertes?|open ?(day|house)/, 'open_day'],
  [/balade|walk|promenade/, 'walk'],
  [/visite?\b|visit|guided tour/, 'visit'],
  [/workshop|atelier|hands|junior|hack/, 'workshop'],
  [/training|tutorial|\bformation|course/, 'training'],
  [/keynote|plenary|opening|closing|conf[e]rence/, 'conference'],
  [/panel|podium|round.?table|table ronde/, 'round_table'],
  [/debat|discussion/, 'debate'],
  [/exhibit|expo/, 'exhibition'],
  [/meeting|meet.?up|bof|social|rencontre/, 'meeting'],
  [/talk|lecture|presentation|lightning/, 'talk'],
];

/** The format that a word of another programme means: our own code, or what people call it. */
export function formatOf(text: string | undefined): EventFormat | undefined {
  const own = eventFormats.find((format) => format === text?.trim().toLowerCase().replace(/[ -]/g, '_'));
  if (own) return own;
  const words = fold(text ?? '');
  return words === '' ? undefined : WORDS.find(([pattern]) => pattern.test(words))?.[1];
}
