import type { Messages } from '@lingui/core';

/** What only the pages of the desk say in French: most devices never need it. */
const areas = import.meta.glob<Messages>(
  './locales/fr/{account,certificates,contents,desk,exchange,featured,figures,moderation,promotion,propose,question-desk,tour-edit}.po',
  { eager: true, import: 'default' },
);

export const messages: Messages = Object.assign({}, ...Object.values(areas));
