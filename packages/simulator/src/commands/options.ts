/**
 * Options of a command by its table: getopt_long(3) with permutation, grouped letters, abbreviated long names and
 * `--name=value`. A mistake is a message in glibc's words.
 */

/** One option: a letter, a long name or both. It is known by its long name, or by its letter. */
export interface CommandOption {
  readonly short?: string;
  readonly long?: string;
  readonly argument?: 'required' | 'optional';
  /** One line of documentation, as `--help` prints it. */
  readonly help?: string;
}

/** The options found, in their order. */
export class ParsedOptions {
  private readonly found: { readonly key: string; readonly value: string | undefined }[] = [];

  add(key: string, value: string | undefined): void {
    this.found.push({ key, value });
  }

  has(...keys: readonly string[]): boolean {
    return this.found.some((option) => keys.includes(option.key));
  }

  /** The argument of the last `key`. */
  value(key: string): string | undefined {
    return this.found.findLast((option) => option.key === key)?.value;
  }

  values(key: string): readonly string[] {
    return this.found.flatMap((option) => (option.key === key && option.value !== undefined ? [option.value] : []));
  }

  /** The last given one of `keys`. */
  last(...keys: readonly string[]): string | undefined {
    return this.found.findLast((option) => keys.includes(option.key))?.key;
  }

  get all(): readonly { readonly key: string; readonly value: string | undefined }[] {
    return this.found;
  }
}

export interface ParsedArguments {
  readonly options: ParsedOptions;
  readonly operands: readonly string[];
  /** What getopt would have complained about, without the name of the command. */
  readonly error?: string;
  /** The argument that it complained about, as it was given. */
  readonly mistaken?: string;
}

export function optionKey(option: CommandOption): string {
  return option.long ?? option.short ?? '';
}

interface ParseState {
  readonly table: readonly CommandOption[];
  readonly args: readonly string[];
  readonly options: ParsedOptions;
  index: number;
}

function findLong(state: ParseState, name: string): CommandOption | string {
  const exact = state.table.find((option) => option.long === name);
  if (exact) return exact;
  const candidates = state.table.filter((option) => option.long?.startsWith(name));
  const [first] = candidates;
  if (first === undefined) return `unrecognized option '--${name}'`;
  if (candidates.length === 1) return first;
  const possibilities = candidates.map((option) => ` '--${option.long}'`).join('');
  return `option '--${name}' is ambiguous; possibilities:${possibilities}`;
}

function parseLong(state: ParseState, argument: string): string | undefined {
  const equals = argument.indexOf('=');
  const name = equals === -1 ? argument.slice(2) : argument.slice(2, equals);
  const option = findLong(state, name);
  // What is unknown is named with its argument.
  if (typeof option === 'string')
    return option.startsWith('unrecognized') ? `unrecognized option '${argument}'` : option;
  if (equals !== -1) {
    if (option.argument === undefined) return `option '--${option.long}' doesn't allow an argument`;
    state.options.add(optionKey(option), argument.slice(equals + 1));
    return undefined;
  }
  if (option.argument !== 'required') {
    state.options.add(optionKey(option), undefined);
    return undefined;
  }
  state.index++;
  const value = state.args[state.index];
  if (value === undefined) return `option '--${option.long}' requires an argument`;
  state.options.add(optionKey(option), value);
  return undefined;
}

function parseLetters(state: ParseState, letters: string): string | undefined {
  for (let at = 0; at < letters.length; at++) {
    const letter = letters.charAt(at);
    const option = state.table.find((candidate) => candidate.short === letter);
    if (!option) return `invalid option -- '${letter}'`;
    if (option.argument === undefined) {
      state.options.add(optionKey(option), undefined);
      continue;
    }
    const rest = letters.slice(at + 1);
    if (rest !== '' || option.argument === 'optional') {
      state.options.add(optionKey(option), rest === '' ? undefined : rest);
      return undefined;
    }
    state.index++;
    const value = state.args[state.index];
    if (value === undefined) return `option requires an argument -- '${letter}'`;
    state.options.add(optionKey(option), value);
  }
  return undefined;
}

export interface OperandRule {
  /** The first operand ends the options, as `+` does in getopt. */
  readonly stopAtOperand?: boolean;
  /** What is an operand although it begins with a dash. */
  readonly operandPattern?: RegExp;
}

/** Reads `args` (without the command's name). */
export function parseArguments(
  table: readonly CommandOption[],
  args: readonly string[],
  { stopAtOperand = false, operandPattern }: OperandRule = {},
): ParsedArguments {
  const state: ParseState = { table, args, options: new ParsedOptions(), index: 0 };
  const operands: string[] = [];
  for (; state.index < args.length; state.index++) {
    const argument = args[state.index] ?? '';
    if (argument === '--') {
      operands.push(...args.slice(state.index + 1));
      break;
    }
    if (!argument.startsWith('-') || argument === '-' || operandPattern?.test(argument) === true) {
      operands.push(...(stopAtOperand ? args.slice(state.index) : [argument]));
      if (stopAtOperand) break;
      continue;
    }
    const error = argument.startsWith('--') ? parseLong(state, argument) : parseLetters(state, argument.slice(1));
    if (error !== undefined) return { options: state.options, operands, error, mistaken: argument };
  }
  return { options: state.options, operands };
}
