import type { Zone } from './dates.ts';
import type { DepartmentCode, RegionCode } from './programme.ts';
import type { LocalizedText } from './text.ts';

/**
 * Regions and départements of France with the codes of INSEE's code officiel géographique, as they stand since 2016.
 * A programme of another country brings its own; nothing else in the code knows these names.
 */
export interface Region {
  readonly code: RegionCode;
  readonly name: LocalizedText;
  readonly zone: Zone;
}

export interface Department {
  readonly code: DepartmentCode;
  readonly name: string;
  readonly region: RegionCode;
}

/** The part of a programme that belongs to no region: national and online. */
export const NATIONAL: RegionCode = 'FR';

const METROPOLITAN: Zone = 'Europe/Paris';

const region = (code: RegionCode, fr: string, en: string, zone: Zone = METROPOLITAN): Region => ({
  code,
  name: { fr, en },
  zone,
});

/** The eighteen regions in the order of their French names, the five overseas ones last. */
export const regions: readonly Region[] = [
  region('84', 'Auvergne-Rhône-Alpes', 'Auvergne-Rhône-Alpes'),
  region('27', 'Bourgogne-Franche-Comté', 'Burgundy-Franche-Comté'),
  region('53', 'Bretagne', 'Brittany'),
  region('24', 'Centre-Val de Loire', 'Centre-Val de Loire'),
  region('94', 'Corse', 'Corsica'),
  region('44', 'Grand Est', 'Grand Est'),
  region('32', 'Hauts-de-France', 'Hauts-de-France'),
  region('11', 'Île-de-France', 'Île-de-France'),
  region('28', 'Normandie', 'Normandy'),
  region('75', 'Nouvelle-Aquitaine', 'Nouvelle-Aquitaine'),
  region('76', 'Occitanie', 'Occitania'),
  region('52', 'Pays de la Loire', 'Pays de la Loire'),
  region('93', "Provence-Alpes-Côte d'Azur", "Provence-Alpes-Côte d'Azur"),
  region('01', 'Guadeloupe', 'Guadeloupe', 'America/Guadeloupe'),
  region('03', 'Guyane', 'French Guiana', 'America/Cayenne'),
  region('02', 'Martinique', 'Martinique', 'America/Martinique'),
  region('06', 'Mayotte', 'Mayotte', 'Indian/Mayotte'),
  region('04', 'La Réunion', 'Réunion', 'Indian/Reunion'),
];

export const nationalRegion: Region = region(NATIONAL, 'National et en ligne', 'National and online');

/** `FR` first, then the regions: the order of a list to choose from. */
export const regionsAndNational: readonly Region[] = [nationalRegion, ...regions];

const DEPARTMENTS: readonly (readonly [DepartmentCode, string, RegionCode])[] = [
  ['01', 'Ain', '84'],
  ['02', 'Aisne', '32'],
  ['03', 'Allier', '84'],
  ['04', 'Alpes-de-Haute-Provence', '93'],
  ['05', 'Hautes-Alpes', '93'],
  ['06', 'Alpes-Maritimes', '93'],
  ['07', 'Ardèche', '84'],
  ['08', 'Ardennes', '44'],
  ['09', 'Ariège', '76'],
  ['10', 'Aube', '44'],
  ['11', 'Aude', '76'],
  ['12', 'Aveyron', '76'],
  ['13', 'Bouches-du-Rhône', '93'],
  ['14', 'Calvados', '28'],
  ['15', 'Cantal', '84'],
  ['16', 'Charente', '75'],
  ['17', 'Charente-Maritime', '75'],
  ['18', 'Cher', '24'],
  ['19', 'Corrèze', '75'],
  ['2A', 'Corse-du-Sud', '94'],
  ['2B', 'Haute-Corse', '94'],
  ['21', "Côte-d'Or", '27'],
  ['22', "Côtes-d'Armor", '53'],
  ['23', 'Creuse', '75'],
  ['24', 'Dordogne', '75'],
  ['25', 'Doubs', '27'],
  ['26', 'Drôme', '84'],
  ['27', 'Eure', '28'],
  ['28', 'Eure-et-Loir', '24'],
  ['29', 'Finistère', '53'],
  ['30', 'Gard', '76'],
  ['31', 'Haute-Garonne', '76'],
  ['32', 'Gers', '76'],
  ['33', 'Gironde', '75'],
  ['34', 'Hérault', '76'],
  ['35', 'Ille-et-Vilaine', '53'],
  ['36', 'Indre', '24'],
  ['37', 'Indre-et-Loire', '24'],
  ['38', 'Isère', '84'],
  ['39', 'Jura', '27'],
  ['40', 'Landes', '75'],
  ['41', 'Loir-et-Cher', '24'],
  ['42', 'Loire', '84'],
  ['43', 'Haute-Loire', '84'],
  ['44', 'Loire-Atlantique', '52'],
  ['45', 'Loiret', '24'],
  ['46', 'Lot', '76'],
  ['47', 'Lot-et-Garonne', '75'],
  ['48', 'Lozère', '76'],
  ['49', 'Maine-et-Loire', '52'],
  ['50', 'Manche', '28'],
  ['51', 'Marne', '44'],
  ['52', 'Haute-Marne', '44'],
  ['53', 'Mayenne', '52'],
  ['54', 'Meurthe-et-Moselle', '44'],
  ['55', 'Meuse', '44'],
  ['56', 'Morbihan', '53'],
  ['57', 'Moselle', '44'],
  ['58', 'Nièvre', '27'],
  ['59', 'Nord', '32'],
  ['60', 'Oise', '32'],
  ['61', 'Orne', '28'],
  ['62', 'Pas-de-Calais', '32'],
  ['63', 'Puy-de-Dôme', '84'],
  ['64', 'Pyrénées-Atlantiques', '75'],
  ['65', 'Hautes-Pyrénées', '76'],
  ['66', 'Pyrénées-Orientales', '76'],
  ['67', 'Bas-Rhin', '44'],
  ['68', 'Haut-Rhin', '44'],
  ['69', 'Rhône', '84'],
  ['70', 'Haute-Saône', '27'],
  ['71', 'Saône-et-Loire', '27'],
  ['72', 'Sarthe', '52'],
  ['73', 'Savoie', '84'],
  ['74', 'Haute-Savoie', '84'],
  ['75', 'Paris', '11'],
  ['76', 'Seine-Maritime', '28'],
  ['77', 'Seine-et-Marne', '11'],
  ['78', 'Yvelines', '11'],
  ['79', 'Deux-Sèvres', '75'],
  ['80', 'Somme', '32'],
  ['81', 'Tarn', '76'],
  ['82', 'Tarn-et-Garonne', '76'],
  ['83', 'Var', '93'],
  ['84', 'Vaucluse', '93'],
  ['85', 'Vendée', '52'],
  ['86', 'Vienne', '75'],
  ['87', 'Haute-Vienne', '75'],
  ['88', 'Vosges', '44'],
  ['89', 'Yonne', '27'],
  ['90', 'Territoire de Belfort', '27'],
  ['91', 'Essonne', '11'],
  ['92', 'Hauts-de-Seine', '11'],
  ['93', 'Seine-Saint-Denis', '11'],
  ['94', 'Val-de-Marne', '11'],
  ['95', "Val-d'Oise", '11'],
  ['971', 'Guadeloupe', '01'],
  ['972', 'Martinique', '02'],
  ['973', 'Guyane', '03'],
  ['974', 'La Réunion', '04'],
  ['976', 'Mayotte', '06'],
];

/** The 101 départements in the order of their codes. */
export const departments: readonly Department[] = DEPARTMENTS.map(([code, name, of]) => ({ code, name, region: of }));

const regionByCode = new Map(regionsAndNational.map((r) => [r.code, r]));
const departmentByCode = new Map(departments.map((d) => [d.code, d]));

/** The region of a code, `FR` included; undefined for a code that is none. */
export function regionOf(code: RegionCode): Region | undefined {
  return regionByCode.get(code);
}

export function departmentOf(code: DepartmentCode): Department | undefined {
  return departmentByCode.get(code);
}

/** A region's départements in the order of their codes; none for `FR`. */
export function departmentsOf(code: RegionCode): readonly Department[] {
  return departments.filter((d) => d.region === code);
}

export function regionOfDepartment(code: DepartmentCode): RegionCode | undefined {
  return departmentByCode.get(code)?.region;
}

/** The zone of a region's clocks; metropolitan France's for `FR` and for a code that is no region. */
export function zoneOfRegion(code: RegionCode): Zone {
  return regionByCode.get(code)?.zone ?? METROPOLITAN;
}

/**
 * The département that La Poste's five digits begin with: Corsica's 20 is 2A up to 201xx and 2B from 202xx on, overseas
 * takes three digits. Undefined for what is no French postal code, for the collectivités that are no département
 * (Saint-Pierre-et-Miquelon, Saint-Barthélemy and Saint-Martin, the Pacific) and for army codes.
 */
export function departmentOfPostalCode(postalCode: string): Department | undefined {
  const digits = postalCode.replace(/\s/g, '');
  if (!/^\d{5}$/.test(digits)) return undefined;
  if (digits === '97133' || digits === '97150') return undefined;
  const start = digits.slice(0, 2);
  if (start === '20') return departmentByCode.get(digits < '20200' ? '2A' : '2B');
  return departmentByCode.get(start === '97' ? digits.slice(0, 3) : start);
}
