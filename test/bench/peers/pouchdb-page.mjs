// PouchDB 9 in a browser: indexeddb adapter, replication in batches of a thousand.
import http from 'pouchdb-adapter-http';
import indexeddb from 'pouchdb-adapter-indexeddb';
import PouchDB from 'pouchdb-core';
import replication from 'pouchdb-replication';

PouchDB.plugin(indexeddb).plugin(http).plugin(replication);
const name = `bench-${Date.now()}`;
const roster = new PouchDB(`${name}-roster`, { adapter: 'indexeddb' });
const checkins = new PouchDB(`${name}-checkins`, { adapter: 'indexeddb' });
const remote = (db) => new PouchDB(`${location.origin}/pouch/${db}`, { adapter: 'http' });

async function timed(work) {
  const started = performance.now();
  const done = await work();
  if (!done.ok) throw new Error('the replication failed');
  return performance.now() - started;
}

const load = (db) => timed(() => roster.replicate.from(remote(db), { batch_size: 1000 }));
const queue = async (docs) => void (await checkins.bulkDocs(docs.map(({ id, ...doc }) => ({ _id: id, ...doc }))));
const send = (db) => timed(() => checkins.replicate.to(remote(db), { batch_size: 1000 }));
const count = async () => (await roster.info()).doc_count;

globalThis.bench = { load, queue, send, count };
