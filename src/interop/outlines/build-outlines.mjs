/**
 * Makes outlines.topo from the two GeoJSON files named in README.md:
 *   node src/interop/outlines/build-outlines.mjs FOLDER
 * Not run by the app or its build: the outlines change once in years.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { feature, mergeArcs, quantize } from 'topojson-client';
import { topology } from 'topojson-server';
import {
  filter,
  filterWeight,
  presimplify,
  simplify,
  sphericalRingArea,
  sphericalTriangleArea,
} from 'topojson-simplify';

/** Steradians: a triangle smaller than this is dropped. About 1.2 km² on the ground. */
const DETAIL = 3e-8;
/** Islands and the small départements around Paris are looked at from nearer, so they keep more of their shape. */
const FINE = new Map([
  ...['971', '972', '974', '976'].map((code) => [code, 30]),
  ...['75', '92', '93', '94'].map((code) => [code, 12]),
  ...['2A', '2B', '29', '56', '22'].map((code) => [code, 2]),
]);
/** Smaller rings go, except the largest of a département. */
const SMALLEST_RING = 1.5e-7;
/** Steps over the whole width, from Guadeloupe to La Réunion: about 250 m each. */
const STEPS = 50_000;

const [folder] = process.argv.slice(2);
if (!folder) {
  process.stderr.write('Say the folder that holds the two GeoJSON files.\n');
  process.exit(2);
}
const read = (name) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
const regionAreas = read('regions-avec-outre-mer.geojson');
const departmentAreas = read('departements-avec-outre-mer.geojson');

const regionOf = new Map(
  departmentAreas.features.map((department) => [department.properties.code, regionAround(department)]),
);

let shapes = topology({ departments: departmentAreas });
shapes = presimplify(shapes, sphericalTriangleArea);
keepFine(shapes);
shapes = simplify(shapes, DETAIL);
shapes = filter(shapes, filterWeight(shapes, SMALLEST_RING, sphericalRingArea));
shapes = quantize(shapes, STEPS);

const departments = shapes.objects.departments.geometries
  .filter((g) => g.type === 'Polygon' || g.type === 'MultiPolygon')
  .map((g) => Object.assign(g, { id: g.properties.code }))
  .toSorted((a, b) => (a.id < b.id ? -1 : 1));
const regions = regionAreas.features
  .map(({ properties }) => ({
    // The regions are put together from their départements, so that the two share every line.
    ...mergeArcs(
      shapes,
      departments.filter((d) => regionOf.get(d.id) === properties.code),
    ),
    id: properties.code,
  }))
  .map((region) => ({ ...region, properties: { label: labelOf(feature(shapes, region).geometry) } }))
  .toSorted((a, b) => (a.id < b.id ? -1 : 1));

const outlines = {
  ...shapes,
  objects: {
    regions: { type: 'GeometryCollection', geometries: regions },
    departments: {
      type: 'GeometryCollection',
      geometries: departments.map((d) => ({ ...d, properties: { region: regionOf.get(d.id) } })),
    },
  },
};
const text = JSON.stringify(outlines);
writeFileSync(join(import.meta.dirname, 'outlines.topo'), text + '\n');
process.stdout.write(
  `${regions.length} regions, ${departments.length} départements, ${text.length} bytes, ${gzipSync(text, { level: 9 }).length} gzip\n`,
);

/** Raises the weight of every point on an outline that is to stay fine. */
function keepFine(of) {
  const factors = new Map();
  for (const geometry of of.objects.departments.geometries) {
    const factor = FINE.get(geometry.properties.code);
    if (!factor || !('arcs' in geometry)) continue;
    for (const index of geometry.arcs.flat(3)) {
      const arc = index < 0 ? ~index : index;
      factors.set(arc, Math.max(factor, factors.get(arc) ?? 1));
    }
  }
  for (const [arc, factor] of factors) {
    for (const point of of.arcs[arc]) point[2] *= factor;
  }
}

/** The code of the region that holds most of a département's outline. */
function regionAround(department) {
  const points = ringsOf(department.geometry)
    .toSorted((a, b) => b.length - a.length)[0]
    .filter((_, i, ring) => i % Math.max(1, Math.floor(ring.length / 40)) === 0);
  let best = { code: '', inside: -1 };
  for (const region of regionAreas.features) {
    const rings = ringsOf(region.geometry);
    const inside = points.filter((point) => rings.some((ring) => contains(ring, point))).length;
    if (inside > best.inside) best = { code: region.properties.code, inside };
  }
  return best.code;
}

function ringsOf(geometry) {
  return geometry.type === 'Polygon' ? [geometry.coordinates[0]] : geometry.coordinates.map((p) => p[0]);
}

function contains(ring, [x, y]) {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [xi, yi] = ring[i];
    const [xj, yj] = ring[j];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

/** Where a region's name stands: the middle of its largest piece, as [lon, lat]. */
function labelOf(geometry) {
  let best = { area: 0, at: [0, 0] };
  for (const ring of ringsOf(geometry)) {
    let [area, x, y] = [0, 0, 0];
    for (let i = 0; i + 1 < ring.length; i++) {
      const [[x0, y0], [x1, y1]] = [ring[i], ring[i + 1]];
      const cross = x0 * y1 - x1 * y0;
      area += cross / 2;
      x += ((x0 + x1) * cross) / 6;
      y += ((y0 + y1) * cross) / 6;
    }
    if (Math.abs(area) > best.area) best = { area: Math.abs(area), at: [x / area, y / area] };
  }
  return best.at.map((degrees) => Math.round(degrees * 100) / 100);
}
