import type { Uuid } from '#domain/ids.ts';
import type { RegistrationForm } from '#domain/registration-question.ts';
import type { DeskForm, DeskFormEdit } from '#protocol/registration-question.ts';
import type { Account } from '../people/accounts.ts';
import type { Context } from '../context.ts';
import { editEvent, eventToEdit, versionOf } from '../programme/event-edit.ts';
import { ProblemError } from '../problem-error.ts';

/** An event that asks nothing. */
const NOTHING: RegistrationForm = { questions: [] };

/**
 * What an event asks of those who register.
 * @throws ProblemError `not_found`; `forbidden` when the account may not run the event
 */
export async function readForm(ctx: Context, account: Account, eventId: Uuid): Promise<DeskForm> {
  const { event } = await eventToEdit(ctx, account, eventId, 'reading');
  return formAs(event.registrationForm);
}

/**
 * Puts a form in the place of the one that the editor has seen, and publishes it with its event.
 * @throws ProblemError `not_found`, `forbidden`; `edited_elsewhere` when somebody else has changed the form meanwhile
 */
export async function saveForm(ctx: Context, account: Account, eventId: Uuid, edit: DeskFormEdit): Promise<DeskForm> {
  await editEvent(ctx, account, eventId, ({ registrationForm, ...rest }) => {
    if (formAs(registrationForm).version !== edit.basedOn) throw new ProblemError('edited_elsewhere');
    const asks = edit.form.questions.length > 0 || edit.form.namesRequired;
    return { ...rest, ...(asks ? { registrationForm: edit.form } : {}) };
  });
  return readForm(ctx, account, eventId);
}

function formAs(form: RegistrationForm = NOTHING): DeskForm {
  return { form: form as DeskForm['form'], version: versionOf(form) };
}
