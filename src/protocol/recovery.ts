import * as v from 'valibot';
import { languages } from '#domain/text.ts';
import { email } from './primitives.ts';

/** `POST /api/v1/recovery/codes` → 202, always, whether anybody registered with the address or not. */
export const recoveryCodeRequest = v.object({ email, language: v.picklist(languages) });
export const recoveryAsked = v.object({});

/**
 * `POST /api/v1/recovery` as an attendee: whoever reads the mail of an address has its registrations. They move to this holder,
 * and leave the one that they were on: a lost phone shows them no longer. Wrong, used and old codes answer `code_refused`.
 */
export const recoveryRequest = v.object({ email, code: v.pipe(v.string(), v.trim(), v.regex(/^\d{6}$/)) });
export const recovered = v.object({ registrations: v.number() });
