/**
 * Puts no-break spaces where French sets a space before or after a sign, so that no line begins with a question mark.
 * Authors and translators write plain spaces, as their keyboards do.
 */
export function frenchSpaces(text: string): string {
  return text.replace(/ (?=[:;?!»%€])/g, '\u00a0').replaceAll('« ', '«\u00a0');
}

/** The apostrophes of prose as printers set them. Names keep the keyboard's, by which people and scripts look for them. */
export function proseApostrophes(text: string): string {
  return text.replace(/(\p{L})'(?=\p{L})/gu, '$1’');
}
