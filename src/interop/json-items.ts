import type { ImportProblem } from './imported.ts';
import { limits } from './imported.ts';

/** One item of a list, as it stands in the file. */
export interface JsonItem {
  readonly line: number;
  readonly value: unknown;
}

export interface JsonItems {
  /** @returns what makes the file unusable */
  write(chunk: string): ImportProblem | undefined;
  end(): ImportProblem | undefined;
}

/**
 * Cuts the items out of a JSON list that is too long to be parsed at once: the file's own list, or the one that its object
 * has under `key`. Each item is parsed by itself and told with its line; what else the object holds is left aside. An item
 * that is not JSON makes the file none, for nobody can say where the next one begins.
 */
export function jsonItems(key: string, take: (item: JsonItem) => ImportProblem | undefined): JsonItems {
  let length = 0;
  let line = 1;
  let problem: ImportProblem | undefined;
  /** Open brackets, from the outside. */
  const open: ('{' | '[')[] = [];
  let inString = false;
  let escaped = false;
  /** The last string before a colon, at the depth of the object. */
  let name: string | undefined;
  let string = '';
  /** Where the list is: the number of brackets open inside of it. */
  let depth = 0;
  let item = '';
  let itemLine = 1;
  let collecting = false;
  let count = 0;
  let listSeen = false;
  let ended = false;

  const refuse = (message: string, at = line): void => {
    problem ??= { message, line: at };
  };
  const finish = (): void => {
    collecting = false;
    const text = item.trim();
    item = '';
    if (text === '') return;
    if (++count > limits.items) return refuse(`more than ${limits.items} items`);
    let value: unknown;
    try {
      value = JSON.parse(text) as unknown;
    } catch (error) {
      return refuse(`not valid JSON: ${messageOf(error)}`, itemLine);
    }
    problem ??= take({ line: itemLine, value });
  };

  const step = (c: string): void => {
    if (c === '\n') line++;
    if (inString) {
      if (escaped) escaped = false;
      else if (c === '\\') escaped = true;
      else if (c === '"') inString = false;
      if (depth === 0 && open.length === 1 && inString && string.length < 100) string += c;
      return;
    }
    if (ended) {
      if (!/\s/.test(c)) refuse(`there is ${JSON.stringify(c)} after the end`);
      return;
    }
    if (c === '"') {
      inString = true;
      string = '';
      if (open.length === 0) refuse('the file is neither a list nor an object');
    } else if (c === '{' || c === '[') {
      const isList =
        c === '[' && depth === 0 && (open.length === 0 || (open.length === 1 && open[0] === '{' && name === key));
      open.push(c);
      if (open.length > 200) refuse('brackets are nested more than 200 deep');
      if (isList) depth = open.length;
    } else if (c === '}' || c === ']') {
      if (open.at(-1) !== (c === '}' ? '{' : '[')) return refuse(`${c} closes nothing`);
      if (open.length === depth) {
        finish();
        depth = 0;
        collecting = false;
        listSeen = true;
      }
      open.pop();
      if (open.length === 0) ended = true;
    } else if (c === ':' && open.length === 1 && depth === 0) name = string;
    else if (c === ',' && open.length === 1 && depth === 0) name = undefined;
    else if (open.length === 0 && !/\s/.test(c) && c !== '\ufeff') refuse('the file is neither a list nor an object');
  };
  return {
    write(chunk) {
      length += chunk.length;
      if (length > limits.file) refuse(`more than ${limits.file} characters`);
      let from = collecting ? 0 : -1;
      for (let i = 0; i < chunk.length && !problem; i++) {
        const c = chunk[i]!;
        const top = depth > 0 && open.length === depth && !inString;
        if (top && c === ',') {
          if (from >= 0) item += chunk.slice(from, i);
          from = -1;
          finish();
          continue;
        }
        const was = depth;
        if (top && c === ']') {
          if (from >= 0) item += chunk.slice(from, i);
          from = -1;
        }
        step(c);
        if (depth > 0 && was === depth && !collecting && !/\s/.test(c)) {
          collecting = true;
          itemLine = line;
          from = i;
        }
        if (collecting && item.length + (from >= 0 ? i - from : 0) > limits.item)
          refuse(`an item of more than ${limits.item} characters`, itemLine);
      }
      if (from >= 0) item += chunk.slice(from);
      return problem;
    },
    end() {
      if (!problem && length === 0) refuse('the file is empty');
      if (!problem && !ended) refuse('the file ends in the middle');
      if (!problem && !listSeen) refuse(`there is no list ${JSON.stringify(key)}`);
      return problem;
    },
  };
}

/** The parser's word, without the file's own text, which may be long. */
export function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message
    .replace(/, (\.\.\.)?"[^]*$/, '')
    .replace(/ in JSON at position[^]*$/, '')
    .slice(0, 120);
}
