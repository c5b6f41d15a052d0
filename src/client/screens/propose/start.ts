import type { Edition, ProgrammeEvent } from '#domain/programme.ts';
import type { ProposalContent } from '#domain/proposal.ts';
import { contentOf, duplicateOf, rulesOf } from '#domain/proposal.ts';
import { NATIONAL } from '#domain/regions.ts';
import type { SignedInAccount } from '#client/store/settings.ts';
import { newId } from '#client/store/ids.ts';
import { policyOf } from './policy.ts';
import { zoneOf } from './region.ts';

/** The editions that take proposals, the current one first. */
export function openEditions(editions: readonly Edition[]): Edition[] {
  return editions
    .filter((edition) => rulesOf(edition) !== undefined)
    .toSorted((a, b) => Number(b.current) - Number(a.current) || b.year - a.year);
}

/** What an empty form begins with: one session and one place to fill in, and what is known of who fills it in. */
export function emptyContent(account: SignedInAccount | undefined): ProposalContent {
  const region = account?.regions.find((code) => code !== NATIONAL);
  const content: ProposalContent = {
    attendanceMode: 'on_site',
    registration: { mode: 'none' },
    venues: [{ id: newId(), name: '' }],
    ...(region ? { region } : {}),
    ...(account ? { privateContact: { email: account.email } } : {}),
  };
  return { ...content, sessions: [{ id: newId(), slot: { date: '', zone: zoneOf(content) } }] };
}

/** An earlier event as the beginning of a new one: everything but its days. */
export function copyOf(event: ProgrammeEvent, edition: Edition, account: SignedInAccount | undefined): ProposalContent {
  const before = contentOf(event);
  const copied = duplicateOf(before);
  // Seats and days go together; how one registers stays.
  const { each, closesAt: _, places: _p, ...registration } = policyOf(before);
  // Themes are each edition's own.
  const themes = copied.themes?.filter((code) => edition.themes.some((theme) => theme.code === code)) ?? [];
  return {
    ...emptyContent(account),
    ...copied,
    themes,
    ...(each ? { registration } : {}),
    ...(event.availability && event.sessions.length === 0
      ? { availability: { url: event.availability.url }, sessions: [] }
      : { sessions: [{ id: newId(), slot: { date: '', zone: zoneOf(copied) } }] }),
  };
}

/** Whether any text is in English already. */
export function hasEnglish(content: ProposalContent): boolean {
  const { title, summary, description, conditions } = content;
  return [title, summary, description, conditions].some((text) => !!text?.['en']);
}
