/**
 * Makes communes/{département}.topo of each file communes-{département}-*.geojson (README.md):
 *   node src/interop/outlines/build-communes.mjs FOLDER
 * Not run by the app or its build.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { quantize } from 'topojson-client';
import { topology } from 'topojson-server';
import { presimplify, simplify, sphericalTriangleArea } from 'topojson-simplify';

/** Steradians: a triangle smaller than this is dropped. About 80,000 m² on the ground. */
const DETAIL = 2e-9;
/** Steps over the width of a département: about 40 m each. */
const STEPS = 3000;

const [folder] = process.argv.slice(2);
if (!folder) {
  process.stderr.write('Say the folder that holds the GeoJSON files.\n');
  process.exit(2);
}
const target = join(import.meta.dirname, 'communes');
mkdirSync(target, { recursive: true });
for (const name of readdirSync(folder).toSorted()) {
  const code = /^communes-(\w{2,3})-.*\.geojson$/.exec(name)?.[1];
  if (!code) continue;
  const areas = JSON.parse(readFileSync(join(folder, name), 'utf8'));
  const shapes = quantize(simplify(presimplify(topology({ areas }), sphericalTriangleArea), DETAIL), STEPS);
  const communes = shapes.objects.areas.geometries;
  // The outline of the département is drawn already: here are the lines between two communes alone.
  const users = new Map();
  for (const { arcs } of communes) {
    for (const arc of arcs.flat(2)) users.set(arc < 0 ? ~arc : arc, (users.get(arc < 0 ? ~arc : arc) ?? 0) + 1);
  }
  const shared = shapes.arcs.filter((_, i) => users.get(i) > 1);
  const { scale, translate } = shapes.transform;
  const names = communes.map(({ properties }, i) => {
    const [lon, lat] = middleOf(areas.features[i].geometry);
    const at = [Math.round((lon - translate[0]) / scale[0]), Math.round((lat - translate[1]) / scale[1])];
    return { type: 'Point', coordinates: at, properties: { name: properties.nom } };
  });
  const text = JSON.stringify({
    type: 'Topology',
    transform: shapes.transform,
    objects: {
      borders: { type: 'MultiLineString', arcs: shared.map((_, i) => [i]) },
      names: { type: 'GeometryCollection', geometries: names },
    },
    arcs: shared,
  });
  writeFileSync(join(target, `${code}.topo`), text + '\n');
  const packed = gzipSync(text, { level: 9 }).length;
  process.stdout.write(`${code}: ${names.length} communes, ${text.length} bytes, ${packed} gzip\n`);
}

/** The middle of an area's largest piece. */
function middleOf({ type, coordinates }) {
  const rings = type === 'Polygon' ? [coordinates[0]] : coordinates.map(([ring]) => ring);
  let best = { area: 0, at: [0, 0] };
  for (const ring of rings) {
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
  return best.at;
}
