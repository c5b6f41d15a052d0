import type { ComponentType } from 'react';
import type { Apart } from '#client/components/apart.ts';
import { apart } from '#client/components/apart.ts';
import { allTexts } from '#client/i18n/i18n.ts';

/** A screen in a file of its own, fetched with its words when it is first opened; the service worker keeps them all. */
export function screen<Name extends string, Props extends object = object>(
  load: () => Promise<Record<Name, ComponentType<Props>>>,
  name: Name,
): Apart<Props> {
  return apart(async () => {
    const [module] = await Promise.all([load(), allTexts()]);
    return module[name];
  });
}
