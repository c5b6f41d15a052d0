import type { JournalPage } from '#protocol/desk.ts';
import { journalPage } from '#protocol/desk.ts';
import * as v from 'valibot';
import type { AccountData } from '#protocol/own-data.ts';
import { accountData } from '#protocol/own-data.ts';
import type { InvitationAnswer, InvitationRequest, Sessions, Team } from '#protocol/team.ts';
import { invitationAnswer, sessions, team } from '#protocol/team.ts';
import type { Called } from './session.ts';
import { call } from './session.ts';

const nothing = v.pipe(
  v.unknown(),
  v.transform(() => undefined),
);

export function readTeam(): Promise<Called<Team>> {
  return call('GET', '/team', team);
}

export function invitePerson(request: InvitationRequest): Promise<Called<InvitationAnswer>> {
  return call('POST', '/team/invitations', invitationAnswer, request);
}

export function withdrawInvitation(id: string): Promise<Called<undefined>> {
  return call('DELETE', `/team/invitations/${id}`, nothing);
}

export function removePerson(id: string): Promise<Called<undefined>> {
  return call('DELETE', `/team/people/${id}`, nothing);
}

export function readSessions(): Promise<Called<Sessions>> {
  return call('GET', '/account/sessions', sessions);
}

/** @param id all others without it */
export function endSession(id?: string): Promise<Called<undefined>> {
  return call(
    'DELETE',
    id === undefined ? '/account/sessions' : `/account/sessions/${encodeURIComponent(id)}`,
    nothing,
  );
}

export function readAccountData(): Promise<Called<AccountData>> {
  return call('GET', '/account/data', accountData);
}

export function deleteAccount(): Promise<Called<undefined>> {
  return call('DELETE', '/account', nothing);
}

/** What was done at every desk, the latest first. @param before the `next` of the page before */
export function readJournal(before?: string): Promise<Called<JournalPage>> {
  return call('GET', `/desk/journal${before === undefined ? '' : `?${new URLSearchParams({ before })}`}`, journalPage);
}
