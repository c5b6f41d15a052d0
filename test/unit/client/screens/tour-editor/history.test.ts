import { describe, expect, it } from 'vitest';
import type { DraftStop, TourDraft } from '#client/screens/tour-editor/draft.ts';
import { begun, changed, doneAgain, takenBack } from '#client/screens/tour-editor/history.ts';

const stop = (id: string, change: Partial<DraftStop> = {}): DraftStop => ({
  id,
  title: { fr: id },
  text: {},
  lat: 43.6,
  lon: 3.88,
  address: '',
  approximate: false,
  ...change,
});
const draft: TourDraft = { title: { fr: 'Balade' }, stops: [stop('a'), stop('b')], route: [], approximate: false };
const titled = (fr: string): TourDraft => ({ ...draft, title: { fr } });
const withFirst = (change: Partial<DraftStop>): TourDraft => ({
  ...draft,
  stops: [stop('a', change), draft.stops[1]!],
});

/** What each "Annuler" brings back, until there is nothing more. */
function allTakenBack(history: ReturnType<typeof begun>): TourDraft[] {
  const found: TourDraft[] = [];
  for (let now = history; now.undo.length > 0;) found.push((now = takenBack(now)).draft);
  return found;
}

describe('taking back', () => {
  it('takes back what was written in a field at once, and not letter by letter', () => {
    let now = begun(draft);
    for (const [i, text] of ['Balades', 'Balades ', 'Balades d', 'Balades du'].entries())
      now = changed(now, titled(text), i * 200);
    expect(allTakenBack(now)).toEqual([draft]);
  });

  it('keeps apart what was written in two fields, and after a rest', () => {
    let now = changed(begun(draft), withFirst({ text: { fr: 'L' } }), 0);
    now = changed(now, withFirst({ text: { fr: 'La' } }), 100);
    const french = now.draft;
    now = changed(now, withFirst({ text: { fr: 'La', en: 'T' } }), 200);
    const both = now.draft;
    now = changed(now, withFirst({ text: { fr: 'La', en: 'Th' } }), 5000);
    expect(allTakenBack(now)).toEqual([both, french, draft]);
  });

  it('makes each move, each new stop and each change of order a step', () => {
    const moved = withFirst({ lat: 43.7, lon: 3.9 });
    const movedOn = withFirst({ lat: 43.8, lon: 3.95 });
    const more = { ...movedOn, stops: [...movedOn.stops, stop('c')] };
    const turned = { ...more, stops: more.stops.toReversed() };
    const now = [moved, movedOn, more, turned].reduce((history, next) => changed(history, next, 0), begun(draft));
    expect(allTakenBack(now)).toEqual([more, movedOn, moved, draft]);
  });

  it('does again what was taken back, until something else is changed', () => {
    const [one, two] = [withFirst({ approximate: true }), { ...draft, approximate: true }];
    const now = takenBack(takenBack(changed(changed(begun(draft), one, 0), two, 0)));
    expect(now.draft).toBe(draft);
    expect(doneAgain(now).draft).toBe(one);
    expect(doneAgain(doneAgain(doneAgain(now))).draft).toBe(two);
    expect(doneAgain(changed(now, titled('Autre'), 0)).draft).toEqual(titled('Autre'));
  });

  it('has nothing to take back at the beginning', () => {
    expect(takenBack(begun(draft)).draft).toBe(draft);
  });
});
