import * as L from 'leaflet';

/** Whose map it is, and where their terms stand. */
export interface Attribution {
  readonly text: string;
  readonly url?: string;
}

/** Names the sources of what is in sight. Set as text: what a pack or an operator says is no HTML of ours. */
export class AttributionControl extends L.Control {
  readonly #element = document.createElement('div');

  constructor() {
    super({ position: 'bottomright' });
    this.#element.className = 'leaflet-control-attribution';
    L.DomEvent.disableClickPropagation(this.#element);
  }

  override onAdd(): HTMLElement {
    return this.#element;
  }

  show(sources: readonly Attribution[]): void {
    const parts = sources.flatMap(({ text, url }, i) => {
      const link = url && /^https?:/.test(url) ? document.createElement('a') : undefined;
      if (link && url) {
        link.href = url;
        link.rel = 'noreferrer';
        link.textContent = text;
      }
      return [...(i > 0 ? [' · '] : []), link ?? text];
    });
    this.#element.replaceChildren(...parts);
  }
}
