import type { Language, LocalizedText } from '#domain/text.ts';
import { textIn } from '#domain/text.ts';
import { escapeHtml, markdownMail } from '#interop/markdown-mail.ts';
import type { Context } from '../context.ts';
import type { Mail } from './mail.ts';

/** Where the links of a mail lead that nobody's request asked for. */
export function originFor(ctx: Context): string {
  return ctx.config.publicUrl ?? `http://localhost:${ctx.config.port}`;
}

interface Words {
  readonly confirm: (link: string, days: number) => { readonly subject: string; readonly text: string };
  readonly known: (link: string) => { readonly subject: string; readonly text: string };
  readonly why: string;
  readonly leave: string;
  readonly test: string;
}

const words: Record<Language, Words> = {
  fr: {
    confirm: (link, days) => ({
      subject: "Confirmez votre abonnement à l'infolettre",
      text: [
        'Bonjour,',
        '',
        "Vous avez demandé à recevoir l'infolettre du programme. Pour confirmer, ouvrez ce lien :",
        link,
        '',
        `Sans confirmation, votre adresse sera effacée dans ${days} jours.`,
        "Si vous n'avez rien demandé, ignorez ce message : vous ne recevrez rien d'autre.",
        '',
      ].join('\n'),
    }),
    known: (link) => ({
      subject: "Vous êtes déjà abonné(e) à l'infolettre",
      text: [
        'Bonjour,',
        '',
        "Cette adresse reçoit déjà l'infolettre du programme : il n'y a rien à faire.",
        'Pour ne plus la recevoir, ouvrez ce lien :',
        link,
        '',
      ].join('\n'),
    }),
    why: "Vous recevez cette infolettre parce que vous l'avez demandée et confirmée.",
    leave: 'Ne plus la recevoir',
    test: '[Essai]',
  },
  en: {
    confirm: (link, days) => ({
      subject: 'Confirm that you want the newsletter',
      text: [
        'Hello,',
        '',
        "You asked for the programme's newsletter. To confirm, open this link:",
        link,
        '',
        `Without it, your address is erased in ${days} days.`,
        'If you asked for nothing, ignore this message: you will get nothing else.',
        '',
      ].join('\n'),
    }),
    known: (link) => ({
      subject: 'You already get the newsletter',
      text: [
        'Hello,',
        '',
        "This address already gets the programme's newsletter: there is nothing to do.",
        'To get it no longer, open this link:',
        link,
        '',
      ].join('\n'),
    }),
    why: 'You get this newsletter because you asked for it and confirmed.',
    leave: 'Stop receiving it',
    test: '[Test]',
  },
};

interface To {
  readonly to: string;
  readonly language: Language;
  readonly token: string;
  readonly origin: string;
}

/** The second opt-in's mail; to who is confirmed already it says so. @param days after which an unconfirmed address is erased */
export function confirmationMail({ to, language, token, origin }: To, confirmed: boolean, days: number): Mail {
  const said = confirmed
    ? words[language].known(leaveLink(origin, token))
    : words[language].confirm(`${origin}/infolettre#confirmer=${token}`, days);
  return { to, ...said };
}

interface Issue {
  readonly subject: LocalizedText;
  readonly body: LocalizedText;
}

/** One address's copy, with the headers by which a mail program can unsubscribe it with one click (RFC 2369, RFC 8058). */
export function issueMail({ to, language, token, origin }: To, issue: Issue, messageId: string): Mail {
  const oneClick = `${origin}/api/v1/newsletter/unsubscriptions/${token}`;
  return {
    ...written({ to, language, origin, ...issue }, leaveLink(origin, token)),
    messageId,
    headers: {
      'List-Unsubscribe': `<${oneClick}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      Precedence: 'bulk',
    },
  };
}

/** To who writes it; its link to leave leads to the page that says what it does, and unsubscribes nobody. */
export function testMail(mail: Omit<To, 'token'> & Issue): Mail {
  const made = written(mail, `${mail.origin}/infolettre`);
  return { ...made, subject: `${words[mail.language].test} ${made.subject}` };
}

function written({ to, language, subject, body, origin }: Omit<To, 'token'> & Issue, leave: string): Mail {
  const title = textIn(subject, language);
  const text = textIn(body, language);
  const { why, leave: leaving } = words[language];
  return {
    to,
    subject: title.text,
    text: `${text.text}\n\n-- \n${why}\n${leaving}${language === 'fr' ? ' :' : ':'} ${leave}\n`,
    html: [
      `<!doctype html><html lang="${text.lang}"><head><meta charset="utf-8"><title>${escapeHtml(title.text)}</title></head>`,
      '<body style="margin:0;padding:24px;font:17px/1.5 sans-serif;color:#16232b;background:#fff">',
      `<div style="max-width:600px;margin:0 auto"><h1 style="font-size:26px;line-height:1.2">${escapeHtml(title.text)}</h1>`,
      markdownMail(text.text, origin),
      `<hr style="border:0;border-top:1px solid #d9d5ca"><p lang="${language}" style="font-size:14px;color:#4f5d66">`,
      `${escapeHtml(why)} <a href="${escapeHtml(leave)}">${escapeHtml(leaving)}</a></p></div></body></html>`,
    ].join('\n'),
  };
}

function leaveLink(origin: string, token: string): string {
  return `${origin}/infolettre#desabonner=${token}`;
}
