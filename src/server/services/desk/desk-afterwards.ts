import type { Uuid } from '#domain/ids.ts';
import type { Picture } from '#domain/programme.ts';
import type { LocalizedText } from '#domain/text.ts';
import type { DeskAfterwards, DeskAfterwardsEdit } from '#protocol/afterwards.ts';
import type { Account } from '../people/accounts.ts';
import type { Context } from '../context.ts';
import { editEvent, eventToEdit, versionOf } from '../programme/event-edit.ts';
import { ProblemError } from '../problem-error.ts';

/**
 * What came out of an event.
 * @throws ProblemError `not_found`; `forbidden` when the account may not run the event
 */
export async function readAfterwards(ctx: Context, account: Account, eventId: Uuid): Promise<DeskAfterwards> {
  const { event } = await eventToEdit(ctx, account, eventId, 'reading');
  return afterwardsAs(event.afterwards, event.afterwardsPictures);
}

/**
 * Says what came out of an event, in its page, in the place of what the editor has seen; without a text and pictures it says nothing any more.
 * @throws ProblemError `not_found`, `forbidden`; `edited_elsewhere` when somebody else has changed it meanwhile
 */
export async function saveAfterwards(
  ctx: Context,
  account: Account,
  eventId: Uuid,
  edit: DeskAfterwardsEdit,
): Promise<DeskAfterwards> {
  await editEvent(ctx, account, eventId, ({ afterwards, afterwardsPictures, ...rest }) => {
    if (afterwardsAs(afterwards, afterwardsPictures).version !== edit.basedOn)
      throw new ProblemError('edited_elsewhere');
    const text = edit.text as LocalizedText;
    const pictures = (edit.pictures as readonly Picture[] | undefined) ?? afterwardsPictures ?? [];
    return {
      ...rest,
      ...(Object.keys(text).length > 0 ? { afterwards: text } : {}),
      ...(pictures.length > 0 ? { afterwardsPictures: pictures } : {}),
    };
  });
  return readAfterwards(ctx, account, eventId);
}

function afterwardsAs(text: LocalizedText = {}, pictures: readonly Picture[] = []): DeskAfterwards {
  return { text, pictures: [...pictures], version: versionOf(pictures.length > 0 ? { text, pictures } : text) };
}
