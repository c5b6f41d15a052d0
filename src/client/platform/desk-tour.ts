import type { Uuid } from '#domain/ids.ts';
import type { DeskTour, TourEdit, TourRatings } from '#protocol/desk-tour.ts';
import { deskTour, tourRatings } from '#protocol/desk-tour.ts';
import type { Called } from './session.ts';
import { call } from './session.ts';

export function readDeskTour(eventId: Uuid): Promise<Called<DeskTour>> {
  return call('GET', `/desk/events/${eventId}/tour`, deskTour);
}

/** `edited_elsewhere` when somebody else has changed the tour since `basedOn`: nothing was written. */
export function saveDeskTour(eventId: Uuid, edit: TourEdit): Promise<Called<DeskTour>> {
  return call('PUT', `/desk/events/${eventId}/tour`, deskTour, edit);
}

export function readTourRatings(eventId: Uuid): Promise<Called<TourRatings>> {
  return call('GET', `/desk/events/${eventId}/ratings`, tourRatings);
}
