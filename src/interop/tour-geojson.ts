import type { Tour } from '#domain/programme.ts';

/** A tour as GeoJSON (RFC 7946): its line, when it has one, and its stops in their order. */
export function tourToGeoJson(tour: Tour, url?: string): string {
  const features = [
    ...(tour.route
      ? [
          {
            type: 'Feature',
            geometry: { type: 'LineString', coordinates: tour.route.map(([lat, lon]) => [lon, lat]) },
            properties: {
              kind: 'route',
              title: tour.title,
              ...(url === undefined ? {} : { url }),
              ...(tour.length === undefined ? {} : { length: tour.length }),
              ...(tour.approximate ? { approximate: true } : {}),
            },
          },
        ]
      : []),
    ...tour.stops.map(({ id, position, ...stop }, i) => ({
      type: 'Feature',
      id,
      geometry: { type: 'Point', coordinates: [position.lon, position.lat] },
      properties: {
        kind: 'stop',
        number: i + 1,
        ...stop,
        ...(position.approximate ? { approximate: true } : {}),
      },
    })),
  ];
  return `${JSON.stringify({ type: 'FeatureCollection', features })}\n`;
}
