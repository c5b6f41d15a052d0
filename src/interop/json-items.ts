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

const DEEPEST = 200;
/** Signs that mean something outside of a string; what lies between them is the parser's business. */
const SIGN = /["{}[\]:,\n]|[^\s"{}[\]:,]+/g;

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
  /** The last string of the outer object, and the one before a colon. */
  let string = '';
  let name: string | undefined;
  /** Brackets open inside of the list; 0 outside of it. */
  let depth = 0;
  /** The item under way: what earlier pieces had of it, and where it begins in this one. */
  let item = '';
  let from = -1;
  let itemLine = 1;
  let count = 0;
  let listSeen = false;
  let ended = false;

  const refuse = (message: string, at = line): void => {
    problem ??= { message, line: at };
  };

  const finish = (chunk: string, until: number): void => {
    if (from < 0) return;
    const text = item + chunk.slice(from, until);
    item = '';
    from = -1;
    if (++count > limits.items) return refuse(`more than ${limits.items} items`);
    let value: unknown;
    try {
      value = JSON.parse(text) as unknown;
    } catch (error) {
      return refuse(`not valid JSON: ${messageOf(error)}`, itemLine);
    }
    problem ??= take({ line: itemLine, value });
  };

  const bracket = (chunk: string, at: number, sign: string): void => {
    if (sign === '{' || sign === '[') {
      const outer = open.length === 0 || (open.length === 1 && open[0] === '{' && name === key);
      open.push(sign);
      if (open.length > DEEPEST) refuse(`brackets are nested more than ${DEEPEST} deep`);
      if (sign === '[' && depth === 0 && outer) depth = open.length;
      return;
    }
    if (open.at(-1) !== (sign === '}' ? '{' : '[')) return refuse(`${sign} closes nothing`);
    if (open.length === depth) {
      finish(chunk, at);
      depth = 0;
      listSeen = true;
    }
    open.pop();
    ended = open.length === 0;
  };

  /** @returns where to go on */
  const throughString = (chunk: string, start: number): number => {
    for (let i = start; i < chunk.length; i++) {
      const c = chunk.charCodeAt(i);
      if (escaped) escaped = false;
      else if (c === 92) escaped = true;
      else if (c === 34) {
        if (open.length === 1 && depth === 0) string += chunk.slice(start, Math.min(i, start + 100));
        inString = false;
        return i + 1;
      } else if (c === 10) line++;
    }
    if (open.length === 1 && depth === 0) string += chunk.slice(start, start + 100);
    return chunk.length;
  };

  return {
    write(chunk) {
      length += chunk.length;
      if (length > limits.file) refuse(`more than ${limits.file} characters`);
      if (from >= 0) from = 0;
      let at = 0;
      while (at < chunk.length && !problem) {
        if (inString) {
          at = throughString(chunk, at);
          continue;
        }
        SIGN.lastIndex = at;
        const found = SIGN.exec(chunk);
        if (!found) break;
        const [sign] = found;
        const { index } = found;
        at = index + sign.length;
        if (sign === '\n') {
          line++;
          continue;
        }
        if (ended) {
          refuse(`there is ${JSON.stringify(sign.slice(0, 10))} after the end`);
          break;
        }
        if (open.length === 0 && sign !== '{' && sign !== '[') {
          refuse('the file is neither a list nor an object');
          break;
        }
        const inList = depth > 0 && open.length === depth;
        if (inList && from < 0 && sign !== ',' && sign !== ']') {
          from = index;
          itemLine = line;
        }
        if (sign === '"') {
          inString = true;
          string = '';
        } else if (sign.length === 1 && '{}[]'.includes(sign)) bracket(chunk, index, sign);
        else if (sign === ',' && inList) finish(chunk, index);
        else if (sign === ',' && open.length === 1) name = undefined;
        else if (sign === ':' && open.length === 1 && depth === 0) name = string;
        if (from >= 0 && item.length + at - from > limits.item)
          refuse(`an item of more than ${limits.item} characters`, itemLine);
      }
      if (from >= 0) item += chunk.slice(from);
      if (item.length > limits.item) refuse(`an item of more than ${limits.item} characters`, itemLine);
      return problem;
    },
    end() {
      if (!problem && open.length === 0 && !ended) refuse('the file is empty');
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
