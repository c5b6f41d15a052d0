import { createHash } from 'node:crypto';
import type { Uuid } from '#domain/ids.ts';
import type { RegistrationForm } from '#domain/registration-question.ts';
import type { DeskForm, DeskFormEdit } from '#protocol/registration-question.ts';
import type { Account } from './accounts.ts';
import type { Context } from './context.ts';
import { ProblemError } from './problem-error.ts';
import { ChangedMeanwhile, publishEvents } from './publishing.ts';
import { eventToEdit } from './tours.ts';

/** An event that asks nothing. */
const NOTHING: RegistrationForm = { questions: [] };
/** Attempts while others change other parts of the same event. */
const TRIES = 4;

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
  for (let attempt = 1; ; attempt++) {
    const { event, hash, source } = await eventToEdit(ctx, account, eventId);
    if (formAs(event.registrationForm).version !== edit.basedOn) throw new ProblemError('edited_elsewhere');
    const { registrationForm: _, ...rest } = event;
    const asks = edit.form.questions.length > 0 || edit.form.namesRequired;
    const edited = { ...rest, ...(asks ? { registrationForm: edit.form } : {}) };
    try {
      const expected = new Map([[eventId, hash]]);
      await publishEvents(ctx, [edited], { expected, ...(source === null ? {} : { source: { name: source } }) });
      return await readForm(ctx, account, eventId);
    } catch (error) {
      if (!(error instanceof ChangedMeanwhile) || attempt === TRIES) throw error;
    }
  }
}

/** With the name of that state of it, so that two editors do not write over one another unseen. */
function formAs(form: RegistrationForm = NOTHING): DeskForm {
  const version = createHash('sha256').update(JSON.stringify(form)).digest('base64url');
  return { form: form as DeskForm['form'], version };
}
