import type { ComponentType, LazyExoticComponent, ReactNode } from 'react';
import { createElement, lazy, useState } from 'react';
import { allTexts } from '#client/i18n/i18n.ts';

export interface Screen<Props extends object = object> {
  (props: Props): ReactNode;
  /** Fetches it before it is drawn; from then on it is drawn at once, like a part of the page around it. */
  readonly early: () => Promise<void>;
}

/**
 * A screen in a file of its own, fetched with its words when it is first opened; the service worker keeps them all. One that has
 * come is not drawn through `lazy`: React would show what stands in for it, and hold the screen back so that nothing flickers.
 */
export function screen<Name extends string, Props extends object = object>(
  load: () => Promise<Record<Name, ComponentType<Props>>>,
  name: Name,
): Screen<Props> {
  let come: ComponentType<Props> | undefined;
  const fetched = async (): Promise<ComponentType<Props>> => {
    const [module] = await Promise.all([load(), allTexts()]);
    return (come = module[name]);
  };
  // One that could not be fetched is asked for anew when it is opened again.
  const fetchedLater = (): LazyExoticComponent<ComponentType<Props>> =>
    lazy(() =>
      fetched().then(
        (component) => ({ default: component }),
        (error: unknown) => {
          later = fetchedLater();
          throw error;
        },
      ),
    );
  let later = fetchedLater();
  function Drawn(props: Props): ReactNode {
    // What was begun goes on: another component in the same place would lose what was typed into the first.
    const [chosen] = useState(() => come ?? later);
    return createElement(chosen, props);
  }
  return Object.assign(Drawn, { early: async () => void (await fetched()) });
}
