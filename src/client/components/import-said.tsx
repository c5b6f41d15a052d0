import { meaningOf } from '#interop/import-messages.ts';
import type { ProblemAt } from '#protocol/exchange.ts';
import type { Translate } from '#client/i18n/i18n.ts';
import { useT } from '#client/i18n/i18n.ts';

/** A message in the person's language; one that has no other words is shown as the server says it. */
export function Said({ message }: { readonly message: string }) {
  const t = useT();
  const meaning = meaningOf(message);
  if (!meaning) return <span lang="en">{message}</span>;
  const { first, ...values } = meaning.values;
  const said = t(`exchange.said.${meaning.key}`, values);
  return first === undefined ? (
    said
  ) : (
    <>
      <Said message={first} /> {said}
    </>
  );
}

/** Where in the file: the line, and what the file calls it. */
export function placeText({ line, item }: ProblemAt, t: Translate): string {
  const said = [line === undefined ? '' : t('exchange.line', { line }), item ?? ''].filter(Boolean);
  return said.join(' · ') || t('exchange.wholeFile');
}
