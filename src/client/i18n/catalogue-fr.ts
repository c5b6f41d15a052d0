import type { Messages } from '@lingui/core';

/** Every area in French, as one module: one request, and no screen waits for its words. */
const areas = import.meta.glob<Messages>('./locales/fr/*.po', { eager: true, import: 'default' });

export const messages: Messages = Object.assign({}, ...Object.values(areas));
