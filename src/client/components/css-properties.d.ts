import 'react';

declare module 'react' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- declaration merging takes an interface
  interface CSSProperties {
    /** Custom properties that components hand to their style sheets. */
    [property: `--${string}`]: string | number | undefined;
  }
}
