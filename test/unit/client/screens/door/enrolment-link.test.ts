import { describe, expect, test } from 'vitest';
import { readEnrolmentCode } from '#client/screens/door/enrolment-link.ts';

const CODE = '0123456789ABCDEFGHJK';

describe('an enrolment code', () => {
  test('is read from a link, alone, in small letters and in groups', () => {
    for (const text of [
      `https://escale.example/emargement#enrolement=${CODE}`,
      `  ${CODE}\n`,
      CODE.toLowerCase(),
      '01234-56789-ABCDE-FGHJK',
      'O1234 56789 ABCDE FGHJK',
      'oi234 56789 abcde fghjk',
    ])
      expect(readEnrolmentCode(text)).toBe(CODE);
  });

  test('is not made of anything else', () => {
    for (const text of [
      '',
      CODE.slice(1),
      `${CODE}0`,
      'https://escale.example/emargement',
      'https://escale.example/emargement#enrolement=',
      `https://escale.example/?enrolement=${CODE}`,
      '%E0%A4%A'.repeat(3),
      'U'.repeat(20),
    ])
      expect(readEnrolmentCode(text)).toBeUndefined();
  });
});
