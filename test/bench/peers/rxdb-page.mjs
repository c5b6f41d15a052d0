// RxDB 17 in a browser: Dexie storage, two indexes, HTTP replication in batches of a thousand (pull) and a hundred (push).
import { createRxDatabase } from 'rxdb/plugins/core';
import { replicateRxCollection } from 'rxdb/plugins/replication';
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie';

const text = (maxLength) => ({ type: 'string', maxLength });
const roster = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: text(60),
    kind: text(20),
    registrationId: text(40),
    subjectId: text(40),
    firstName: text(100),
    lastName: text(100),
    party: { type: 'integer' },
    state: text(20),
    ticketId: text(40),
    needs: text(400),
  },
  required: ['id', 'state', 'lastName'],
  indexes: ['state', 'lastName'],
};
const checkins = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: text(60),
    eventId: text(40),
    ticketId: text(40),
    count: { type: 'integer' },
    at: text(40),
    door: text(80),
  },
  required: ['id'],
};

const db = await createRxDatabase({ name: `bench-${Date.now()}`, storage: getRxStorageDexie(), multiInstance: false });
const collections = await db.addCollections({ roster: { schema: roster }, checkins: { schema: checkins } });

async function replicate(options) {
  const started = performance.now();
  const replication = replicateRxCollection({ live: false, retryTime: 500, ...options });
  let failure;
  replication.error$.subscribe((error) => (failure = error));
  await replication.awaitInitialReplication();
  const took = performance.now() - started;
  if (failure) throw failure;
  await replication.cancel();
  return took;
}

/** The first time everything, afterwards what has changed. */
const load = (remote) =>
  replicate({
    collection: collections.roster,
    replicationIdentifier: 'roster',
    pull: {
      batchSize: 1000,
      handler: async (checkpoint, limit) =>
        (await fetch(`/rx/${remote}/pull?seq=${checkpoint?.seq ?? 0}&limit=${limit}`, { cache: 'no-store' })).json(),
    },
  });

const queue = async (docs) => void (await collections.checkins.bulkInsert(docs));
const send = (remote) =>
  replicate({
    collection: collections.checkins,
    replicationIdentifier: 'checkins',
    push: {
      batchSize: 100,
      handler: async (rows) =>
        (
          await fetch(`/rx/${remote}/push`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(rows),
          })
        ).json(),
    },
  });
const count = () => collections.roster.count().exec();

globalThis.bench = { load, queue, send, count };
