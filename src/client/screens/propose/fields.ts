/** The id of a field's control on the page: what the summary of problems links to, and what tells which field was left. */
export function fieldId(field: string): string {
  return `${PREFIX}${field.replaceAll('.', '-')}`;
}

const PREFIX = 'champ-';

/** Whether a control belongs to a field: it is the field's own or one of its parts (`champ-title-en`). */
export function belongsTo(field: string, controlId: string): boolean {
  const id = fieldId(field);
  return controlId === id || controlId.startsWith(`${id}-`);
}
