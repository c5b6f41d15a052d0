import type { ComponentType, LazyExoticComponent, ReactNode } from 'react';
import { createElement, lazy, useState } from 'react';

export interface Apart<Props extends object = object> {
  (props: Props): ReactNode;
  /** Fetches it before it is drawn; from then on it is drawn at once, like a part of the page around it. */
  readonly early: () => Promise<void>;
}

/**
 * A part of the app in a file of its own. One that has come is not drawn through `lazy`: React would show what stands in for it, and
 * hold the part back so that nothing flickers.
 */
export function apart<Props extends object>(load: () => Promise<ComponentType<Props>>): Apart<Props> {
  let come: ComponentType<Props> | undefined;
  const fetched = async (): Promise<ComponentType<Props>> => (come = await load());
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
