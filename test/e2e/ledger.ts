import { expect } from '@playwright/test';
import { facts } from '../support/facts.ts';
import type { ServerProcess } from '../support/server-process.ts';

/** Somebody who registers, told from everybody else by the address. */
export interface Person {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
}

export function person(name: string): Person {
  const plain = name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return { firstName: 'Anaïs', lastName: name, email: `${plain.replaceAll(/[^a-z0-9]+/g, '.')}@example.org` };
}

/** How often the server has a person's registration. */
export async function timesKept(server: ServerProcess, { email }: Person): Promise<number> {
  return (await facts(server.options, `select id from registration where email = '${email}'`)).length;
}

/** When the server says that these people asked, milliseconds. */
export async function requestedAt(server: ServerProcess, people: readonly Person[]): Promise<number[]> {
  const list = people.map(({ email }) => `'${email}'`).join(', ');
  const rows = await facts(server.options, `select requested_at from registration where email in (${list})`);
  return rows.map((row) => Number(row['requested_at']));
}

/**
 * What these people did has each arrived, and once; and of every device the server has taken an unbroken row of mutations,
 * none of them twice (P1, P2).
 */
export async function expectOnceEach(server: ServerProcess, people: readonly Person[]): Promise<void> {
  const list = people.map(({ email }) => `'${email}'`).join(', ');
  const rows = await facts(server.options, `select email, state from registration where email in (${list})`);
  expect(rows.map((row) => String(row['email'])).toSorted()).toEqual(people.map(({ email }) => email).toSorted());
  expect(new Set(rows.map((row) => row['state']))).toEqual(new Set(['confirmed']));
  await expectUnbroken(server);
}

/** Of every device the server has taken an unbroken row of mutations, and none of them had its effect twice. */
export async function expectUnbroken(server: ServerProcess): Promise<void> {
  const twice = 'select mutation_id from mutation_result where repeated = 0 group by mutation_id having count(*) > 1';
  expect(await facts(server.options, twice)).toEqual([]);
  const gaps = `select r.id from replica r where r.last_seq <> (select count(*) from mutation_result m where m.replica_id = r.id)`;
  expect(await facts(server.options, gaps)).toEqual([]);
}
