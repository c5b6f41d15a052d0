import type { LocalDate } from '#domain/dates.ts';
import type { EventCard } from '#domain/event-card.ts';
import type { Edition } from '#domain/programme.ts';
import { accessibilityCodes, audiences, eventFormats } from '#domain/programme.ts';
import type { FilterKey, ProgrammeFilter } from '#domain/programme-filter.ts';
import { departmentOf, regionOf, regionsAndNational } from '#domain/regions.ts';
import { textIn } from '#domain/text.ts';
import type { Format } from '#client/i18n/format.ts';
import type { Translate } from '#client/i18n/i18n.ts';
import type { Option } from './field.tsx';

/** What can be chosen: only what the programme has. A value that stands in the address is there all the same. */
export interface FilterOptions {
  readonly region: readonly Option[];
  readonly department: readonly Option[];
  readonly format: readonly Option[];
  readonly public: readonly Option[];
  readonly theme: readonly Option[];
  readonly day: readonly Option[];
  readonly mode: readonly Option[];
  readonly access: readonly Option[];
}

export interface Words {
  readonly t: Translate;
  readonly format: Format;
  readonly edition: Edition | undefined;
}

export function filterOptions(
  cards: readonly EventCard[],
  days: readonly LocalDate[],
  filter: ProgrammeFilter,
  words: Words,
): FilterOptions {
  const values = valuesOf(cards);
  const departments = filter.region
    ? (values.departments.get(filter.region) ?? [])
    : [...values.departments.values()].flatMap((ofRegion) => [...ofRegion]);
  const withChosen = (key: 'region' | 'format' | 'public' | 'theme' | 'department', found: Iterable<string>) => {
    const chosen = filter[key];
    return new Set(chosen ? [...found, chosen] : found);
  };
  const found = {
    region: withChosen('region', values.departments.keys()),
    department: withChosen('department', departments),
    format: withChosen('format', values.formats),
    public: withChosen('public', values.audiences),
    theme: withChosen('theme', values.themes),
  };
  const option = (key: FilterKey) => (value: string) => ({ value, label: valueText(key, value, words) });
  const byName = (a: Option, b: Option) => words.format.compare(a.label, b.label);
  return {
    region: regionsAndNational.filter((region) => found.region.has(region.code)).map((r) => option('region')(r.code)),
    department: [...found.department].map(option('department')).toSorted(byName),
    format: eventFormats
      .filter((format) => found.format.has(format))
      .map(option('format'))
      .toSorted(byName),
    public: audiences.filter((audience) => found.public.has(audience)).map(option('public')),
    theme: [...found.theme].map(option('theme')).toSorted(byName),
    day: days.map(option('from')),
    mode: (['on_site', 'online'] as const).map(option('mode')),
    access: accessibilityCodes
      .filter((code) => values.access.has(code) || filter.access === code)
      .map(option('access')),
  };
}

/** What occurs in a programme. */
interface Values {
  readonly departments: ReadonlyMap<string, ReadonlySet<string>>;
  readonly formats: ReadonlySet<string>;
  readonly audiences: ReadonlySet<string>;
  readonly themes: ReadonlySet<string>;
  readonly access: ReadonlySet<string>;
}

// Gone through once a programme, not once a key typed.
const known = new WeakMap<readonly EventCard[], Values>();

function valuesOf(cards: readonly EventCard[]): Values {
  const before = known.get(cards);
  if (before) return before;
  const departments = new Map<string, Set<string>>();
  const formats = new Set<string>();
  const audiences = new Set<string>();
  const themes = new Set<string>();
  const access = new Set<string>();
  for (const card of cards) {
    let ofRegion = departments.get(card.region);
    if (!ofRegion) departments.set(card.region, (ofRegion = new Set()));
    if (card.department) ofRegion.add(card.department);
    formats.add(card.format);
    for (const audience of card.audiences) audiences.add(audience);
    for (const theme of card.themes) themes.add(theme);
    for (const code of card.accessibility) access.add(code);
  }
  const values = { departments, formats, audiences, themes, access };
  known.set(cards, values);
  return values;
}

/** A part of a filter as a person reads it. */
export function valueText(key: FilterKey, value: string, { t, format, edition }: Words): string {
  switch (key) {
    case 'region': {
      const region = regionOf(value);
      return region ? textIn(region.name, format.language).text : value;
    }
    case 'department':
      return departmentOf(value)?.name ?? value;
    case 'format':
      return t(`format.${value}`);
    case 'public':
      return t(`audience.${value}`);
    case 'theme': {
      const theme = edition?.themes.find((one) => one.code === value);
      return theme ? textIn(theme.label, format.language).text : value;
    }
    case 'from':
    case 'to':
      return format.day(value, 'weekday');
    case 'when':
      return t(`programme.when.${value}`);
    case 'mode':
      return t(`mode.${value}`);
    case 'places':
      return t('programme.places.free');
    case 'access':
      return t(`programme.access.${value}`);
    case 'q':
    default:
      return value;
  }
}
