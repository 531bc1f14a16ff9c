/** echo and read. */
import { isSystemError, signalNumbers } from '@seashell/system';
import { fromBytes } from '../../commands/byte-text.ts';
import { formatEcho } from '../../commands/echo.ts';
import { setVariable } from '../execute/assignment.ts';
import { maximumValueCharacters } from '../limits.ts';
import { namePattern } from '../variables.ts';
import { type Builtin, type BuiltinContext, writeReported } from './builtin.ts';

/** echo. */
export const echo: Builtin = (context) => writeReported(context, formatEcho(context.args));

interface ReadOptions {
  raw: boolean;
  prompt: string;
  delimiter: number;
  limit: number;
  silent: boolean;
  array: string | undefined;
  timeoutSeconds: number | undefined;
  descriptor: number;
  names: readonly string[];
}

const readUsage =
  'read [-ers] [-a array] [-d delim] [-i text] [-n nchars] [-N nchars] [-p prompt] [-t timeout] [-u fd] [name ...]';

function applyReadOption(options: ReadOptions, letter: string, value: string): void {
  if (letter === 'p') options.prompt = value;
  else if (letter === 'd') options.delimiter = value === '' ? 0 : value.charCodeAt(0);
  else if (letter === 'n' || letter === 'N') options.limit = Number(value);
  else if (letter === 'a') options.array = value;
  else if (letter === 't') options.timeoutSeconds = Number(value);
  else if (letter === 'u') options.descriptor = Number(value);
}

async function parseRead(context: BuiltinContext): Promise<ReadOptions | undefined> {
  const options: ReadOptions = {
    raw: false,
    prompt: '',
    delimiter: 10,
    limit: Infinity,
    silent: false,
    array: undefined,
    timeoutSeconds: undefined,
    descriptor: 0,
    names: [],
  };
  const { args } = context;
  let at = 0;
  for (; /^-./.test(args[at] ?? ''); at++) {
    const argument = args[at] ?? '';
    if (argument === '--') {
      at++;
      break;
    }
    for (let index = 1; index < argument.length; index++) {
      const letter = argument.charAt(index);
      if (letter === 'r') options.raw = true;
      else if (letter === 's') options.silent = true;
      else if (letter === 'e') continue;
      else if ('pdnNatui'.includes(letter)) {
        const rest = argument.slice(index + 1);
        applyReadOption(options, letter, rest === '' ? (args[++at] ?? '') : rest);
        break;
      } else {
        await context.complain(`-${letter}: invalid option`);
        await context.usage(readUsage);
        return undefined;
      }
    }
  }
  return { ...options, names: args.slice(at) };
}

interface RawLine {
  readonly bytes: readonly number[];
  /** Indexes of bytes that a backslash quoted. */
  readonly quoted: ReadonlySet<number>;
  readonly status: number;
}

/** Reads byte by byte: what follows the line belongs to others. */
async function readLine(context: BuiltinContext, options: ReadOptions, descriptor: number): Promise<RawLine> {
  const { streams, clock } = context.shell.system;
  const deadline = options.timeoutSeconds === undefined ? undefined : clock.monotonic() + options.timeoutSeconds * 1000;
  const bytes: number[] = [];
  const quoted = new Set<number>();
  let escaped = false;
  // One more than a value may hold is enough to say so.
  const limit = Math.min(options.limit, maximumValueCharacters + 1);
  while (bytes.length < limit) {
    if (deadline !== undefined) {
      const { ready } = await streams.poll([{ type: 'readable', descriptor }], deadline);
      if (ready.length === 0) return { bytes, quoted, status: 142 };
    }
    const [byte] = await streams.read(descriptor, 1);
    if (byte === undefined) return { bytes, quoted, status: 1 };
    if (escaped) {
      escaped = false;
      if (byte === 10) continue;
      quoted.add(bytes.length);
      bytes.push(byte);
    } else if (byte === 92 && !options.raw) escaped = true;
    else if (byte === options.delimiter) return { bytes, quoted, status: 0 };
    else bytes.push(byte);
  }
  return { bytes, quoted, status: 0 };
}

/** Splits a line by IFS for `count` names: the last one takes the rest. */
function splitLine(line: RawLine, ifs: string, count: number): readonly string[] {
  const isSpace = (at: number) =>
    ifs.includes(String.fromCharCode(line.bytes[at] ?? 0)) &&
    [32, 9, 10].includes(line.bytes[at] ?? 0) &&
    !line.quoted.has(at);
  const isSeparator = (at: number) => ifs.includes(String.fromCharCode(line.bytes[at] ?? 0)) && !line.quoted.has(at);
  const text = (from: number, to: number) => fromBytes(Uint8Array.from(line.bytes.slice(from, to)));
  const fields: string[] = [];
  const end = line.bytes.length;
  let at = 0;
  while (at < end && isSpace(at)) at++;
  while (at < end) {
    const start = at;
    while (at < end && !isSeparator(at)) at++;
    const stop = at;
    while (at < end && isSpace(at)) at++;
    if (at < end && isSeparator(at)) at++;
    while (at < end && isSpace(at)) at++;
    if (fields.length === count - 1 && at < end) {
      let last = end;
      while (last > start && isSpace(last - 1)) last--;
      fields.push(text(start, last));
      return fields;
    }
    fields.push(text(start, stop));
  }
  return fields;
}

async function storeLine(context: BuiltinContext, options: ReadOptions, line: RawLine): Promise<number> {
  const { shell } = context;
  const ifs = shell.variables.find('IFS')?.value ?? ' \t\n';
  if (options.array !== undefined) {
    shell.variables.setArray(options.array, new Map(splitLine(line, ifs, Infinity).entries()));
    return line.status;
  }
  if (options.names.length === 0) {
    await setVariable(shell, 'REPLY', fromBytes(Uint8Array.from(line.bytes)));
    return line.status;
  }
  const fields = splitLine(line, ifs, options.names.length);
  for (const [index, name] of options.names.entries()) {
    if (!(await setVariable(shell, name, fields[index] ?? ''))) return 1;
  }
  return line.status;
}

async function withoutEcho<T>(context: BuiltinContext, descriptor: number, action: () => Promise<T>): Promise<T> {
  const { terminal } = context.shell.system;
  const saved = await terminal.getAttributes(descriptor);
  await terminal.setAttributes(descriptor, { ...saved, ECHO: false });
  try {
    return await action();
  } finally {
    await terminal.setAttributes(descriptor, saved);
  }
}

async function isTerminal(context: BuiltinContext, descriptor: number): Promise<boolean> {
  try {
    await context.shell.system.terminal.getAttributes(descriptor);
    return true;
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}

/** A signal came while the line was read: the executor does what it asks for. */
async function interruptedStatus({ shell }: BuiltinContext): Promise<number> {
  await shell.takeSignals();
  const [signal] = shell.pendingSignals;
  return signal === undefined ? 1 : 128 + signalNumbers[signal];
}

/** read. */
export const read: Builtin = async (context) => {
  const options = await parseRead(context);
  if (!options) return 2;
  const invalid = options.names.find((name) => !namePattern.test(name));
  if (invalid !== undefined) {
    await context.complain(`\`${invalid}': not a valid identifier`);
    return 1;
  }
  const descriptor = context.descriptors.get(options.descriptor);
  if (descriptor === undefined) {
    await context.complain(`${options.descriptor}: invalid file descriptor: Bad file descriptor`);
    return 1;
  }
  const terminal = (options.prompt !== '' || options.silent) && (await isTerminal(context, descriptor));
  if (terminal) await context.shell.write(options.prompt, context.descriptors, 2);
  try {
    const take = () => readLine(context, options, descriptor);
    const line = terminal && options.silent ? await withoutEcho(context, descriptor, take) : await take();
    return await storeLine(context, options, line);
  } catch (error) {
    if (isSystemError(error, 'EINTR')) return await interruptedStatus(context);
    if (!isSystemError(error)) throw error;
    await context.complain(`read error: ${options.descriptor}: ${error.message}`);
    return 1;
  }
};
