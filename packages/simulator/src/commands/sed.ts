/** sed(1): GNU's usual commands without branches; -n, -e, -E, -s and -i. */
import { isSystemError, type FileStatus } from '@seashell/system';
import { isExpressionError, type Match, type RegularExpression } from '../regular-expressions/regular-expression.ts';
import type { CommandContext, CommandDefinition } from './command.ts';
import { forEachInput } from './inputs.ts';
import {
  parseScript,
  type Address,
  type ParsedScript,
  type SedCommand,
  type Selection,
  type Substitution,
} from './sed-script.ts';
import { StepWatch } from './step-watch.ts';
import { Output, readLines, type Line } from './streams.ts';

type LineSource = AsyncIterator<Line>;

/** The lines of one input or of all, one ahead, because `$` is the last one. */
class Lines {
  number = 0;
  readonly #source: LineSource;
  #next: Line | undefined;

  private constructor(source: LineSource) {
    this.#source = source;
  }

  static async of(source: LineSource): Promise<Lines> {
    const lines = new Lines(source);
    await lines.#advance();
    return lines;
  }

  get atEnd(): boolean {
    return this.#next === undefined;
  }

  async take(): Promise<Line | undefined> {
    const line = this.#next;
    if (line === undefined) return undefined;
    this.number += 1;
    await this.#advance();
    return line;
  }

  async #advance(): Promise<void> {
    const { done, value } = await this.#source.next();
    this.#next = done === true ? undefined : value;
  }
}

interface Cycle {
  readonly lines: Lines;
  readonly output: Output;
  readonly quiet: boolean;
  readonly watch: StepWatch;
  /** Commands whose range is open, with the line at which one with a number ends. */
  readonly open: Set<SedCommand>;
  pattern: string;
  terminated: boolean;
  hold: string;
  appended: string;
  quitStatus: number | undefined;
  /** What is left to do with this line: on with the script, print it and take the next, or drop it. */
  step: 'on' | 'end' | 'drop';
}

async function put(cycle: Cycle, text: string): Promise<void> {
  await cycle.output.write(`${text}${cycle.terminated ? '\n' : ''}`);
}

const isAt = (cycle: Cycle, address: Address): boolean => {
  if (address.type === 'line') return cycle.lines.number === address.number;
  if (address.type === 'last') return cycle.lines.atEnd;
  return address.expression.test(cycle.pattern);
};

function isSelected(cycle: Cycle, command: SedCommand): boolean {
  return inRange(cycle, command, command.selection) !== command.selection.negated;
}

function inRange(cycle: Cycle, command: SedCommand, { from, to }: Selection): boolean {
  if (from === undefined) return true;
  if (to === undefined) return isAt(cycle, from);
  if (cycle.open.has(command)) {
    const ends = to.type === 'line' ? cycle.lines.number >= to.number : isAt(cycle, to);
    if (ends) cycle.open.delete(command);
    return to.type !== 'line' || cycle.lines.number <= to.number;
  }
  if (!isAt(cycle, from)) return false;
  if (to.type !== 'line' || to.number > cycle.lines.number) cycle.open.add(command);
  return true;
}

/** The matches that `s` looks at: an empty one not right behind another. */
function* matchesIn(expression: RegularExpression, text: string): Generator<Match> {
  let last = -1;
  for (let from = 0; from <= text.length;) {
    const match = expression.search(text, from);
    if (!match) return;
    const empty = match.end === match.start;
    if (!empty || match.start !== last) yield match;
    last = match.end;
    const wide = (text.codePointAt(match.end) ?? 0) > 0xffff;
    from = empty ? match.end + (wide ? 2 : 1) : match.end;
  }
}

function replacementText(text: string, match: Match, pieces: Substitution['replacement']): string {
  const spans = [match, ...match.groups];
  return pieces
    .map((piece) => {
      if (typeof piece === 'string') return piece;
      const span = spans[piece];
      return span ? text.slice(span.start, span.end) : '';
    })
    .join('');
}

async function substitute(cycle: Cycle, { expression, replacement, first, all, print }: Substitution): Promise<void> {
  const text = cycle.pattern;
  let [count, at, result] = [0, 0, ''];
  for (const match of matchesIn(expression, text)) {
    count += 1;
    await cycle.watch.pause([expression]);
    if (count < first) continue;
    result += text.slice(at, match.start) + replacementText(text, match, replacement);
    at = match.end;
    if (!all) break;
  }
  if (count < first) return;
  cycle.pattern = result + text.slice(at);
  if (print) await put(cycle, cycle.pattern);
}

/** The commands of one letter. */
const plain: Readonly<Record<string, (cycle: Cycle) => unknown>> = {
  p: (cycle) => put(cycle, cycle.pattern),
  P: (cycle) => put(cycle, cycle.pattern.split('\n')[0] ?? ''),
  d: (cycle) => (cycle.step = 'drop'),
  D: (cycle) => (cycle.step = 'drop'),
  '=': (cycle) => cycle.output.write(`${cycle.lines.number}\n`),
  g: (cycle) => (cycle.pattern = cycle.hold),
  G: (cycle) => (cycle.pattern += `\n${cycle.hold}`),
  h: (cycle) => (cycle.hold = cycle.pattern),
  H: (cycle) => (cycle.hold += `\n${cycle.pattern}`),
  x: (cycle) => ([cycle.pattern, cycle.hold] = [cycle.hold, cycle.pattern]),
  n: async (cycle) => {
    if (cycle.lines.atEnd) {
      cycle.step = 'end';
      return;
    }
    if (!cycle.quiet) await put(cycle, cycle.pattern);
    await nextLine(cycle, '');
  },
  N: async (cycle) => {
    if (cycle.lines.atEnd) cycle.step = 'end';
    else await nextLine(cycle, `${cycle.pattern}\n`);
  },
};

async function nextLine(cycle: Cycle, before: string): Promise<boolean> {
  const line = await cycle.lines.take();
  if (line === undefined) return false;
  cycle.pattern = before + line.text;
  cycle.terminated = line.terminated;
  return true;
}

async function obey(cycle: Cycle, command: SedCommand): Promise<void> {
  if (!isSelected(cycle, command)) return;
  const { action } = command;
  switch (action.type) {
    case 'substitute':
      return substitute(cycle, action.substitution);
    case 'transliterate':
      cycle.pattern = Array.from(cycle.pattern, (character) => action.map.get(character) ?? character).join('');
      return;
    case 'text':
      if (action.where === 'after') cycle.appended += `${action.text}\n`;
      else await cycle.output.write(`${action.text}\n`);
      if (action.where === 'instead') cycle.step = 'drop';
      return;
    case 'block':
      return obeyAll(cycle, action.commands);
    case 'quit':
      cycle.quitStatus = action.status;
      cycle.step = action.quiet ? 'drop' : 'end';
      return;
    case 'plain':
      await plain[action.letter]?.(cycle);
  }
}

async function obeyAll(cycle: Cycle, commands: readonly SedCommand[]): Promise<void> {
  for (const command of commands) {
    if (cycle.step !== 'on') return;
    await obey(cycle, command);
  }
}

/** Does the script to the line, and says what it left to do. */
async function stepOf(cycle: Cycle, commands: readonly SedCommand[]): Promise<Cycle['step']> {
  cycle.step = 'on';
  await obeyAll(cycle, commands);
  return cycle.step;
}

function expressionsOf({ selection, action }: SedCommand): readonly RegularExpression[] {
  const addresses = [selection.from, selection.to].flatMap((address) =>
    address?.type === 'match' ? [address.expression] : [],
  );
  if (action.type === 'substitute') return [...addresses, action.substitution.expression];
  return action.type === 'block' ? [...addresses, ...action.commands.flatMap(expressionsOf)] : addresses;
}

/** The script over all lines; the status of `q`, if it came to one. */
async function runScript(cycle: Cycle, commands: readonly SedCommand[]): Promise<number | undefined> {
  const expressions = commands.flatMap(expressionsOf);
  while (cycle.quitStatus === undefined && (await nextLine(cycle, ''))) {
    const step = await stepOf(cycle, commands);
    if (step !== 'drop' && !cycle.quiet) await put(cycle, cycle.pattern);
    if (cycle.appended !== '') await cycle.output.write(cycle.appended);
    cycle.appended = '';
    await cycle.watch.pause(expressions);
  }
  return cycle.quitStatus;
}

async function cycleOver(context: CommandContext, source: LineSource, output: Output): Promise<Cycle> {
  return {
    lines: await Lines.of(source),
    output,
    quiet: context.options.has('quiet'),
    watch: new StepWatch(context.system),
    open: new Set(),
    pattern: '',
    terminated: true,
    hold: '',
    appended: '',
    quitStatus: undefined,
    step: 'on',
  };
}

/** Into a new file beside the old one, which then takes its place. */
async function editInPlace(context: CommandContext, name: string, commands: readonly SedCommand[]): Promise<number> {
  const { files, streams } = context.system;
  const status: FileStatus = await files.status(name);
  const source = await files.open(name, { access: 'read' });
  const temporary = `${name.slice(0, name.lastIndexOf('/') + 1)}sed${context.system.process.pid}`;
  const target = await files.open(temporary, { access: 'write', create: true, exclusive: true, mode: 0o600 });
  const output = new Output(context.system, target);
  const cycle = await cycleOver(context, readLines(context.system, source), output);
  const quit = await runScript(cycle, commands);
  for (let line = await cycle.lines.take(); line !== undefined; line = await cycle.lines.take()) {
    await output.write(`${line.text}${line.terminated ? '\n' : ''}`);
  }
  await output.flush();
  await streams.close(target);
  await streams.close(source);
  await files.changeMode(temporary, status.mode);
  const suffix = context.options.value('in-place') ?? '';
  if (suffix !== '') await files.rename(name, `${name}${suffix}`);
  await files.rename(temporary, name);
  return quit ?? 0;
}

async function editEach(
  context: CommandContext,
  names: readonly string[],
  commands: readonly SedCommand[],
): Promise<number> {
  let status = 0;
  for (const name of names) {
    try {
      status = Math.max(status, await editInPlace(context, name, commands));
    } catch (error) {
      if (!isSystemError(error)) throw error;
      await context.complain(`can't read ${name}: ${error.message}`);
      status = 2;
    }
  }
  return status;
}

/** All inputs as one stream of lines; what cannot be read is said, and makes the status 2. */
async function gatherLines(context: CommandContext, names: readonly string[]) {
  const gathered: Line[] = [];
  const failed = await forEachInput(context, names, {
    each: async (descriptor) => {
      for await (const line of readLines(context.system, descriptor)) gathered.push(line);
    },
    failure: (name) => `can't read ${name}: `,
  });
  return { gathered, status: failed === 0 ? 0 : 2 };
}

async function* eachOf(lines: readonly Line[]): AsyncGenerator<Line> {
  yield* lines;
}

async function printEdited(
  context: CommandContext,
  names: readonly string[],
  commands: readonly SedCommand[],
): Promise<number> {
  if (names.length === 0) {
    const cycle = await cycleOver(context, readLines(context.system, 0), context.output);
    return (await runScript(cycle, commands)) ?? 0;
  }
  const { gathered, status } = await gatherLines(context, names);
  return (await runScript(await cycleOver(context, eachOf(gathered), context.output), commands)) ?? status;
}

function readScript({ options, operands }: CommandContext): {
  readonly parsed: ParsedScript;
  readonly names: readonly string[];
} {
  const given = options.values('expression');
  const [script, names] = given.length > 0 ? [given.join('\n'), operands] : [operands[0] ?? '', operands.slice(1)];
  return { parsed: parseScript(script, options.has('regexp-extended', 'r')), names };
}

export const sed: CommandDefinition = {
  name: 'sed',
  usage: ['[OPTION]... {script-only-if-no-other-script} [input-file]...'],
  summary: 'Edit the lines of each input file by a script, and print them.',
  options: [
    { short: 'n', long: 'quiet', help: 'print only what the script prints' },
    { short: 'e', long: 'expression', argument: 'required', help: 'add the script to the commands to be executed' },
    { short: 'E', long: 'regexp-extended', help: 'use extended regular expressions in the script' },
    { short: 'r', help: 'the same as -E' },
    {
      short: 'i',
      long: 'in-place',
      argument: 'optional',
      help: 'edit files in place (makes backup if SUFFIX supplied)',
    },
  ],
  async run(context) {
    const { options, operands } = context;
    if (operands.length === 0 && !options.has('expression')) {
      return context.complainUsage('no script given');
    }
    const { parsed, names } = readScript(context);
    if ('error' in parsed) {
      await context.complain(parsed.error);
      return 1;
    }
    try {
      return await (options.has('in-place') ? editEach : printEdited)(context, names, parsed.commands);
    } catch (error) {
      if (!isExpressionError(error)) throw error;
      await context.output.flush();
      await context.complain(error.message);
      return 4;
    }
  },
};
