import type { Format } from '#client/i18n/format.ts';
import type { Translate } from '#client/i18n/i18n.ts';
import type { Cluster } from '#client/map/clusters.ts';
import { textIn } from '#domain/text.ts';

/** Titles that are read out before the others are only counted. */
const TITLES = 3;

/** What a screen reader says of a marker: what takes place there, and where. */
export function markerName(cluster: Cluster, t: Translate, format: Format): string {
  const { places } = cluster;
  const cards = [...new Set(places.flatMap((place) => place.cards))];
  const [first] = places;
  const city = first?.city ?? first?.name ?? '';
  if (places.length > 1) {
    const place = places.every((one) => one.city === first?.city) ? city : t('map.marker.around', { city });
    return t('map.marker.cluster', { n: cards.length, places: places.length, place });
  }
  const place = [first?.name, first?.city].filter(Boolean).join(', ');
  const titles = cards.map((card) => textIn(card.title, format.language).text);
  const name =
    cards.length === 1
      ? t('map.marker.one', { title: titles[0]!, place })
      : t('map.marker.events', { n: cards.length, place, titles: someOf(titles, t, format) });
  return first?.position.approximate ? `${name}, ${t('map.marker.approximate')}` : name;
}

function someOf(titles: readonly string[], t: Translate, format: Format): string {
  if (titles.length <= TITLES) return format.list(titles);
  const rest = titles.length - TITLES;
  return t('map.marker.others', { titles: titles.slice(0, TITLES).join(', '), n: rest });
}
