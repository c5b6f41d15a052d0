import encodeQR from 'qr';

/** The clear edge that ISO/IEC 18004 asks for, in modules. */
const QUIET = 4;

/**
 * A QR code as one SVG path in units of a module, quiet zone included. Error correction M; letters and digits alone
 * take the alphanumeric mode by themselves, which makes a ticket's code a fifth smaller.
 */
export function qrPath(text: string): { size: number; path: string } {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: QUIET });
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
