import * as v from 'valibot';
import type { Figures } from '#domain/figures.ts';
import { audiences, eventFormats } from '#domain/programme.ts';
import { proposalStates } from '#domain/proposal.ts';
import { registrationStates } from '#domain/registration.ts';
import { departmentCode, instantText, regionCode } from './primitives.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const counts = {
  events: count,
  cancelled: count,
  registered: count,
  waiting: count,
  arrived: count,
  walkIns: count,
  awaited: count,
  absent: count,
};
const place = v.object({ region: regionCode, department: v.exactOptional(departmentCode), ...counts });
const series = v.array(v.object({ at: v.pipe(v.string(), v.maxLength(13)), count }));

const figures: v.GenericSchema<Figures> = v.object({
  total: v.object(counts),
  unrecorded: count,
  regions: v.array(place),
  departments: v.array(place),
  formats: v.array(v.object({ format: v.picklist(eventFormats), ...counts })),
  audiences: v.array(v.object({ audience: v.picklist(audiences), ...counts })),
  registrations: v.array(v.object({ state: v.picklist(registrationStates), parties: count, people: count })),
  proposals: v.array(v.object({ state: v.picklist(proposalStates), added: count, changes: count })),
  eventDays: series,
  registrationDays: series,
  arrivalTimes: series,
});

/** Whose events are counted: all, those of the correspondent's regions, those that an organiser runs. */
export const figureReaches = ['all', 'regions', 'own'] as const;

/**
 * `GET /api/v1/desk/figures?edition=` with `?region=`, `?from=` and `?to=` (days of the events, both included; what has no session is then
 * left out, and proposals stay as they are). Numbers alone: nobody is named.
 */
export const deskFigures = v.object({
  reach: v.picklist(figureReaches),
  /** What may be asked about, `FR` among them. */
  regions: v.array(regionCode),
  /** The server's time. */
  countedAt: instantText,
  figures,
});
export type DeskFigures = v.InferOutput<typeof deskFigures>;
