import type { Language } from '#domain/text.ts';

interface Text {
  readonly subject: string;
  readonly text: string;
}

/** Whoever did not do it finds what to do in the last line of each. */
const careFr =
  'Si ce n’est pas vous, connectez-vous avec un code reçu par courriel, ouvrez « Mon compte » et retirez-la.';
const careEn = 'If it was not you, sign in with a code sent by e-mail, open "My account" and remove it.';

const fr = (subject: string, ...lines: readonly string[]): Text => ({
  subject,
  text: ['Bonjour,', ...lines, ''].join('\n\n'),
});
const en = (subject: string, ...lines: readonly string[]): Text => ({
  subject,
  text: ['Hello,', ...lines, ''].join('\n\n'),
});

/** The account was opened through a provider for the first time. */
export const linkedMail: Record<Language, (provider: string) => Text> = {
  fr: (provider) =>
    fr(
      `Votre compte Escale s’ouvre aussi avec ${provider}`,
      `Quelqu’un s’est connecté à votre compte avec ${provider}, qui connaît votre adresse. Cette identité ouvre désormais votre compte.`,
      careFr,
    ),
  en: (provider) =>
    en(
      `Your Escale account opens with ${provider} too`,
      `Somebody signed in to your account with ${provider}, which knows your address. That identity opens your account from now on.`,
      careEn,
    ),
};

/** A passkey was added. @param name empty when nobody knows one */
export const passkeyAddedMail: Record<Language, (name: string) => Text> = {
  fr: (name) =>
    fr(
      'Une clé d’accès ouvre votre compte Escale',
      `Une clé d’accès a été ajoutée à votre compte${name ? ` : ${name}` : ''}. Elle permet de se connecter sans code.`,
      careFr,
    ),
  en: (name) =>
    en(
      'A passkey opens your Escale account',
      `A passkey was added to your account${name ? `: ${name}` : ''}. It signs in without a code.`,
      careEn,
    ),
};

/** A passkey or a provider's identity was removed. @param what its name */
export const meansRemovedMail: Record<Language, (what: string) => Text> = {
  fr: (what) =>
    fr(
      'Un moyen de connexion a été retiré de votre compte Escale',
      `Ce moyen de connexion n’ouvre plus votre compte : ${what}.`,
      'Si ce n’est pas vous, connectez-vous avec un code reçu par courriel et regardez dans « Mon compte » où il est ouvert.',
    ),
  en: (what) =>
    en(
      'A way to sign in was removed from your Escale account',
      `This no longer opens your account: ${what}.`,
      'If it was not you, sign in with a code sent by e-mail and look in "My account" where it is open.',
    ),
};
