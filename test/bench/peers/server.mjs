// The servers that the peers replicate with, in a process of their own: `node server.mjs FOLDER PORT`.
//   /pouch   express-pouchdb on LevelDB; every batch is written through to the disk, as a durable store does
//   /rx      RxDB's HTTP replication as its documentation describes it, on SQLite with synchronous=FULL, one transaction a push
//   /floor   a POST whose bytes are written durably, and nothing else
//   /pages   the peers' bench pages, made by the benchmark
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import compression from 'compression';
import express from 'express';
import expressPouch from 'express-pouchdb';
import leveldown from 'leveldown';
import PouchDB from 'pouchdb';

const [folder, port] = process.argv.slice(2);
mkdirSync(join(folder, 'pouch'), { recursive: true });

function writtenThrough(location) {
  const store = leveldown(location);
  const batch = store._batch.bind(store);
  store._batch = (operations, options, callback) => batch(operations, { ...options, sync: true }, callback);
  return store;
}
const Store = PouchDB.defaults({
  prefix: join(folder, 'pouch', '/'),
  db: Object.assign(writtenThrough, { destroy: leveldown.destroy, repair: leveldown.repair }),
});

const db = new DatabaseSync(join(folder, 'rx.sqlite'));
db.exec(`pragma journal_mode = wal; pragma synchronous = full;
  create table doc (collection text not null, id text not null, seq integer not null, body text not null,
    primary key (collection, id)) without rowid;
  create index doc_seq on doc (collection, seq);
  create table head (collection text primary key, seq integer not null);
  create table floor (body blob not null)`);
const seqOf = db.prepare(`insert into head values (?, 1) on conflict do update set seq = seq + 1 returning seq`);
const put = db.prepare(
  `insert into doc values (?, ?, ?, ?) on conflict do update set seq = excluded.seq, body = excluded.body`,
);
const one = db.prepare('select body from doc where collection = ? and id = ?');
const since = db.prepare('select seq, body from doc where collection = ? and seq > ? order by seq limit ?');
const keep = db.prepare('insert into floor values (?)');

function inTransaction(work) {
  db.exec('begin immediate');
  try {
    const result = work();
    db.exec('commit');
    return result;
  } catch (error) {
    db.exec('rollback');
    throw error;
  }
}
function write(collection, doc) {
  put.run(collection, doc.id, seqOf.get(collection).seq, JSON.stringify(doc));
}

const app = express();
app.use('/pages', express.static(join(folder, 'pages')));
app.post('/floor', express.raw({ type: () => true, limit: '64mb' }), (request, response) => {
  keep.run(request.body);
  response.json({});
});
// PouchDB's server compresses by itself.
app.use('/rx', compression());
const json = express.json({ limit: '64mb' });
app.get('/rx/:collection/pull', (request, response) => {
  const from = Number(request.query.seq);
  const rows = since.all(request.params.collection, from, Number(request.query.limit));
  const documents = `[${rows.map((row) => row.body).join(',')}]`;
  response.type('json').send(`{"documents":${documents},"checkpoint":{"seq":${Number(rows.at(-1)?.seq ?? from)}}}`);
});
app.post('/rx/:collection/push', json, (request, response) => {
  const { collection } = request.params;
  const conflicts = inTransaction(() =>
    request.body.flatMap(({ newDocumentState, assumedMasterState }) => {
      const master = one.get(collection, newDocumentState.id)?.body;
      if (master !== undefined && master !== JSON.stringify(assumedMasterState)) return [JSON.parse(master)];
      write(collection, newDocumentState);
      return [];
    }),
  );
  response.json(conflicts);
});
// What the benchmark itself puts there: the same items for both.
app.post('/fill/:collection', json, (request, response) => {
  const answer = (status) => () => response.status(status).json({});
  void fill(request.params.collection, request.body).then(answer(200), answer(500));
});
async function fill(collection, docs) {
  inTransaction(() => docs.forEach((doc) => write(collection, { ...doc, _deleted: false })));
  const pouch = new Store(collection);
  const found = await pouch.allDocs({ keys: docs.map((doc) => doc.id) });
  const known = new Map(found.rows.map((row) => [row.key, row.value?.rev]));
  await pouch.bulkDocs(
    docs.map(({ id, ...doc }) => ({ _id: id, ...doc, ...(known.get(id) ? { _rev: known.get(id) } : {}) })),
  );
}
app.use(
  '/pouch',
  expressPouch(Store, { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: join(folder, 'log.txt') }),
);
app.listen(Number(port), '127.0.0.1', () => process.stdout.write('ready\n'));
