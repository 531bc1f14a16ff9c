/** ps(1): processes as /proc tells of them, in the default, -f and u formats. */
import { isSystemError, type System } from '@seashell/system';
import { AccountNames } from './accounts.ts';
import type { CommandContext, CommandDefinition } from './command.ts';
import { toBytes } from './byte-text.ts';
import { readTextFile, writeAll } from './streams.ts';

interface ProcessRow {
  readonly pid: number;
  readonly parentPid: number;
  readonly uid: number;
  readonly state: string;
  readonly terminal: string;
  readonly session: number;
  readonly group: number;
  readonly foregroundGroup: number;
  readonly startedMilliseconds: number;
  readonly cpuSeconds: number;
  readonly name: string;
  readonly command: string;
}

const ticksPerSecond = 100;
const firstPtsMajor = 136;

function terminalName(device: number): string {
  const major = (device >> 8) & 0xfff;
  if (device === 0) return '?';
  return major >= firstPtsMajor && major < firstPtsMajor + 8 ? `pts/${device & 0xff}` : `tty${device & 0xff}`;
}

async function readProcess(system: System, pid: number, bootMilliseconds: number): Promise<ProcessRow | undefined> {
  try {
    const stat = await readTextFile(system, `/proc/${pid}/stat`);
    const close = stat.lastIndexOf(')');
    const name = stat.slice(stat.indexOf('(') + 1, close);
    const numbers = stat
      .slice(close + 2)
      .trim()
      .split(' ');
    const number = (field: number) => Number(numbers[field - 3] ?? 0);
    const status = await readTextFile(system, `/proc/${pid}/status`);
    const cmdline = await readTextFile(system, `/proc/${pid}/cmdline`);
    const defunct = numbers[0] === 'Z';
    return {
      pid,
      parentPid: number(4),
      uid: Number(/^Uid:\s+\d+\s+(\d+)/m.exec(status)?.[1] ?? 0),
      state: numbers[0] ?? '?',
      terminal: terminalName(number(7)),
      session: number(6),
      group: number(5),
      foregroundGroup: number(8),
      startedMilliseconds: bootMilliseconds + (number(22) / ticksPerSecond) * 1000,
      cpuSeconds: Math.floor((number(14) + number(15)) / ticksPerSecond),
      name,
      command:
        cmdline === '' ? `[${name}]${defunct ? ' <defunct>' : ''}` : cmdline.replace(/\0+$/, '').replaceAll('\0', ' '),
    };
  } catch (error) {
    if (isSystemError(error)) return undefined;
    throw error;
  }
}

async function readProcesses(system: System): Promise<readonly ProcessRow[]> {
  const uptime = Number((await readTextFile(system, '/proc/uptime')).split(' ')[0] ?? 0);
  const boot = Math.round((system.clock.now() - uptime * 1000) / 1000) * 1000;
  const names = await system.files.readDirectory('/proc');
  const rows: ProcessRow[] = [];
  for (const pid of names
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .toSorted((a, b) => a - b)) {
    const row = await readProcess(system, pid, boot);
    if (row) rows.push(row);
  }
  return rows;
}

const two = (value: number): string => String(value).padStart(2, '0');

function cpuTime(seconds: number): string {
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

function startTime(row: ProcessRow, nowMilliseconds: number): string {
  const started = new Date(row.startedMilliseconds);
  const sameDay = started.toISOString().slice(0, 10) === new Date(nowMilliseconds).toISOString().slice(0, 10);
  return sameDay
    ? started.toISOString().slice(11, 16)
    : `${started.toUTCString().slice(8, 11)}${two(started.getUTCDate())}`;
}

function stateText(row: ProcessRow): string {
  return `${row.state}${row.session === row.pid ? 's' : ''}${row.foregroundGroup === row.group && row.terminal !== '?' ? '+' : ''}`;
}

type Column = readonly [
  header: string,
  width: number,
  value: (row: ProcessRow, names: ReadonlyMap<number, string>) => string,
  left?: boolean,
];

const userOf = (row: ProcessRow, names: ReadonlyMap<number, string>): string => {
  const name = names.get(row.uid) ?? String(row.uid);
  return name.length > 8 ? `${name.slice(0, 7)}+` : name;
};

function columnsFor(format: string, now: number): readonly Column[] {
  const pid: Column = ['PID', 7, (row) => String(row.pid)];
  const tty: Column = ['TTY', 8, (row) => row.terminal, true];
  const time: Column = ['TIME', 8, (row) => cpuTime(row.cpuSeconds)];
  if (format === 'full') {
    return [
      ['UID', 8, userOf, true],
      pid,
      ['PPID', 7, (row) => String(row.parentPid)],
      ['C', 2, () => '0'],
      ['STIME', 5, (row) => startTime(row, now)],
      tty,
      time,
      ['CMD', 0, (row) => row.command, true],
    ];
  }
  if (format === 'user') {
    return [
      ['USER', 8, userOf, true],
      pid,
      ['%CPU', 4, () => '0.0'],
      ['%MEM', 4, () => '0.0'],
      ['VSZ', 6, () => '0'],
      ['RSS', 5, () => '0'],
      tty,
      ['STAT', 4, stateText, true],
      ['START', 5, (row) => startTime(row, now)],
      ['TIME', 6, (row) => `${Math.floor(row.cpuSeconds / 60)}:${two(row.cpuSeconds % 60)}`],
      ['COMMAND', 0, (row) => row.command, true],
    ];
  }
  if (format === 'bsd')
    return [
      pid,
      tty,
      ['STAT', 4, stateText, true],
      ['TIME', 6, (row) => `${Math.floor(row.cpuSeconds / 60)}:${two(row.cpuSeconds % 60)}`],
      ['COMMAND', 0, (row) => row.command, true],
    ];
  return [pid, tty, time, ['CMD', 0, (row) => `${row.name}${row.state === 'Z' ? ' <defunct>' : ''}`, true]];
}

const fieldColumns: ReadonlyMap<string, Column> = new Map(
  Object.entries<Column>({
    pid: ['PID', 7, (row) => String(row.pid)],
    ppid: ['PPID', 7, (row) => String(row.parentPid)],
    pgid: ['PGID', 7, (row) => String(row.group)],
    sid: ['SID', 7, (row) => String(row.session)],
    user: ['USER', 8, userOf, true],
    uid: ['UID', 5, (row) => String(row.uid)],
    tty: ['TT', 8, (row) => row.terminal, true],
    tt: ['TT', 8, (row) => row.terminal, true],
    stat: ['STAT', 4, stateText, true],
    s: ['S', 1, (row) => row.state, true],
    state: ['S', 1, (row) => row.state, true],
    comm: ['COMMAND', 15, (row) => row.name, true],
    ucmd: ['CMD', 15, (row) => row.name, true],
    cmd: ['CMD', 27, (row) => row.command, true],
    args: ['COMMAND', 27, (row) => row.command, true],
    command: ['COMMAND', 27, (row) => row.command, true],
    time: ['TIME', 8, (row) => cpuTime(row.cpuSeconds)],
  }),
);

interface Request {
  format: string;
  all: boolean;
  terminals: boolean;
  pids: Set<number> | undefined;
  user: string | undefined;
  names: Set<string> | undefined;
  fields: string[];
  error?: string;
}

/** What must follow an option, when nothing does. */
const missingValues: Readonly<Record<string, string>> = {
  p: 'list of process IDs must follow -p',
  u: 'list of users must follow -u',
  U: 'list of real users must follow -U',
  C: 'list of command names must follow -C',
  o: 'format specification must follow -o',
};

function takePids(request: Request, text: string): void {
  const parts = text.split(/[, ]+/);
  if (!parts.every((part) => /^\d+$/.test(part))) request.error ??= 'process ID list syntax error';
  const pids = parts.map(Number);
  if (pids.some((pid) => pid < 1 || pid > 0x7fff_ffff)) request.error ??= 'process ID out of range';
  request.pids = new Set([...(request.pids ?? []), ...pids]);
}

function takeValueOption(request: Request, letter: string, value: string | undefined): void {
  if (value === undefined) request.error ??= missingValues[letter] ?? '';
  else if (letter === 'p') takePids(request, value);
  else if (letter === 'u' || letter === 'U') request.user = value;
  else if (letter === 'C') request.names = new Set(value.split(','));
  else request.fields.push(...value.split(/[, ]+/));
}

function takeUnixLetter(request: Request, letter: string): void {
  if (letter === 'e' || letter === 'A') request.all = true;
  else if (letter === 'f' || letter === 'F') request.format = 'full';
  else if (letter === 'a') request.terminals = true;
  else if (!'lwHT'.includes(letter)) request.error ??= 'unsupported SysV option';
}

/** The letters of `-ef` or `-opid`; the first that wants a value takes the rest, or the next argument. */
function takeUnix(request: Request, letters: string, next: () => string | undefined): void {
  for (const [index, letter] of Array.from(letters).entries()) {
    if (letter in missingValues) {
      const rest = letters.slice(index + 1);
      takeValueOption(request, letter, rest === '' ? next() : rest);
      return;
    }
    takeUnixLetter(request, letter);
  }
}

function parseRequest(args: readonly string[]): Request {
  const request: Request = {
    format: 'default',
    all: false,
    terminals: false,
    pids: undefined,
    user: undefined,
    names: undefined,
    fields: [],
  };
  let at = 0;
  const next = () => args[++at];
  for (; at < args.length; at++) {
    const argument = args[at] ?? '';
    if (/^\d+$/.test(argument)) takePids(request, argument);
    else if (argument.startsWith('--')) request.error ??= 'unknown gnu long option';
    else if (argument.startsWith('-')) takeUnix(request, argument.slice(1), next);
    else takeBsd(request, argument, next);
  }
  return request;
}

function takeBsd(request: Request, argument: string, next: () => string | undefined): void {
  if (request.format === 'default') request.format = 'bsd';
  let [a, x] = [false, false];
  for (const letter of argument) {
    if (letter === 'a') a = true;
    else if (letter === 'x') x = true;
    else if (letter === 'u') request.format = 'user';
    else if (letter === 'o') takeValueOption(request, 'o', next());
    else if (!'wfhl'.includes(letter)) request.error ??= 'unsupported option (BSD syntax)';
  }
  if (a && x) request.all = true;
  else if (a) request.terminals = true;
  else if (x) request.user ??= '';
}

/** A user by name or number; `undefined` if there is none. */
async function userNumber({ system }: CommandContext, user: string): Promise<number | undefined> {
  const account = await system.process.findUser({ name: user });
  return account?.uid ?? (/^\d+$/.test(user) ? Number(user) : undefined);
}

async function selected(
  context: CommandContext,
  request: Request,
  rows: readonly ProcessRow[],
): Promise<readonly ProcessRow[]> {
  const { system } = context;
  if (request.pids) return rows.filter((row) => request.pids?.has(row.pid));
  if (request.names) return rows.filter((row) => request.names?.has(row.name));
  if (request.all) return rows;
  if (request.terminals) return rows.filter((row) => row.terminal !== '?');
  const own = rows.find((row) => row.pid === system.process.pid);
  const uid = request.user ? await userNumber(context, request.user) : system.process.credentials.uid;
  if (request.user !== undefined) return rows.filter((row) => row.uid === uid);
  return rows.filter((row) => row.uid === uid && row.terminal === own?.terminal);
}

function formatRow(cells: readonly string[], columns: readonly Column[]): string {
  return columns
    .map(([, width, , left], at) => {
      const cell = cells[at] ?? '';
      if (at === columns.length - 1) return cell;
      return left === true ? cell.padEnd(width) : cell.padStart(width);
    })
    .join(' ');
}

async function chosenColumns(context: CommandContext, request: Request): Promise<readonly Column[] | string> {
  if (request.fields.length === 0) return columnsFor(request.format, context.system.clock.now());
  const columns: Column[] = [];
  for (const field of request.fields) {
    const [name = '', header] = field.split('=');
    const column = fieldColumns.get(name);
    if (!column) return `unknown user-defined format specifier "${field}"`;
    columns.push(header === undefined ? column : [header, column[1], column[2], column[3] ?? false]);
  }
  return columns;
}

/** What procps prints after an error. */
const usageText = `
Usage:
 ps [options]

 Try 'ps --help <simple|list|output|threads|misc|all>'
  or 'ps --help <s|l|o|t|m|a>'
 for additional help text.

For more details see ps(1).
`;

export const ps: CommandDefinition = {
  name: 'ps',
  package: 'procps-ng 4.0.2',
  usage: ['[options]'],
  summary: 'Report a snapshot of the current processes: ps, ps -ef, ps aux, ps -o FIELDS, ps -p PID.',
  options: [],
  rawArguments: true,
  async run(context) {
    const request = parseRequest(context.operands);
    const columns = await chosenColumns(context, request);
    const unknown =
      request.user !== undefined && request.user !== '' && (await userNumber(context, request.user)) === undefined;
    const error = request.error ?? (unknown ? 'user name does not exist' : undefined);
    if (error !== undefined || typeof columns === 'string') {
      const words = error ?? (typeof columns === 'string' ? columns : '');
      await writeAll(context.system, 2, toBytes(`error: ${words}\n${usageText}`));
      return 1;
    }
    const rows = await selected(context, request, await readProcesses(context.system));
    const accounts = new AccountNames(context.system);
    const names = new Map<number, string>();
    for (const row of rows) names.set(row.uid, await accounts.user(row.uid));
    const headers = columns.map(([header]) => header);
    if (headers.some((header) => header !== '')) await context.output.write(`${formatRow(headers, columns)}\n`);
    for (const row of rows)
      await context.output.write(
        `${formatRow(
          columns.map(([, , value]) => value(row, names)),
          columns,
        )}\n`,
      );
    return rows.length > 0 ? 0 : 1;
  },
};
