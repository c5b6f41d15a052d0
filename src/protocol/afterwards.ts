import * as v from 'valibot';
import { pictureHash } from '#domain/picture.ts';
import { MAX_AFTERWARDS_PICTURES, picture } from './programme.ts';

const text = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(20_000));
const version = v.pipe(v.string(), v.maxLength(64));

/**
 * `GET /api/v1/desk/events/{eventId}/afterwards`: what came out of an event (Markdown, by language), its pictures, and which state of
 * it that is.
 */
export const deskAfterwards = v.object({
  text: v.record(v.string(), v.string()),
  pictures: v.exactOptional(v.array(picture)),
  version,
});
export type DeskAfterwards = v.InferOutput<typeof deskAfterwards>;

/** A picture that was sent here, with what it shows and under which licence: neither can be left out. */
const said = v.pipe(
  picture,
  v.check(({ url }) => pictureHash(url) !== undefined, 'a picture that was sent here'),
  v.check(({ alt }) => Object.values(alt ?? {}).some((one) => one.trim() !== ''), 'what the picture shows'),
  v.check(({ licence }) => (licence ?? '').trim() !== '', 'the licence of the picture'),
);

/**
 * `PUT` of the same; no text in any language takes it away, and so does no picture. Without `pictures` they stay as they are.
 * `edited_elsewhere` when it is not `basedOn` any more.
 */
export const deskAfterwardsEdit = v.object({
  text: v.object({ fr: v.exactOptional(text), en: v.exactOptional(text) }),
  pictures: v.exactOptional(v.pipe(v.array(said), v.maxLength(MAX_AFTERWARDS_PICTURES))),
  basedOn: version,
});
export type DeskAfterwardsEdit = v.InferOutput<typeof deskAfterwardsEdit>;
