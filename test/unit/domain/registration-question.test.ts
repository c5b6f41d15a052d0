import { describe, expect, test } from 'vitest';
import type { CarriedRequest } from '#domain/request-code.ts';
import { entryOfRequest, readRequest, requestBody, requestText } from '#domain/request-code.ts';
import type { RegistrationForm } from '#domain/registration-question.ts';
import { fittingAnswers, gapsOf, MAX_ANSWER, toldAtDoor } from '#domain/registration-question.ts';

const id = (n: number) => `00000000-0000-7000-8000-00000000000${n}`;
const [service, meal, lift, wish] = [id(1), id(2), id(3), id(4)];
const form: RegistrationForm = {
  namesRequired: true,
  questions: [
    { id: service, text: { fr: 'Votre service' }, kind: 'text', required: true },
    {
      id: meal,
      text: { fr: 'Repas' },
      kind: 'choice',
      options: [{ fr: 'Viande' }, { fr: 'Végétarien' }],
      required: true,
      perPerson: true,
      atDoor: true,
    },
    { id: lift, text: { fr: 'Ascenseur' }, kind: 'yes_no', required: false, atDoor: true },
    { id: wish, text: { fr: 'Un souhait' }, kind: 'text', required: false },
  ],
};
const whole = {
  answers: { [service]: 'Voirie', [lift]: 'yes' },
  people: [{ answers: { [meal]: '0' } }, { name: 'Paul Œuf', answers: { [meal]: '1' } }],
};

describe('a form', () => {
  test('asks for what is required, of the party and of each person, and takes no answer that is none', () => {
    expect(gapsOf(form, 2, whole)).toEqual([]);
    expect(gapsOf(undefined, 9, {})).toEqual([]);
    expect(
      gapsOf(form, 2, { answers: { [service]: ' ', [lift]: 'perhaps' }, people: [{ answers: { [meal]: '2' } }] }),
    ).toEqual([
      { kind: 'answer', questionId: service },
      { kind: 'answer', questionId: lift },
      { kind: 'answer', questionId: meal, person: 0 },
      { kind: 'name', person: 1 },
      { kind: 'answer', questionId: meal, person: 1 },
    ]);
    expect(gapsOf(form, 1, { answers: { [service]: 'x'.repeat(MAX_ANSWER + 1) }, people: whole.people })).toEqual([
      { kind: 'answer', questionId: service },
    ]);
  });

  test('keeps what answers it and nothing else', () => {
    expect(fittingAnswers(form, 2, whole)).toEqual(whole);
    const stray = {
      answers: { [service]: ' Voirie ', [meal]: '0', [id(9)]: 'x' },
      people: [{ name: 'ignored', answers: { [lift]: 'yes' } }, { name: '  ' }, { name: 'one too many' }],
    };
    expect(fittingAnswers(form, 2, stray)).toEqual({ answers: { [service]: 'Voirie' } });
    expect(fittingAnswers(undefined, 2, { answers: { [service]: 'x' } })).toBeUndefined();
    // Without a form the names of the others are kept: nobody has to ask for them.
    expect(fittingAnswers(undefined, 3, { people: [{}, { name: 'Paul' }] })).toEqual({
      people: [{}, { name: 'Paul' }],
    });
  });

  test('tells the door the names, and of the answers those that are marked for it', () => {
    expect(toldAtDoor(form, whole)).toEqual({ answers: { [lift]: 'yes' }, people: whole.people });
    expect(toldAtDoor({ questions: [] }, { answers: whole.answers })).toBeUndefined();
  });
});

describe('P5 a carried request', () => {
  const publicKey = new Uint8Array(32).fill(7);
  const request: CarriedRequest = {
    mutationId: id(5),
    holderId: Buffer.alloc(32, 3).toString('base64url'),
    registrationId: id(6),
    eventId: id(7),
    subjectId: id(8),
    firstName: 'Hélène',
    lastName: 'Œ',
    email: 'h@exemple.fr',
    party: 2,
    language: 'fr',
    askedAt: 4_000_000_000,
  };
  const carried = (one: CarriedRequest) => requestText(requestBody(one, publicKey), new Uint8Array(64));

  test('carries what was answered, and without answers is as older doors read it', () => {
    const full = { ...request, needs: 'boucle', ...whole };
    expect(readRequest(carried(full))?.request).toEqual(full);
    expect(requestBody(full, publicKey)[0]).toBe(2);
    expect(readRequest(carried(request))?.request).toEqual(request);
    expect(requestBody(request, publicKey)[0]).toBe(1);
    const named = { ...request, people: [{}, { name: 'Zoé' }] };
    expect(readRequest(carried(named))?.request).toEqual(named);
  });

  test('cut or longer than it says it is nothing, and what is too long for a code is refused', () => {
    const text = carried({ ...request, ...whole });
    for (let cut = 1; cut < 60; cut += 7) expect(readRequest(text.slice(0, -cut * 2))).toBeUndefined();
    expect(() => carried({ ...request, answers: { [service]: 'é'.repeat(1200) } })).toThrow(RangeError);
  });

  test('shows the door what its roster will', () => {
    expect(entryOfRequest({ ...request, ...whole }, form)).toEqual({
      registrationId: id(6),
      subjectId: id(8),
      firstName: 'Hélène',
      lastName: 'Œ',
      party: 2,
      state: 'requested',
      answers: { [lift]: 'yes' },
      people: whole.people,
    });
  });
});
