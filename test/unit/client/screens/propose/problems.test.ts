import { describe, expect, it } from 'vitest';
import type { ProposalContent } from '#domain/proposal.ts';
import { problemsOf } from '#domain/proposal-check.ts';
import { belongsTo, fieldId } from '#client/screens/propose/fields.ts';
import { inPageOrder, pathOf, sentenceOf } from '#client/screens/propose/problems.ts';
import { sources } from '../../../../support/sources.ts';
import { anEdition } from '../../../../support/test-app.ts';
import { id } from '../../../domain/an-event.ts';

const wrong: ProposalContent = {
  title: { fr: 'Titre', en: 'x'.repeat(141) },
  attendanceMode: 'on_site',
  venues: [{ id: id(1), name: '' }],
  sessions: [{ id: id(2), slot: { date: '', zone: 'Europe/Paris' } }],
  registration: { mode: 'external', url: 'nulle part' },
  bodies: [{ name: 'CNAV', url: 'ici' }],
  contacts: [
    { kind: 'phone', value: '??' },
    { kind: 'email', value: 'a@ville.example' },
    { kind: 'phone', value: '!' },
  ],
  links: [{ label: 'Ici', url: 'ici' }],
  image: { url: 'https://ville.example/a.jpg' },
  registrationForm: { questions: [{ id: id(3), text: {}, kind: 'text', required: false }] },
};
const found = inPageOrder(
  problemsOf(wrong, { edition: { ...anEdition, kind: 'current' }, today: '2026-11-01' }),
  wrong,
);

describe('what is wrong with a proposal', () => {
  it('leads to the control where it is mended, in the order of the page', () => {
    expect(found.map((problem) => pathOf(problem, wrong))).toEqual([
      'title.en',
      'summary',
      'format',
      'audiences',
      'sessions.0.date',
      'venues.0.name',
      'region',
      'registration.url',
      'registrationForm.questions.0.text',
      'image.alt',
      'image.licence',
      'organisers',
      'bodies.0.url',
      'contacts.phone',
      'contacts.phone.1',
      'privateContact.email',
      'links.0.url',
    ]);
  });

  it('has a sentence in the catalogue', () => {
    const [catalogue] = sources('src/client/i18n/locales/fr/propose.po');
    for (const problem of found) expect(catalogue!.text).toContain(`msgid "${sentenceOf(problem)}"`);
  });

  it('is of a field when one of its parts was left', () => {
    expect(belongsTo('title', fieldId('title.en'))).toBe(true);
    expect(belongsTo('sessions.1.date', fieldId('sessions.10.date'))).toBe(false);
    expect(belongsTo('age', fieldId('agenda'))).toBe(false);
  });
});
