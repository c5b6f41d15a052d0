import type { ComponentType } from 'react';
import { beside } from '#client/components/beside.ts';
import { firstPaint } from '#client/hooks/first-paint.ts';
import { allTexts } from '#client/i18n/i18n.ts';

/** A part that the first page does without, with words that the first page does not bring. */
function later<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  return beside(async () => {
    const part = await load();
    await allTexts();
    return part;
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
export const EmptyResult = later(async () => (await import('./empty-result.tsx')).EmptyResult);
export const TimetableView = later(async () => (await import('./timetable-view.tsx')).TimetableView);
export const Featured = later(async () => {
  // Room is kept for it, and the list comes first.
  await firstPaint(3000);
  return (await import('./featured.tsx')).Featured;
});
export const NearTool = later(async () => (await import('./near-tool.tsx')).NearTool);
