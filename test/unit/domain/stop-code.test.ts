import { describe, expect, it } from 'vitest';
import { readStopCode, stopCode } from '#domain/stop-code.ts';

const STOP = '3f50dd6b-3dce-8eb2-b91b-9450e5f95841';

describe('the code of a stop', () => {
  it('comes back with its tour, wherever the app stands', () => {
    const text = stopCode('https://escale.example', 'balade-guidee', STOP);
    expect(text).toBe(`https://escale.example/balades/balade-guidee#etape=${STOP}`);
    expect(readStopCode(text)).toEqual({ tour: 'balade-guidee', stop: STOP });
    expect(readStopCode(`#etape=${STOP}`)).toEqual({ stop: STOP });
  });

  it.each([
    ['', 'nothing'],
    ['https://escale.example/balades/balade-guidee', 'a tour without a stop'],
    [`https://escale.example/balades/x#etape=${STOP}0`, 'more than an id'],
    ['https://escale.example/balades/x#etape=------------------------------------', 'no id'],
    [`https://escale.example/balades/x#etape=${STOP.toUpperCase()}`, 'another writing'],
    [`#etape=${STOP}\n<b>`, 'something behind it'],
    ['WIFI:T:WPA;S:Salle;P:secret;;', 'the key of a network'],
  ])('is not read out of %j: %s', (text) => {
    expect(readStopCode(text)).toBeUndefined();
  });
});
