import type { ProgrammeEvent, Venue } from '#domain/programme.ts';
import { textIn } from '#domain/text.ts';
import { some } from './texts.ts';
import type { EventWriter, Written } from './written.ts';
import { addressLine, mainLanguage, pageOf, zoned } from './written.ts';

/**
 * The places of a programme as GeoJSON (RFC 7946): one feature for each venue of an event, one without a geometry for what has
 * no known position. A position placed by hand says so.
 */
export const geoJsonWriter: EventWriter = {
  start: () => '{"type":"FeatureCollection","features":[',
  event: (event, written, before) => {
    const venues = event.attendanceMode === 'online' ? [] : event.venues;
    const features = (venues.length > 0 ? venues : [undefined]).map((venue) =>
      JSON.stringify(featureOf(event, venue, written)),
    );
    return `${before === 0 ? '' : ','}\n${features.join(',\n')}`;
  },
  end: () => '\n]}\n',
};

function featureOf(event: ProgrammeEvent, venue: Venue | undefined, written: Written): Record<string, unknown> {
  const lang = mainLanguage(event);
  const sessions = event.sessions.filter(
    (s) => s.venueId === undefined || venue === undefined || s.venueId === venue.id,
  );
  const slots = sessions.map(({ slot }) => slot).toSorted((a, b) => (a.date < b.date ? -1 : 1));
  const [first, last] = [slots[0], slots.at(-1)];
  const summary = textIn(event.summary, lang).text;
  return {
    type: 'Feature',
    id: venue && event.venues.length > 1 ? `${event.id}/${venue.id}` : event.id,
    geometry: venue?.position ? { type: 'Point', coordinates: [venue.position.lon, venue.position.lat] } : null,
    properties: {
      event: event.id,
      title: textIn(event.title, lang).text,
      ...(summary ? { summary } : {}),
      language: lang,
      url: pageOf(written, event),
      format: event.format,
      status: event.status,
      attendanceMode: event.attendanceMode,
      region: event.region,
      ...some('department', event.department),
      ...(first ? { start: first.start ? zoned(first.date, first.start, first.zone) : first.date } : {}),
      ...(last ? { lastDay: last.endDate ?? last.date } : {}),
      sessions: sessions.length,
      ...(venue ? { venue: venue.name, address: addressLine(venue) } : {}),
      ...(venue?.position?.approximate ? { approximate: true } : {}),
    },
  };
}
