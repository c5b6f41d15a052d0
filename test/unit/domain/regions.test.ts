import { expect, test } from 'vitest';
import { isZone } from '#domain/dates.ts';
import {
  departmentOf,
  departmentOfPostalCode,
  departments,
  departmentsOf,
  nationalRegion,
  regionOf,
  regionOfDepartment,
  regions,
  regionsAndNational,
  zoneOfRegion,
} from '#domain/regions.ts';

test('there are eighteen regions with distinct codes, both names and a zone that exists', () => {
  expect(regions).toHaveLength(18);
  expect(new Set(regionsAndNational.map((r) => r.code)).size).toBe(19);
  for (const { name, zone } of regionsAndNational) {
    expect(name['fr'] && name['en']).toBeTruthy();
    expect(isZone(zone)).toBe(true);
  }
  expect(regionsAndNational[0]).toBe(nationalRegion);
});

test('there are 101 départements, each in a region, in the order of their codes', () => {
  expect(departments).toHaveLength(101);
  expect(departments.every((d) => regionOf(d.region) && d.region !== 'FR')).toBe(true);
  expect(departments.slice(18, 22).map((d) => d.code)).toEqual(['19', '2A', '2B', '21']);
  expect(departments.slice(-5).map((d) => d.code)).toEqual(['971', '972', '973', '974', '976']);
  expect(regions.flatMap((r) => departmentsOf(r.code))).toHaveLength(101);
  expect(departmentsOf('FR')).toEqual([]);
});

test.each([
  ['34', '76'],
  ['2A', '94'],
  ['75', '11'],
  ['974', '04'],
  ['976', '06'],
  ['44', '52'],
])('département %s is in region %s', (department, region) => {
  expect(regionOfDepartment(department)).toBe(region);
});

test.each([
  ['34000', '34'],
  ['01000', '01'],
  ['75010', '75'],
  ['20000', '2A'],
  ['20137', '2A'],
  ['20200', '2B'],
  ['20600', '2B'],
  ['97110', '971'],
  ['97200', '972'],
  ['97300', '973'],
  ['97410', '974'],
  ['97600', '976'],
  [' 34 000 ', '34'],
])('postal code %s lies in %s', (code, department) => {
  expect(departmentOfPostalCode(code)?.code).toBe(department);
});

test.each(['', '3400', '340000', 'ABCDE', '97133', '97150', '97500', '98800', '00100', '99999'])(
  'postal code %j lies in no département',
  (code) => {
    expect(departmentOfPostalCode(code)).toBeUndefined();
  },
);

test('clocks are those of the region, and of Paris where there is none', () => {
  expect(zoneOfRegion('04')).toBe('Indian/Reunion');
  expect(zoneOfRegion('03')).toBe('America/Cayenne');
  expect(zoneOfRegion('76')).toBe('Europe/Paris');
  expect(zoneOfRegion('FR')).toBe('Europe/Paris');
  expect(zoneOfRegion('??')).toBe('Europe/Paris');
  expect(departmentOf('20')).toBeUndefined();
});
