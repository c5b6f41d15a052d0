import { join } from 'node:path';
import { DIRECTORY, rosterScope } from '#protocol/scope.ts';
import type { TicketKey } from '#protocol/ticket-key.ts';
import { Door } from '../e2e/pages/door.ts';
import { Phone } from '../e2e/phone.ts';
import { facts } from '../support/facts.ts';
import { enrolmentCode } from '../support/operator.ts';
import { ProtocolClient } from '../support/protocol-client.ts';
import { EMPTY, launches, SLOWER } from './launch.ts';
import { cameraToVerdict } from './camera.ts';
import { reading } from './reading.ts';
import type { Group, Row } from './row.ts';
import { rowOf } from './row.ts';
import { enrol, fullestEvent, Stage } from './stage.ts';

const ROSTER = 100_000;
const TICKETS = 2000;

const REOPENED = 50_000;
/** Tickets held before the camera. */
const SHOWN = 40;
const RUNS = 5;

export const doorGroup: Group = async (log, quick) => [
  ...(await verdicts(log, quick ? ROSTER / 10 : ROSTER)),
  ...(await reopened(log, quick ? REOPENED / 10 : REOPENED)),
  ...(await reading(log, quick)),
];

/** What stands between a code in the picture and the verdict, signature included, on a large roster. */
async function verdicts(log: (line: string) => void, size: number): Promise<Row[]> {
  log(`making a roster of ${size} registrations`);
  const stage = await Stage.make('--events', '1', '--registrations', String(size));
  try {
    const eventId = await fullestEvent(stage);
    const { bearer } = await enrol(stage.server, eventId);
    const keys = (await new ProtocolClient(stage.server.url).snapshot(DIRECTORY))
      .filter((item) => item.kind === 'ticket-key')
      .map((item) => item.value as TicketKey);
    const tickets = await ticketsOf(stage, eventId, TICKETS);
    const { times, admitted } = await stage.measure('verdicts', rosterScope(eventId), bearer, keys, tickets);
    log(`${tickets.length} tickets, ${admitted} admitted`);
    const name = `ticket text to verdict, roster of ${size}, signature checked (99th percentile)`;
    return [rowOf({ name, unit: 'ms', ours: times, budget: { most: 20 }, by: 'p99' })];
  } finally {
    await stage.end();
  }
}

async function ticketsOf(stage: Stage, eventId: string, count: number): Promise<string[]> {
  const rows = await facts(
    stage.server.options,
    `select ticket from registration where event_id = '${eventId}' and state = 'confirmed' order by email_key limit ${count}`,
  );
  return rows.map((row) => String(row['ticket']));
}

/**
 * A phone that is a door is opened again where there is no network: until a code can be scanned and gets its verdict. Then tickets
 * are held before its camera.
 */
async function reopened(log: (line: string) => void, size: number): Promise<Row[]> {
  log(`making a roster of ${size} registrations`);
  const stage = await Stage.make('--events', '1', '--registrations', String(size));
  try {
    const eventId = await fullestEvent(stage);
    const tickets = await ticketsOf(stage, eventId, SHOWN);
    const link = `/emargement#enrolement=${enrolmentCode(stage.server.options, eventId)}`;
    const home = join(stage.folder, 'phone');
    const origin = stage.gate.url;
    const phone = await Phone.open({ home, origin });
    await new Door(phone).enrol(link, { phone: 'bench', door: 'bench' });
    await phone.untilInstalled();
    await phone.close();
    await stage.server.kill();
    stage.gate.cut();
    const address = (): string => '/emargement';
    const floor = await launches({ home, origin, address: () => EMPTY, selector: 'main h1', runs: RUNS });
    const ours = await launches({ home, origin, address, selector: 'main form input', runs: RUNS });
    log(`empty page ${floor.map(Math.round).join(' ')} ms, reopened in ${ours.map(Math.round).join(' ')} ms`);
    const name = `door reopened offline, roster of ${size}, CPU ${SLOWER} ×, server gone`;
    const shown = await cameraToVerdict({ home, origin, tickets });
    log(
      `${shown.length} tickets before the camera, ${Math.round(Math.min(...shown))}–${Math.round(Math.max(...shown))} ms`,
    );
    const seen = `ticket comes into the camera's picture to verdict on the screen, roster of ${size}`;
    return [
      rowOf({ name, unit: 'ms', ours, floor, budget: { most: 2000 } }),
      rowOf({ name: seen, unit: 'ms', ours: shown }),
      rowOf({ name: `${seen} (95th percentile)`, unit: 'ms', ours: shown, by: 'p95' }),
    ];
  } finally {
    await stage.end();
  }
}
