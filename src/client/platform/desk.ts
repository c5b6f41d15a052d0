import * as v from 'valibot';
import type { DoorRules } from '#domain/door-rules.ts';
import type { Uuid } from '#domain/ids.ts';
import type { ProgrammeEvent } from '#domain/programme.ts';
import type { Language } from '#domain/text.ts';
import type { CsvSeparator } from '#interop/csv-record.ts';
import type {
  AuditPage,
  Certificate,
  CertificateFound,
  DeskArrivals,
  DeskEventDetail,
  DeskRegistrations,
  PaperEntry,
  PaperOutcome,
  Settlement,
  SheetPerson,
} from '#protocol/desk.ts';
import {
  auditPage,
  certificateFound,
  certificatePage,
  deskArrivals,
  deskEventDetail,
  deskRegistrations,
  paperAnswer,
  sheetPage,
} from '#protocol/desk.ts';
import type { DeskAfterwards, DeskAfterwardsEdit } from '#protocol/afterwards.ts';
import { deskAfterwards } from '#protocol/afterwards.ts';
import { doorRules } from '#protocol/door-rules.ts';
import type { DeskForm, DeskFormEdit } from '#protocol/registration-question.ts';
import { deskForm } from '#protocol/registration-question.ts';
import type { EnrolmentOffer, EnrolmentWish } from '#protocol/enrolment.ts';
import { enrolmentOffer } from '#protocol/enrolment.ts';
import { programmeEvent } from '#protocol/programme.ts';
import type { Called } from './session.ts';
import { call } from './session.ts';

const nothing = v.pipe(
  v.unknown(),
  v.transform(() => undefined),
);

/** Lines a page of a list. */
export const PAGE = 100;

type Query = Readonly<Record<string, string | number | undefined>>;

const at = (eventId: Uuid, path = '', query: Query = {}): string => {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const search = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString();
  return `/desk/events/${eventId}${path}${search ? `?${search}` : ''}`;
};

export function readDeskEvent(eventId: Uuid): Promise<Called<DeskEventDetail>> {
  return call('GET', at(eventId), deskEventDetail);
}

/** The event as it is published, to begin another one or a change with. */
export function readPublished(eventId: Uuid): Promise<Called<ProgrammeEvent>> {
  return call('GET', at(eventId, '/published'), programmeEvent);
}

export function readRegistrations(eventId: Uuid, query: Query): Promise<Called<DeskRegistrations>> {
  return call('GET', at(eventId, '/registrations', { ...query, limit: PAGE }), deskRegistrations);
}

/** What came out of an event. */
export function readAfterwards(eventId: Uuid): Promise<Called<DeskAfterwards>> {
  return call('GET', at(eventId, '/afterwards'), deskAfterwards);
}

/** `edited_elsewhere` when somebody else has changed it since `basedOn`: nothing was written. */
export function saveAfterwards(eventId: Uuid, edit: DeskAfterwardsEdit): Promise<Called<DeskAfterwards>> {
  return call('PUT', at(eventId, '/afterwards'), deskAfterwards, edit);
}

/** What an event asks of those who register. */
export function readDeskForm(eventId: Uuid): Promise<Called<DeskForm>> {
  return call('GET', at(eventId, '/registration-form'), deskForm);
}

/** `edited_elsewhere` when somebody else has changed it since `basedOn`: nothing was written. */
export function saveDeskForm(eventId: Uuid, edit: DeskFormEdit): Promise<Called<DeskForm>> {
  return call('PUT', at(eventId, '/registration-form'), deskForm, edit);
}

export function readArrivals(eventId: Uuid): Promise<Called<DeskArrivals>> {
  return call('GET', at(eventId, '/arrivals'), deskArrivals);
}

/** Where a stream says that the arrivals have changed. */
export const arrivalsStream = (eventId: Uuid): string => `/api/v1${at(eventId, '/arrivals/stream')}`;

export function settleDouble(eventId: Uuid, checkInId: Uuid, as: Settlement): Promise<Called<undefined>> {
  return call('POST', at(eventId, `/check-ins/${checkInId}/settlement`), nothing, { as });
}

export function readAudit(eventId: Uuid, query: Query): Promise<Called<AuditPage>> {
  return call('GET', at(eventId, '/audit', { ...query, limit: PAGE }), auditPage);
}

/** A link that enrols one phone, once. */
export function offerEnrolment(eventId: Uuid, wish: EnrolmentWish): Promise<Called<EnrolmentOffer>> {
  return call('POST', at(eventId, '/enrolments'), enrolmentOffer, wish);
}

export function revokeDevice(eventId: Uuid, deviceId: Uuid): Promise<Called<undefined>> {
  return call('DELETE', at(eventId, `/devices/${deviceId}`), nothing);
}

export function readDoorRules(eventId: Uuid): Promise<Called<DoorRules>> {
  return call('GET', at(eventId, '/door-rules'), doorRules);
}

export function saveDoorRules(eventId: Uuid, rules: DoorRules): Promise<Called<DoorRules>> {
  return call('PUT', at(eventId, '/door-rules'), doorRules, rules);
}

/** Everybody who may come in, all pages of them. */
export function readSheet(eventId: Uuid, query: { subject?: Uuid; list?: Uuid }): Promise<Called<SheetPerson[]>> {
  return allPages(async (after) => {
    const called = await call('GET', at(eventId, '/sheet', { ...query, after }), sheetPage);
    return called.kind === 'failed'
      ? called
      : { kind: 'done', value: { items: called.value.people, next: called.value.next } };
  });
}

export async function enterPaper(
  eventId: Uuid,
  door: string,
  entries: readonly PaperEntry[],
): Promise<Called<readonly PaperOutcome[]>> {
  const called = await call('POST', at(eventId, '/paper'), paperAnswer, { door, entries });
  return called.kind === 'failed' ? called : { kind: 'done', value: called.value.outcomes };
}

export function takeBackPaper(eventId: Uuid, checkInId: Uuid): Promise<Called<undefined>> {
  return call('DELETE', at(eventId, `/paper/${checkInId}`), nothing);
}

/** Of everybody who was there, or of one registration. */
export function readCertificates(eventId: Uuid, registration?: Uuid): Promise<Called<Certificate[]>> {
  return allPages(async (after) => {
    const called = await call('GET', at(eventId, '/certificates', { registration, after }), certificatePage);
    return called.kind === 'failed'
      ? called
      : { kind: 'done', value: { items: called.value.certificates, next: called.value.next } };
  });
}

/** `not_found` where the code is none of ours, or of an event that is not the person's to see. */
export function findCertificate(code: string): Promise<Called<CertificateFound>> {
  return call('GET', `/desk/certificates/${encodeURIComponent(code)}`, certificateFound);
}

/** The address of a table to download. */
export function exportAddress(
  eventId: Uuid,
  kind: 'registrations' | 'arrivals' | 'audit',
  style: { readonly language: Language; readonly separator: CsvSeparator },
): string {
  return `/api/v1${at(eventId, `/exports/${kind}`, style)}`;
}

async function allPages<T>(
  read: (after: string | undefined) => Promise<Called<{ items: readonly T[]; next: string | undefined }>>,
): Promise<Called<T[]>> {
  const all: T[] = [];
  let after: string | undefined;
  do {
    const page = await read(after);
    if (page.kind === 'failed') return page;
    all.push(...page.value.items);
    after = page.value.next;
  } while (after !== undefined);
  return { kind: 'done', value: all };
}
