import type { ComponentType, LazyExoticComponent, ReactNode } from 'react';
import { createElement, lazy, useState } from 'react';

export interface Apart<Props extends object = object> {
  (props: Props): ReactNode;
  /** Fetches it before it is drawn; from then on it is drawn at once, like a part of the page around it. */
  readonly early: () => Promise<void>;
}

/** After this long what could not be fetched is asked for again, milliseconds: longer than drawing that it failed takes. */
const AGAIN_MS = 1000;

/**
 * A part of the app in a file of its own. One that has come is not drawn through `lazy`: React would show what stands in for it, and
 * hold the part back so that nothing flickers.
 */
export function apart<Props extends object>(load: () => Promise<ComponentType<Props>>): Apart<Props> {
  let come: ComponentType<Props> | undefined;
  let failedAt: number | undefined;
  const fetched = async (): Promise<ComponentType<Props>> => (come = await load());
  const fetchedLater = (): LazyExoticComponent<ComponentType<Props>> =>
    lazy(() =>
      fetched().then(
        (component) => ({ default: component }),
        (error: unknown) => {
          failedAt = performance.now();
          throw error;
        },
      ),
    );
  let later = fetchedLater();
  function choose(): ComponentType<Props> | LazyExoticComponent<ComponentType<Props>> {
    // Asked for anew when it is opened again, and not while its failure is being drawn: that would go on for ever.
    if (failedAt !== undefined && performance.now() - failedAt > AGAIN_MS) {
      failedAt = undefined;
      later = fetchedLater();
    }
    return come ?? later;
  }
  function Drawn(props: Props): ReactNode {
    // What was begun goes on: another component in the same place would lose what was typed into the first.
    const [chosen] = useState<ReturnType<typeof choose>>(() => choose());
    return createElement(chosen, props);
  }
  return Object.assign(Drawn, { early: async () => void (await fetched()) });
}
