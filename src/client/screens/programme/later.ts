import type { ComponentType } from 'react';
import { lazy } from 'react';
import { allTexts } from '#client/i18n/i18n.ts';

/** A part that the first page does not need, fetched with its words. */
function later<Name extends string, Props extends object>(
  load: () => Promise<Record<Name, ComponentType<Props>>>,
  name: Name,
) {
  return lazy(async () => {
    const [module] = await Promise.all([load(), allTexts()]);
    return { default: module[name] };
  });
}

export const TimetableView = later(() => import('./timetable-view.tsx'), 'TimetableView');
export const Featured = later(() => import('./featured.tsx'), 'Featured');
export const NearTool = later(() => import('./near-tool.tsx'), 'NearTool');
