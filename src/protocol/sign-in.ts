import * as v from 'valibot';
import { languages } from '#domain/text.ts';
import { email, instantText } from './primitives.ts';

/** `POST /api/v1/sign-in/codes` → 202, always, whether the address is known or not. */
export const codeRequest = v.object({ email, language: v.picklist(languages) });
/** `POST /api/v1/sign-in` → `me`, with a session cookie (HttpOnly, SameSite=Lax). `DELETE /api/v1/sign-in` ends it. */
export const signInRequest = v.object({ email, code: v.pipe(v.string(), v.trim(), v.regex(/^\d{6}$/)) });

export const roles = ['national', 'regional', 'organiser'] as const;
export type Role = (typeof roles)[number];

/** `GET /api/v1/me` → 200 or 401. */
export const me = v.object({
  email: v.string(),
  role: v.picklist(roles),
  region: v.exactOptional(v.string()),
  demo: v.boolean(),
  sessionExpiresAt: instantText,
});
export type Me = v.InferOutput<typeof me>;
