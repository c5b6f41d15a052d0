import type { Language } from '#domain/text.ts';

interface Text {
  readonly subject: string;
  readonly text: string;
}

/** Texts of the server's own mails, in every language of the interface. */
export const signInMail: Record<Language, (code: string, minutes: number) => Text> = {
  fr: (code, minutes) => ({
    subject: 'Votre code de connexion à Escale',
    text: [
      'Bonjour,',
      '',
      `Votre code de connexion : ${code}`,
      '',
      `Il est valable ${minutes} minutes et ne sert qu’une fois.`,
      'Si vous n’avez pas demandé ce code, ignorez ce message.',
      '',
    ].join('\n'),
  }),
  en: (code, minutes) => ({
    subject: 'Your Escale sign-in code',
    text: [
      'Hello,',
      '',
      `Your sign-in code: ${code}`,
      '',
      `It is good for ${minutes} minutes and works once.`,
      'If you did not ask for it, ignore this message.',
      '',
    ].join('\n'),
  }),
};

export const invitationMail: Record<Language, (by: string, url: string, days: number) => Text> = {
  fr: (by, url, days) => ({
    subject: 'Vous êtes invité(e) sur Escale',
    text: [
      'Bonjour,',
      '',
      `${by} vous invite à rejoindre l’équipe du programme sur Escale.`,
      '',
      `Ouvrez ${url} et entrez l’adresse qui a reçu ce message : un code vous y sera envoyé. Il n’y a pas de mot de passe.`,
      '',
      `L’invitation est valable ${days} jours. Si elle n’est pas pour vous, ignorez ce message : aucun compte n’est créé.`,
      '',
    ].join('\n'),
  }),
  en: (by, url, days) => ({
    subject: 'You are invited to Escale',
    text: [
      'Hello,',
      '',
      `${by} invites you to join the programme's team on Escale.`,
      '',
      `Open ${url} and enter the address that received this message: a code will be sent there. There is no password.`,
      '',
      `The invitation is good for ${days} days. If it is not for you, ignore this message: no account is made.`,
      '',
    ].join('\n'),
  }),
};

export const recoveryMail: Record<Language, (code: string, minutes: number) => Text> = {
  fr: (code, minutes) => ({
    subject: 'Retrouver vos billets',
    text: [
      'Bonjour,',
      '',
      `Pour retrouver vos billets sur un autre téléphone, tapez ce code : ${code}`,
      '',
      `Il est valable ${minutes} minutes et ne sert qu’une fois. Vos billets quitteront l’appareil où ils étaient.`,
      'Si vous n’avez rien demandé, ignorez ce message : rien ne change.',
      '',
    ].join('\n'),
  }),
  en: (code, minutes) => ({
    subject: 'Find your tickets again',
    text: [
      'Hello,',
      '',
      `To find your tickets on another phone, type this code: ${code}`,
      '',
      `It is good for ${minutes} minutes and works once. Your tickets will leave the device that they were on.`,
      'If you did not ask for it, ignore this message: nothing changes.',
      '',
    ].join('\n'),
  }),
};
