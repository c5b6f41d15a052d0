import type { ComponentType, LazyExoticComponent } from 'react';
import { lazy } from 'react';
import { allTexts } from '#client/i18n/i18n.ts';

type Screen<Props extends object = object> = LazyExoticComponent<ComponentType<Props>>;

/** A screen in a file of its own, fetched with its words when it is first opened; the service worker keeps them all. */
export function screen<Name extends string, Props extends object = object>(
  load: () => Promise<Record<Name, ComponentType<Props>>>,
  name: Name,
): Screen<Props> {
  return lazy(async () => {
    const [module] = await Promise.all([load(), allTexts()]);
    return { default: module[name] };
  });
}
