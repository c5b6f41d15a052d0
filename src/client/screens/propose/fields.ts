/** The id of a field's control on the page: what the summary of problems links to, and what tells which field was left. */
export function fieldId(field: string): string {
  return `${PREFIX}${field.replaceAll('.', '-')}`;
}

/** Opens what a control is folded away in, and gives it the focus. @returns false when there is none */
export function showControl(control: HTMLElement | null): boolean {
  if (!control) return false;
  for (let part = control.closest('details'); part; part = part.parentElement?.closest('details') ?? null)
    part.open = true;
  control.scrollIntoView({ block: 'center' });
  control.focus({ preventScroll: true });
  return true;
}

/** The same for the first control of a field: of a list that of its first entry. */
export function showField(field: string): boolean {
  const id = CSS.escape(fieldId(field));
  const own = [`#${id}`, `[id^="${id}-"]`].map((one) => `:is(input, textarea, select, button, fieldset)${one}`);
  return showControl(document.querySelector<HTMLElement>(own.join(', ')) ?? document.getElementById(fallbackOf(field)));
}

/** A field whose control is not there now: its part of the form. */
function fallbackOf(field: string): string {
  return `partie-${sectionOf(field)}-titre`;
}

/** Where in the form a field stands. */
export function sectionOf(field: string): string {
  return SECTIONS.find(([, fields]) => fields.includes(field))?.[0] ?? 'about';
}

const SECTIONS: readonly (readonly [string, readonly string[]])[] = [
  ['status', ['status', 'statusNote']],
  ['when', ['sessions', 'availability']],
  ['where', ['attendanceMode', 'venues', 'onlineUrl', 'region', 'department']],
  ['access', ['accessibility', 'conditions', 'age']],
  ['registration', ['registration', 'registrationForm']],
  ['image', ['image']],
  ['contact', ['organisers', 'bodies', 'contacts', 'privateContact', 'links']],
  ['custom', ['custom']],
];

/** Gives the focus to a control that is only now about to be drawn. */
export function focusOn(id: string): void {
  requestAnimationFrame(() => document.getElementById(id)?.focus());
}

const PREFIX = 'champ-';

/** Whether a control belongs to a field: it is the field's own or one of its parts (`champ-title-en`). */
export function belongsTo(field: string, controlId: string): boolean {
  const id = fieldId(field);
  return controlId === id || controlId.startsWith(`${id}-`);
}
