import encodeQR from 'qr';

/** The clear edge that ISO/IEC 18004 asks for, in modules. */
const QUIET = 4;
/** Characters; a ticket has 203. */
const LONG = 400;

/**
 * A QR code as one SVG path in units of a module, quiet zone included. Letters and digits alone take the alphanumeric mode by
 * themselves, which makes a ticket's code a fifth smaller. Error correction M, and L for a text that is long: on a screen
 * nothing is torn, and larger modules are read from further away.
 */
export function qrPath(text: string): { size: number; path: string } {
  const ecc = text.length > LONG ? 'low' : 'medium';
  const rows = encodeQR(text, 'raw', { ecc, border: QUIET });
  let path = '';
  rows.forEach((row, y) => {
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue;
      const from = x;
      while (row[x + 1]) x++;
      path += `M${from} ${y}h${x + 1 - from}v1h-${x + 1 - from}z`;
    }
  });
  return { size: rows.length, path };
}
