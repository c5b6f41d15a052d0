import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import type { Tour } from '#domain/programme.ts';
import { routeOf } from '#domain/tour-route.ts';
import { readGpx } from '#interop/gpx-read.ts';
import type { Gpx } from '#interop/gpx-read.ts';
import { tourFromGpx } from '#interop/gpx-tour.ts';
import { tourToGpx, trackToGpx } from '#interop/gpx.ts';
import { tourToGeoJson } from '#interop/tour-geojson.ts';
import { MAX_ROUTE_POINTS, MAX_STOPS, tour as tourSchema } from '#protocol/programme.ts';

let made = 0;
const newId = (): string => `00000000-0000-8000-9000-${String(++made).padStart(12, '0')}`;
const imported = (gpx: Gpx) =>
  tourFromGpx(gpx, { newId, language: 'fr', maxPoints: MAX_ROUTE_POINTS, maxStops: MAX_STOPS });

function read(text: string): Gpx {
  const answer = readGpx(text);
  if (answer.kind === 'refused') throw new Error(`${answer.reason}, line ${answer.line}`);
  return answer.gpx;
}

const refused = (text: string) => {
  const answer = readGpx(text);
  return answer.kind === 'refused' ? [answer.reason, answer.line] : answer.kind;
};

/** Written as these programs write: namespaces, extensions, comments, CDATA, attributes in any order. */
const GARMIN = `<?xml version="1.0" encoding="UTF-8"?>
<gpx creator="Garmin Connect" version="1.1"
  xsi:schemaLocation="http://www.topografix.com/GPX/1/1 http://www.topografix.com/GPX/11.xsd"
  xmlns:ns3="http://www.garmin.com/xmlschemas/TrackPointExtension/v1"
  xmlns="http://www.topografix.com/GPX/1/1"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:ns2="http://www.garmin.com/xmlschemas/GpxExtensions/v3">
  <metadata><link href="connect.garmin.com"><text>Garmin Connect</text></link><time>2024-11-04T12:02:11.000Z</time></metadata>
  <trk>
    <name>Nantes - Marche à pied</name>
    <type>walking</type>
    <trkseg>
      <trkpt lat="47.21837599761784076690673828125" lon="-1.55362103134393692016601562500">
        <ele>12.3</ele><time>2024-11-04T12:02:11.000Z</time>
        <extensions><ns3:TrackPointExtension><ns3:hr>88</ns3:hr><ns3:name>not a name</ns3:name></ns3:TrackPointExtension></extensions>
      </trkpt>
      <trkpt lat="47.2190000" lon="-1.5530000"><ele>12.1</ele></trkpt>
    </trkseg>
    <trkseg>
      <trkpt lon="-1.5520000" lat="47.2200000"/>
    </trkseg>
  </trk>
</gpx>`;

const BROUTER = `<?xml version="1.0" encoding="UTF-8"?>
<!-- track-length = 612 filtered ascend = 0 -->
<gpx xmlns="http://www.topografix.com/GPX/1/1" creator="BRouter-1.7" version="1.1">
 <metadata><name>De l'hôtel de ville au musée &amp; retour</name></metadata>
 <wpt lat="43.6117" lon="3.8799"><name>Musée</name></wpt>
 <wpt lat="43.6100" lon="3.8800"><name>Arrêt &lt;1&gt;</name><desc><![CDATA[<p>On y parle <b>d'accueil</b>.</p>]]></desc><type>poi</type></wpt>
 <rte><rtept lat="1" lon="2"><name>à part</name></rtept></rte>
 <trk><name>x</name><link href="https://example.org/#map=14/43.61/3.88&amp;lonlats=3.88,43.61"><text>lien</text></link><trkseg>
  <trkpt lat="43.6100" lon="3.8800"><ele>51.5</ele></trkpt>
  <trkpt lat="43.6117" lon="3.8799"/>
 </trkseg></trk>
</gpx>`;

const GPX_1_0 = `<?xml version="1.0" standalone="yes"?>
<?xml-stylesheet type="text/xsl" href="details.xsl"?>
<gpx version="1.0" creator="ExpertGPS" xmlns="http://www.topografix.com/GPX/1/0">
<name><![CDATA[Une réserve]]></name><author>x</author><bounds minlat="42" minlon="-71" maxlat="43" maxlon="-70"/>
<rte><name>R</name>
<rtept lat="42.21" lon="-71.11"><name><![CDATA[LOOKOUT]]></name><desc>Un point de vue</desc></rtept>
<rtept lat="42.215" lon="-71.11"></rtept>
<rtept lat="42.22" lon="-71.10"><name>HQ</name></rtept>
</rte></gpx>`;

describe('files of other programs', () => {
  test('a track with extensions and segments is one line, and nothing of the extensions', () => {
    const gpx = read(GARMIN);
    expect(gpx.tracks).toEqual([
      [
        { lat: 47.21837599761784, lon: -1.553621031343937 },
        { lat: 47.219, lon: -1.553 },
        { lat: 47.22, lon: -1.552 },
      ],
    ]);
    expect(gpx.waypoints).toEqual([]);
    expect(gpx.name).toBeUndefined();
  });

  test('waypoints become stops in the order in which the line meets them, their HTML text alone', () => {
    const { tour } = imported(read(BROUTER))!;
    expect(tour.title).toEqual({ fr: "De l'hôtel de ville au musée & retour" });
    expect(tour.stops.map(({ title, text }) => [title, text])).toEqual([
      [{ fr: 'Arrêt <1>' }, { fr: "On y parle d'accueil ." }],
      [{ fr: 'Musée' }, undefined],
    ]);
    expect(tour.route).toEqual([
      [43.61, 3.88],
      [43.6117, 3.8799],
    ]);
  });

  test('of GPX 1.0 a route is the line, and its named points are the stops', () => {
    const { tour } = imported(read(GPX_1_0))!;
    expect(tour.title).toEqual({ fr: 'Une réserve' });
    expect(tour.stops.map(({ title }) => title['fr'])).toEqual(['LOOKOUT', 'HQ']);
    expect(tour.route).toHaveLength(3);
  });

  test('no namespace, a prefix, exponents and signs are all met in the wild', () => {
    expect(read('<gpx version="1.1"><wpt lat="+4.7e1" lon="-1.5E0"/></gpx>').waypoints).toEqual([
      { lat: 47, lon: -1.5 },
    ]);
    const prefixed =
      '<g:gpx xmlns:g="http://www.topografix.com/GPX/1/1"><g:wpt lat="1" lon="2"><g:name>a</g:name></g:wpt></g:gpx>';
    expect(read(prefixed).waypoints).toEqual([{ lat: 1, lon: 2, name: 'a' }]);
  });

  test('a real run of 2,200 fixes is read whole, and thinned out to a line that a phone can carry', () => {
    const text = gunzipSync(readFileSync('test/fixtures/run-tomtom.gpx.gz')).toString('utf8');
    const gpx = read(text);
    expect(gpx.tracks[0]).toHaveLength(2200);
    const { tour, points } = imported(gpx)!;
    expect(points).toBe(2200);
    expect(tour.route!.length).toBeLessThan(500);
    const line = (route: Tour['route']): number => routeOf({ slug: 'x', title: {}, stops: [], route: route! }).length;
    const whole = line(gpx.tracks[0]!.map(({ lat, lon }) => [lat, lon] as const));
    expect(line(tour.route) / whole).toBeGreaterThan(0.97);
    // What we write of it comes back.
    const again = read(
      trackToGpx(
        'Ma marche',
        gpx.tracks[0]!.map((p) => ({ ...p, at: '2026-11-24T13:00:00.000Z' })),
      ),
    );
    expect(again.tracks).toEqual(gpx.tracks);
  });
});

describe('what is refused, as a whole and with its line', () => {
  test.each([
    ['nothing', '', ['not_xml', 1]],
    ['no XML', 'lat,lon\n47,1', ['not_xml', 2]],
    ['another XML', '<?xml version="1.0"?>\n<kml/>', ['not_gpx', 2]],
    ['a namespace that is not its own', '<gpx xmlns="http://www.opengis.net/kml/2.2"/>', ['not_gpx', 1]],
    ['a file that breaks off', '<gpx>\n<trk>\n<trkseg>\n', ['not_xml', 4]],
    ['tags that cross', '<gpx>\n<trk></gpx>', ['not_xml', 2]],
    ['a document type', '<!DOCTYPE gpx>\n<gpx/>', ['doctype', 1]],
    [
      'entities of its own',
      '<!DOCTYPE g [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>\n<gpx><name>&b;</name></gpx>',
      ['doctype', 1],
    ],
    ['a file of the system', '<!DOCTYPE g [<!ENTITY x SYSTEM "file:///etc/passwd">]><gpx>&x;</gpx>', ['doctype', 1]],
    ['an unknown entity', '<gpx>\n<name>&nope;</name></gpx>', ['not_xml', 2]],
    ['a place beyond the pole', '<gpx>\n\n<wpt lat="90.1" lon="0"/></gpx>', ['bad_point', 3]],
    ['a place beyond the date line', '<gpx><wpt lat="0" lon="-180.5"/></gpx>', ['bad_point', 1]],
    ['a place that is no number', '<gpx><trk><trkseg>\n<trkpt lat="NaN" lon="0"/>', ['bad_point', 2]],
    ['hexadecimal', '<gpx><wpt lat="0x10" lon="0"/></gpx>', ['bad_point', 1]],
    ['half a place', '<gpx><wpt lat="1"/></gpx>', ['bad_point', 1]],
    ['an abyss', `<gpx>${'<a>'.repeat(40)}`, ['too_deep', 1]],
    ['two roots', '<gpx/>\n<gpx/>', ['not_xml', 2]],
  ])('%s', (_name, text, answer) => {
    expect(refused(text)).toEqual(answer);
  });

  test('too many points, too many waypoints, too large a file: before they are all read', () => {
    expect(refused(`<gpx>${'<wpt lat="1" lon="1"/>'.repeat(2001)}`)[0]).toBe('too_many');
    expect(refused(`<gpx><trk><trkseg>${'<trkpt lat="1" lon="1"/>'.repeat(100_001)}`)[0]).toBe('too_many');
    expect(refused(`<gpx>${' '.repeat(10_000_000)}</gpx>`)[0]).toBe('too_large');
  });

  test('whatever it is, it is read or refused, and never thrown', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '<gpx>',
        '</gpx>',
        '<trk>',
        '<trkseg>',
        '</trkseg>',
        '<wpt lat="1" lon="2">',
        '</wpt>',
        '<name>',
        ']]>',
        '<![CDATA[',
        '&',
        '<!--',
        '<?',
        '"',
        '<rte><rtept lat="1" lon="2"/></rte>',
      ),
      fc.string({ maxLength: 20 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const answer = readGpx(pieces.join(''));
        if (answer.kind === 'read') imported(answer.gpx);
        else expect(answer.line).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

const words = fc
  .string({ minLength: 1, maxLength: 40, unit: 'grapheme' })
  .map((text) => text.replace(/\s+/g, ' ').trim())
  .filter((text) => text !== '');
const prose = fc.array(words, { minLength: 1, maxLength: 4 }).map((lines) => lines.join('\n'));
const localized = (text: fc.Arbitrary<string>) => fc.record({ fr: text, en: text }, { requiredKeys: ['fr'] });
const degrees = (most: number) =>
  fc.double({ min: -most, max: most, noNaN: true }).map((x) => Math.round(x * 1e9) / 1e9 + 0);
const minutes = fc.integer({ min: 0, max: 1440 });
const anyTour = fc.record(
  {
    slug: fc.constant('balade'),
    title: localized(words),
    stops: fc
      .array(
        fc.record(
          {
            id: fc.uuid({ version: 7 }),
            title: localized(words),
            text: localized(prose),
            position: fc.record(
              { lat: degrees(90), lon: degrees(180), approximate: fc.constant(true as const) },
              { requiredKeys: ['lat', 'lon'] },
            ),
            address: words,
            dwell: minutes,
            after: minutes,
          },
          { requiredKeys: ['id', 'title', 'position'] },
        ),
        { minLength: 1, maxLength: 6 },
      )
      .map((stops) => stops.filter((stop, i) => stops.findIndex((other) => other.id === stop.id) === i)),
    approximate: fc.constant(true as const),
    length: fc.integer({ min: 1, max: 100_000 }),
  },
  { requiredKeys: ['slug', 'title', 'stops'] },
);

describe('our own tours', () => {
  test('come back from GPX as they went, in both languages, with all that only we know', () => {
    fc.assert(
      fc.property(anyTour, (tour) => {
        const { slug: _, ...rest } = tour;
        expect(imported(read(tourToGpx(tour, { language: 'fr', url: 'https://x.example/?a=1&b=2' })))!.tour).toEqual(
          rest,
        );
      }),
      { numRuns: 200 },
    );
  });

  test('a line comes back to the last digit', () => {
    // Points that no thinning out takes away.
    const zigzag = fc.array(fc.tuple(degrees(80), degrees(170)), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(zigzag, (route) => {
        const tour: Tour = {
          slug: 'x',
          title: { fr: 'x' },
          stops: [{ id: newId(), title: { fr: 'a' }, position: { lat: 1, lon: 1 } }],
          route,
        };
        expect(read(tourToGpx(tour, { language: 'fr' })).tracks[0]).toEqual(route.map(([lat, lon]) => ({ lat, lon })));
      }),
    );
  });

  test('what is taken from a file is a tour that the server takes', () => {
    for (const file of [GARMIN, BROUTER, GPX_1_0]) {
      const { tour } = imported(read(file))!;
      const stops =
        tour.stops.length > 0 ? tour.stops : [{ id: newId(), title: { fr: 'a' }, position: { lat: 1, lon: 1 } }];
      expect(v.safeParse(tourSchema, { slug: 'x', title: { fr: 'x' }, ...tour, stops }).issues).toBeUndefined();
    }
    expect(imported(read('<gpx/>'))).toBeUndefined();
  });

  test('characters that XML does not have are left out, and everything else arrives', () => {
    const title = { fr: 'a\u0000b\ud800c]]>&amp;<é"\'' };
    const tour: Tour = { slug: 'x', title, stops: [{ id: newId(), title, position: { lat: 1e-7, lon: -1e-9 } }] };
    const back = imported(read(tourToGpx(tour, { language: 'fr' })))!.tour;
    expect(back.title).toEqual({ fr: 'abc]]>&amp;<é"\'' });
    expect(back.stops[0]!.position).toEqual({ lat: 1e-7, lon: -1e-9 });
  });

  test('GeoJSON has the line and the numbered stops, longitude first', () => {
    const tour: Tour = {
      slug: 'x',
      title: { fr: 'x' },
      stops: [{ id: newId(), title: { fr: 'a' }, position: { lat: 1, lon: 2, approximate: true }, dwell: 5 }],
      route: [
        [1, 2],
        [3, 4],
      ],
    };
    const { features } = JSON.parse(tourToGeoJson(tour)) as {
      features: { geometry: { coordinates: unknown }; properties: object }[];
    };
    expect(features[0]!.geometry.coordinates).toEqual([
      [2, 1],
      [4, 3],
    ]);
    expect(features[1]!.geometry.coordinates).toEqual([2, 1]);
    expect(features[1]!.properties).toMatchObject({ number: 1, dwell: 5, approximate: true });
  });
});
