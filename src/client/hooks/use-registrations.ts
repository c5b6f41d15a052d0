import type { RegistrationView } from '#client/store/registrations-view.ts';
import { registrations } from '#client/store/registrations-view.ts';
import { useLive } from './use-live.ts';

const NONE: readonly RegistrationView[] = [];

/** The person's registrations, latest first: the base with what they have done since laid over it (A1). */
export function useRegistrations(): readonly RegistrationView[] {
  return useLive(registrations) ?? NONE;
}

/** False until the device's store was read: only then is an empty list empty. */
export function useRegistrationsLoaded(): boolean {
  return useLive(registrations) !== undefined;
}
