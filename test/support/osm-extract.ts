import { deflateSync } from 'node:zlib';
import { PbfWriter } from 'pbf';

type Tags = Readonly<Record<string, string>>;

/** A little piece of OpenStreetMap, to be written as an extract. */
export interface Drawing {
  /** South, west, north, east; left out, the extract does not say what it covers. */
  readonly bounds?: readonly [number, number, number, number];
  readonly nodes: readonly { readonly id: number; readonly lat: number; readonly lon: number; readonly tags?: Tags }[];
  readonly ways?: readonly { readonly id: number; readonly refs: readonly number[]; readonly tags?: Tags }[];
  readonly relations?: readonly {
    readonly id: number;
    readonly members: readonly { readonly type: 0 | 1 | 2; readonly ref: number; readonly role: string }[];
    readonly tags: Tags;
  }[];
  /** Nodes one by one instead of packed together: the older way, which is still allowed. */
  readonly sparse?: boolean;
  readonly features?: readonly string[];
}

/** Writes an extract in the PBF format of OpenStreetMap, with a writer that shares nothing with the reader under test. */
export function extractOf(drawing: Drawing): Buffer {
  const header = new PbfWriter();
  if (drawing.bounds) {
    const [south, west, north, east] = drawing.bounds;
    header.writeMessage(
      1,
      (_, box) => {
        for (const [i, side] of [west, east, north, south].entries())
          box.writeSVarintField(i + 1, Math.round(side * 1e9));
      },
      undefined,
    );
  }
  for (const feature of drawing.features ?? ['OsmSchema-V0.6', 'DenseNodes']) header.writeStringField(4, feature);
  header.writeVarintField(32, Date.UTC(2026, 10, 20) / 1000);
  return Buffer.concat([blob('OSMHeader', header.finish()), blob('OSMData', block(drawing))]);
}

function block({ nodes, ways = [], relations = [], sparse = false }: Drawing): Uint8Array {
  const strings = [''];
  const known = new Map<string, number>();
  const string = (text: string): number => {
    let at = known.get(text);
    if (at === undefined) known.set(text, (at = strings.push(text) - 1));
    return at;
  };
  const keyed = (message: PbfWriter, tags: Tags = {}): void => {
    message.writePackedVarint(2, Object.keys(tags).map(string));
    message.writePackedVarint(3, Object.values(tags).map(string));
  };
  const deltas = (values: readonly number[]): number[] => values.map((value, i) => value - (values[i - 1] ?? 0));
  const units = (degrees: number): number => Math.round(degrees * 1e7);
  const groups: ((group: PbfWriter) => void)[] = [
    (group) => {
      if (sparse) {
        for (const { id, lat, lon, tags } of nodes) {
          group.writeMessage(
            1,
            (_, node) => {
              node.writeSVarintField(1, id);
              keyed(node, tags);
              node.writeSVarintField(8, units(lat));
              node.writeSVarintField(9, units(lon));
            },
            undefined,
          );
        }
        return;
      }
      group.writeMessage(
        2,
        (_, dense) => {
          dense.writePackedSVarint(1, deltas(nodes.map((node) => node.id)));
          dense.writePackedSVarint(8, deltas(nodes.map((node) => units(node.lat))));
          dense.writePackedSVarint(9, deltas(nodes.map((node) => units(node.lon))));
          dense.writePackedVarint(
            10,
            nodes.flatMap((node) => [
              ...Object.entries(node.tags ?? {}).flatMap(([k, v]) => [string(k), string(v)]),
              0,
            ]),
          );
        },
        undefined,
      );
    },
    (group) => {
      for (const { id, refs, tags } of ways) {
        group.writeMessage(
          3,
          (_, way) => {
            way.writeVarintField(1, id);
            keyed(way, tags);
            way.writePackedSVarint(8, deltas(refs));
          },
          undefined,
        );
      }
    },
    (group) => {
      for (const { id, members, tags } of relations) {
        group.writeMessage(
          4,
          (_, relation) => {
            relation.writeVarintField(1, id);
            keyed(relation, tags);
            relation.writePackedVarint(
              8,
              members.map((member) => string(member.role)),
            );
            relation.writePackedSVarint(9, deltas(members.map((member) => member.ref)));
            relation.writePackedVarint(
              10,
              members.map((member) => member.type),
            );
          },
          undefined,
        );
      }
    },
  ];
  const made = new PbfWriter();
  // The strings are known only once all else is written; they may stand behind it.
  for (const write of groups) made.writeMessage(2, (_, group) => write(group), undefined);
  made.writeMessage(
    1,
    (_, table) => {
      for (const text of strings) table.writeStringField(1, text);
    },
    undefined,
  );
  return made.finish();
}

function blob(type: string, bytes: Uint8Array): Buffer {
  const body = new PbfWriter();
  body.writeVarintField(2, bytes.length);
  body.writeBytesField(3, deflateSync(bytes));
  const packed = body.finish();
  const header = new PbfWriter();
  header.writeStringField(1, type);
  header.writeVarintField(3, packed.length);
  const head = header.finish();
  const length = Buffer.alloc(4);
  length.writeUInt32BE(head.length);
  return Buffer.concat([length, head, packed]);
}
