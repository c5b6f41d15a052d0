import { createServer } from 'node:net';

/** A loopback port that nobody listened on a moment ago. `ESCALE_TEST_PORTS=4800-4899` keeps to a range. */
export async function freePort(): Promise<number> {
  const range = /^(\d+)-(\d+)$/.exec(process.env['ESCALE_TEST_PORTS'] ?? '');
  if (!range) return probe(0);
  const [from, to] = [Number(range[1]), Number(range[2])];
  for (let tries = 0; tries < 200; tries++) {
    const port = from + Math.floor(Math.random() * (to - from + 1));
    try {
      return await probe(port);
    } catch {
      // Taken: another.
    }
  }
  throw new Error(`no free port from ${from} to ${to}`);
}

function probe(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
