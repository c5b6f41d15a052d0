import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import {
  draftOf,
  newStop,
  problemsOf,
  readPoints,
  shifted,
  tourOf,
  untranslated,
  withStop,
  writePoints,
} from '#client/screens/tour-editor/draft.ts';
import { editedTour } from '#protocol/desk-tour.ts';
import type { Tour } from '#domain/programme.ts';

const at = { lat: 43.61, lon: 3.88 };
const tour: Tour = {
  slug: 'x',
  title: { fr: 'Balade', en: 'Walk' },
  stops: [
    {
      id: randomUUID(),
      title: { fr: 'Un', en: 'One' },
      text: { fr: 'a' },
      position: { ...at, approximate: true },
      dwell: 5,
    },
    { id: randomUUID(), title: { fr: 'Deux' }, position: at, address: '1 rue', after: 30 },
  ],
  route: [
    [43.61, 3.88],
    [43.62, 3.89],
  ],
  approximate: true,
};

describe('the draft of a tour', () => {
  test('a tour goes through a draft unchanged, and the server takes it', () => {
    const { slug: _, ...rest } = tour;
    const back = tourOf(draftOf(tour, {}));
    expect(back).toEqual(rest);
    expect(v.is(editedTour, back)).toBe(true);
  });

  test('what is empty is left out, and what is missing is named', () => {
    const stop = newStop(randomUUID(), at);
    const draft = { ...draftOf(undefined, {}), stops: [stop] };
    expect(problemsOf(draft)).toEqual([{ kind: 'no_title' }, { kind: 'stop_title', stop: 0 }]);
    expect(problemsOf(draftOf(undefined, { fr: 'x' }))).toEqual([{ kind: 'no_stop' }]);
    const wrong = withStop(draft, stop.id, { title: { fr: ' Ici ' }, lat: Number.NaN, dwell: -1 });
    expect(problemsOf({ ...wrong, title: { fr: 'x' } }).map((one) => one.kind)).toEqual([
      'stop_position',
      'stop_minutes',
    ]);
    const right = withStop(draft, stop.id, { title: { fr: ' Ici ', en: '  ' }, text: { en: '' } });
    expect(tourOf({ ...right, title: { fr: 'x' } }).stops[0]).toEqual({
      id: stop.id,
      title: { fr: 'Ici' },
      position: at,
    });
    expect(tourOf({ ...right, title: { fr: 'x' }, route: [at] }).route).toBeUndefined();
  });

  test('stops change places, and those at the ends stay', () => {
    const draft = draftOf(tour, {});
    const [first, second] = draft.stops;
    expect(shifted(draft, first!.id, 1).stops.map((one) => one.id)).toEqual([second!.id, first!.id]);
    expect(shifted(draft, first!.id, -1)).toBe(draft);
    expect(shifted(draft, 'nobody', 1)).toBe(draft);
  });

  test('says which stops are in one language only', () => {
    expect(untranslated(draftOf(tour, {}))).toEqual([0, 1]);
    const both = { ...tour, stops: [{ ...tour.stops[0]!, text: { fr: 'a', en: 'b' } }] };
    expect(untranslated(draftOf(both, {}))).toEqual([]);
  });

  test('points are typed a line each, and a line that is none is named', () => {
    const read = readPoints('43.61, 3.88\n\n -1.5;2 \n');
    expect(read).toEqual({ kind: 'read', points: [at, { lat: -1.5, lon: 2 }] });
    expect(readPoints('43.61, 3.88\nici')).toEqual({ kind: 'bad', line: 2 });
    expect(readPoints('91, 0')).toEqual({ kind: 'bad', line: 1 });
    expect(readPoints(writePoints([at, at]))).toEqual({ kind: 'read', points: [at, at] });
  });
});
