import type { ComponentType } from 'react';
import { lazy } from 'react';
import { beside } from '#client/components/beside.ts';
import { firstPaint } from '#client/hooks/first-paint.ts';
import { allTexts } from '#client/i18n/i18n.ts';

/** A part that the first page does not need, fetched with its words. */
function later<Name extends string, Props extends object>(
  load: () => Promise<Record<Name, ComponentType<Props>>>,
  name: Name,
) {
  return lazy(async () => {
    const module = await load();
    await allTexts();
    return { default: module[name] };
  });
}

const filters = () => import('./filters.tsx');

/** Nobody looks for it in the first half second, and it counts what is in the list. */
export const QuickFilters = beside(
  async () => (await import('#client/components/forms/quick-filters.tsx')).QuickFilters,
);
export const FilterColumn = beside(async () => (await filters()).FilterColumn);
export const FilterSheet = beside(async () => (await filters()).FilterSheet);
export const FiltersInUse = beside(async () => (await filters()).FiltersInUse);
export const TimetableView = later(() => import('./timetable-view.tsx'), 'TimetableView');
export const Featured = later(async () => {
  // Room is kept for it, and the list comes first.
  await firstPaint(3000);
  return import('./featured.tsx');
}, 'Featured');
export const NearTool = later(() => import('./near-tool.tsx'), 'NearTool');
