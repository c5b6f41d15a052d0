import * as L from 'leaflet';

/** What Leaflet's renderers hold, and its types do not say. */
interface Held {
  readonly _map: L.Map;
  /** What is drawn, in the map's layer points, and at which zoom. */
  readonly _bounds: L.Bounds | undefined;
  readonly _zoom: number;
  _update(): void;
}

/**
 * Shapes that are drawn with room around the view. Leaflet's own renderer clips and draws them all anew after each move;
 * this one only when the view has left that room: the outlines of a country are some ten thousand points.
 */
export class CalmSvg extends L.SVG {
  #size: L.Point | undefined;

  override getEvents(): Record<string, L.LeafletEventHandlerFn> {
    return { ...super.getEvents?.(), moveend: () => this.#moved() };
  }

  #moved(): void {
    const held = this as unknown as Held;
    const { _map: map, _bounds: drawn } = held;
    const size = map.getSize();
    const view = L.bounds(map.containerPointToLayerPoint([0, 0]), map.containerPointToLayerPoint(size));
    if (held._zoom === map.getZoom() && this.#size?.equals(size) && drawn?.contains(view)) return;
    this.#size = size;
    held._update();
  }
}
