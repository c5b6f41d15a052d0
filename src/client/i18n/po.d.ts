/** A compiled catalogue: the messages of one area in one language, by id. */
declare module '*.po' {
  import type { Messages } from '@lingui/core';
  const messages: Messages;
  export default messages;
}
