import * as v from 'valibot';

const text = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(20_000));
const version = v.pipe(v.string(), v.maxLength(64));

/** `GET /api/v1/desk/events/{eventId}/afterwards`: what came out of an event (Markdown, by language), and which state of it that is. */
export const deskAfterwards = v.object({ text: v.record(v.string(), v.string()), version });
export type DeskAfterwards = v.InferOutput<typeof deskAfterwards>;

/** `PUT` of the same; no text in any language takes it away. `edited_elsewhere` when it is not `basedOn` any more. */
export const deskAfterwardsEdit = v.object({
  text: v.object({ fr: v.exactOptional(text), en: v.exactOptional(text) }),
  basedOn: version,
});
export type DeskAfterwardsEdit = v.InferOutput<typeof deskAfterwardsEdit>;
