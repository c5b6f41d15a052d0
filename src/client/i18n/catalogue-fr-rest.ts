import type { Messages } from '@lingui/core';

/** Every other area in French, as one module: it comes in beside the screens that say it. */
const areas = import.meta.glob<Messages>(
  [
    './locales/fr/*.po',
    '!./locales/fr/{shell,programme,settings}.po',
    '!./locales/fr/{account,certificates,contents,desk,exchange,featured,figures,moderation,promotion,propose,question-desk,tour-edit}.po',
  ],
  { eager: true, import: 'default' },
);

export const messages: Messages = Object.assign({}, ...Object.values(areas));
