import type { ImportProblem } from './imported.ts';
import { limits } from './imported.ts';

/** A component of a calendar, unfolded, with where it began. */
export interface Block {
  readonly name: string;
  readonly line: number;
  readonly text: string;
  readonly uid?: string;
  /** Why it cannot be read, and where. */
  readonly problem?: { readonly line: number; readonly message: string };
}

export interface CalendarBlocks {
  /** @returns what makes the whole file unusable */
  write(chunk: string): ImportProblem | undefined;
  end(): ImportProblem | undefined;
}

/** A property as every program writes it. Lower case means that a text was broken into lines without being folded. */
const PROPERTY = /^[A-Z][A-Z0-9-]*[;:]/;

/**
 * Cuts a calendar into its components, so that a broken one does not take the others with it and can be named by its line.
 * Lines are unfolded (RFC 5545, section 3.1); one that is neither folded nor a property spoils its component, for nobody can
 * say what it belongs to.
 */
export function calendarBlocks(
  take: (block: Block) => void,
  property: (name: string, text: string) => void,
): CalendarBlocks {
  let problem: ImportProblem | undefined;
  let length = 0;
  let rest = '';
  let number = 0;
  /** The logical line that may still go on, and where it began. */
  let logical: { text: string; line: number } | undefined;
  const open: string[] = [];
  let block:
    | {
        name: string;
        line: number;
        lines: string[];
        size: number;
        uid?: string;
        problem?: NonNullable<Block['problem']>;
      }
    | undefined;
  let count = 0;
  let ended = false;

  const refuse = (message: string, line = number): void => {
    problem ??= { message, line };
  };

  const physical = (text: string): void => {
    number++;
    if (/^[ \t]/.test(text) && logical) {
      logical.text += text.slice(1);
      if (logical.text.length > limits.text) refuse(`a text of more than ${limits.text} characters`, logical.line);
      return;
    }
    flush();
    logical = { text, line: number };
  };

  const flush = (): void => {
    if (!logical || problem) return;
    const { text, line } = logical;
    logical = undefined;
    if (text.trim() === '') return;
    if (open.length === 0 && text.trim().toUpperCase() !== 'BEGIN:VCALENDAR') {
      return refuse(ended ? 'there is more after END:VCALENDAR' : 'it does not begin with BEGIN:VCALENDAR', line);
    }
    const [, verb, name] = /^(BEGIN|END):([A-Z0-9-]+)\s*$/i.exec(text) ?? [];
    if (verb && name)
      return verb.toUpperCase() === 'BEGIN' ? begin(name.toUpperCase(), line) : end(name.toUpperCase(), line);
    if (block) inside(text, line);
    else {
      const [, key, value] = /^([A-Z0-9-]+)(?:;[^:]*)?:(.*)$/.exec(text) ?? [];
      if (key && value !== undefined) property(key, value.replace(/\\([\\;,])/g, '$1').replace(/\\n/gi, ' '));
      else refuse('neither a property nor a folded line', line);
    }
  };

  const begin = (name: string, line: number): void => {
    open.push(name);
    if (open.length > 8) return refuse('components are nested more than 8 deep', line);
    if (open.length === 2) {
      if (name === 'VEVENT' && ++count > limits.items) return refuse(`more than ${limits.items} events`, line);
      block = { name, line, lines: [], size: 0 };
    }
    block?.lines.push(`BEGIN:${name}`);
  };

  const end = (name: string, line: number): void => {
    if (open.at(-1) !== name) return refuse(`END:${name} where ${open.at(-1) ?? 'nothing'} is open`, line);
    open.pop();
    block?.lines.push(`END:${name}`);
    if (open.length === 0) ended = true;
    if (open.length !== 1 || !block) return;
    const { lines, size: _, ...done } = block;
    block = undefined;
    take({ ...done, text: lines.join('\r\n') });
  };

  const inside = (text: string, line: number): void => {
    if (!block) return;
    block.size += text.length;
    if (block.size > limits.item) return refuse(`an item of more than ${limits.item} characters`, block.line);
    if (!PROPERTY.test(text)) {
      block.problem ??= { line, message: 'a line is neither a property nor folded: it should begin with a space' };
    } else {
      block.lines.push(text);
      if (open.length === 2 && /^UID[;:]/.test(text)) block.uid ??= text.slice(text.indexOf(':') + 1).trim();
    }
  };

  return {
    write(chunk) {
      length += chunk.length;
      if (length > limits.file) refuse(`more than ${limits.file} characters`);
      rest += chunk;
      if (rest.length > limits.item && !/[\r\n]/.test(rest)) refuse(`a line of more than ${limits.item} characters`);
      let from = 0;
      // A carriage return at the end may be half of a line's end.
      for (const { 0: found, index } of rest.matchAll(/\r\n|\n|\r(?!$)/g)) {
        if (problem) break;
        physical(number === 0 && from === 0 ? rest.slice(from, index).replace(/^\ufeff/, '') : rest.slice(from, index));
        from = index + found.length;
      }
      rest = rest.slice(from);
      return problem;
    },
    end() {
      if (!problem && rest !== '') physical(rest.replace(/\r$/, ''));
      flush();
      if (!problem && number === 0) refuse('the file is empty', 1);
      if (!problem && open.length > 0) refuse(`the file ends inside ${open.at(-1)}`);
      return problem;
    },
  };
}
