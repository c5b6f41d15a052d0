/**
 * Puts no-break spaces where French sets a space before or after a sign, so that no line begins with a question mark.
 * Authors and translators write plain spaces, as their keyboards do.
 */
export function frenchSpaces(text: string): string {
  return text.replace(/ (?=[:;?!»%€])/g, '\u00a0').replaceAll('« ', '«\u00a0');
}
