import { addDays } from '#domain/dates.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import { departmentOf, zoneOfRegion } from '#domain/regions.ts';
import { slugOf } from '#domain/text.ts';
import { DAYS_AFTER, DAYS_BEFORE } from './demo-edition.ts';
import type { DemoFrame } from './demo-events.ts';
import { allIdeas, common, inventedVenue, later } from './demo-events.ts';
import { sampleId } from './identity.ts';
import { towns } from './places.ts';
import { seeded } from './seeded.ts';

/** The event whose roster takes all the registrations of a bench; open to any number, from yesterday for a week. */
export const gatheringId = (editionId: string): string => sampleId('bulk', editionId, 'gathering');

export function gathering(frame: DemoFrame): ProgrammeEvent {
  const id = gatheringId(frame.editionId);
  const town = towns.find((t) => t.name === 'Montpellier')!;
  const choice = seeded(`gathering ${frame.editionId}`);
  const [idea] = allIdeas;
  return {
    ...common(frame, id, idea!, choice, town.name),
    slug: `grand-rassemblement-${frame.editionId}`,
    title: { fr: "Le grand rassemblement (données d'essai)", en: 'The great gathering (trial data)' },
    region: '76',
    department: town.department,
    attendanceMode: 'on_site',
    venues: [inventedVenue(id, town, choice)],
    sessions: [
      {
        id: sampleId(id, 'session'),
        slot: {
          date: addDays(frame.today, -1),
          start: '08:00',
          end: '22:00',
          endDate: addDays(frame.today, 6),
          zone: zoneOfRegion('76'),
        },
      },
    ],
    registration: { mode: 'open', maxParty: 4 },
  };
}

/** The n-th of as many synthetic events as are wanted: true to life in size and variety, with its number in the title. */
export function bulkEvent(frame: DemoFrame, n: number): ProgrammeEvent {
  const choice = seeded(`bulk ${n}`);
  const id = sampleId('bulk', frame.editionId, n);
  const idea = allIdeas[choice.below(allIdeas.length)]!;
  const town = towns[choice.below(towns.length)]!;
  const region = departmentOf(town.department)!.region;
  const start = choice.pick(['09:00', '10:00', '14:00', '15:30', '17:30']);
  const date = addDays(frame.today, choice.below(DAYS_BEFORE + DAYS_AFTER) - DAYS_BEFORE);
  const base = common(frame, id, idea, choice, town.name);
  return {
    ...base,
    slug: `${slugOf(idea.fr.title).slice(0, 50)}-${slugOf(town.name)}-${slugOf(frame.editionId)}-${n}`,
    title: { fr: `${idea.fr.title} (${n})`, en: `${idea.en.title} (${n})` },
    region,
    department: town.department,
    attendanceMode: 'on_site',
    venues: [inventedVenue(id, town, choice)],
    sessions: [
      {
        id: sampleId(id, 'session'),
        slot: { date, start, end: later(start, Math.max(60, idea.minutes % 240)), zone: zoneOfRegion(region) },
      },
    ],
    registration: { mode: 'open', capacity: choice.pick([20, 40, 80, 150]), waitingList: true, maxParty: 4 },
  };
}
