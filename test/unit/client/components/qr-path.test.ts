import jsqr from 'jsqr';
import { expect, test } from 'vitest';
import { readCode, ticketBody, ticketText } from '#domain/ticket.ts';
import { qrPath } from '#client/components/paper/qr-path.ts';

const body = ticketBody({
  keyId: '0a1b2c3d',
  ticketId: '01936b2e-7c1d-7a55-8f00-3d9c1e5b7a24',
  eventId: '01936b2e-7c1d-7a55-8f00-3d9c1e5b7a25',
  subjectId: '01936b2e-7c1d-7a55-8f00-3d9c1e5b7a26',
  party: 2,
  issuedAt: 1_793_000_000,
});
const ticket = ticketText(
  body,
  Uint8Array.from({ length: 64 }, (_, i) => (i * 37) % 256),
);

/** Paints the rectangles of the path as a screen would, four pixels a module. */
function paint({ size, path }: { size: number; path: string }) {
  const scale = 4;
  const width = size * scale;
  const data = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x, y, run] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row++) {
      for (let column = Number(x) * scale; column < (Number(x) + Number(run)) * scale; column++)
        data.set([0, 0, 0], (row * width + column) * 4);
    }
  }
  return { data, width };
}

test('the code of a ticket is read back by a reader of other people', () => {
  const { data, width } = paint(qrPath(ticket));
  const read = (typeof jsqr === 'function' ? jsqr : (jsqr as { default: typeof jsqr }).default)(data, width, width);
  expect(read?.data).toBe(ticket);
  expect(readCode(read!.data).kind).toBe('ticket');
});

test('the alphanumeric mode keeps the modules of a ticket large, and the quiet zone is there', () => {
  const { size, path } = qrPath(ticket);
  expect(size).toBe(49 + 8);
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)/g)) {
    expect(Math.min(Number(x), Number(y))).toBeGreaterThanOrEqual(4);
  }
});
