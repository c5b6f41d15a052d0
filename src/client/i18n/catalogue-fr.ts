import type { Messages } from '@lingui/core';

/** What the first page says in French: all that it waits for. */
const areas = import.meta.glob<Messages>('./locales/fr/{shell,programme,settings}.po', {
  eager: true,
  import: 'default',
});

export const messages: Messages = Object.assign({}, ...Object.values(areas));
