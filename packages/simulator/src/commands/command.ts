/**
 * What a command is: a name, its usage, a table of options and a function. `createProgram` makes a program of it that reads
 * the options, answers `--help`, and reports mistakes as coreutils does.
 */
import { isSystemError, type Program, type System } from '@seashell/system';
import { parseArguments, type CommandOption, type ParsedOptions } from './options.ts';
import { Output, writeAll } from './streams.ts';
import { toBytes } from './byte-text.ts';

export interface CommandContext {
  readonly system: System;
  /** The command's own name. */
  readonly command: string;
  /** The name by which it was called, which starts its messages. */
  readonly name: string;
  readonly options: ParsedOptions;
  readonly operands: readonly string[];
  /** Standard output, buffered; flushed when the command returns. */
  readonly output: Output;
  /** Writes `name: message` to standard error. */
  complain(message: string): Promise<void>;
  /** `complain`, then the line that points to --help; gives the status for wrong usage. */
  complainUsage(message: string, argument?: string): Promise<number>;
}

export interface WrongUsage {
  readonly system: System;
  readonly name: string;
  /** The argument that was no option, if that was it. */
  readonly argument: string | undefined;
}

export interface CommandDefinition {
  readonly name: string;
  /** What follows the name in the usage, one string for each form. */
  readonly usage: readonly string[];
  /** The package and version that it follows, coreutils if left out; for `--version`. */
  readonly package?: string;
  /** What --help prints, if it is not made of what stands here. */
  readonly help?: string;
  /** One sentence on what it does. */
  readonly summary: string;
  readonly options: readonly CommandOption[];
  /** Exit status of wrong usage; 1 if left out. */
  readonly usageStatus?: number;
  /** What follows a complaint about wrong usage, instead of the line that points to --help. */
  readonly usageHint?: (usage: WrongUsage) => string | Promise<string>;
  /** The words for a mistake in the options, if they are not getopt's. */
  readonly usageWords?: (error: string, argument: string) => string;
  /** The first operand ends the options. */
  readonly stopAtOperand?: boolean;
  /** What is an operand although it begins with a dash: a negative number. */
  readonly operandPattern?: RegExp;
  /** The arguments are the command's own affair: no options but --help or --version alone. */
  readonly rawArguments?: boolean;
  run(context: CommandContext): Promise<number>;
}

/** A command as a world installs it. */
export interface Executable {
  readonly name: string;
  readonly path: string;
  readonly program: Program;
}

function optionLine(option: CommandOption): string {
  const value = { required: '=ARG', optional: '[=ARG]' };
  const short = option.short === undefined ? '    ' : `-${option.short}${option.long === undefined ? '' : ', '}`;
  const long = option.long === undefined ? '' : `--${option.long}`;
  const argument = option.argument === undefined ? '' : long === '' ? ' ARG' : value[option.argument];
  return `  ${`${short}${long}${argument}`.padEnd(26)}${option.help ?? ''}`.trimEnd();
}

/** The text of `--help`. */
export function formatHelp(definition: CommandDefinition): string {
  if (definition.help !== undefined) return definition.help;
  const usage = definition.usage.map(
    (form, index) => `${index === 0 ? 'Usage:' : '  or: '} ${`${definition.name} ${form}`.trimEnd()}`,
  );
  const options = [...definition.options, helpOption, versionOption].map(optionLine);
  return [...usage, definition.summary, '', ...options, ''].join('\n');
}

const helpOption: CommandOption = { long: 'help', help: 'display this help and exit' };
const versionOption: CommandOption = { long: 'version', help: 'output version information and exit' };

function createContext(
  system: System,
  definition: CommandDefinition,
  name: string,
): Omit<CommandContext, 'options' | 'operands'> {
  const complain = (message: string) => writeAll(system, 2, toBytes(`${name}: ${message}\n`));
  return {
    system,
    command: definition.name,
    name,
    output: new Output(system, 1),
    complain,
    async complainUsage(message, argument) {
      await complain(message);
      const hint =
        (await definition.usageHint?.({ system, name, argument })) ?? `Try '${name} --help' for more information.\n`;
      await writeAll(system, 2, toBytes(hint));
      return definition.usageStatus ?? 1;
    },
  };
}

async function runFlushed(context: CommandContext, definition: CommandDefinition): Promise<number> {
  try {
    const status = await definition.run(context);
    await context.output.flush();
    return status;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (error.operation === 'write') await context.complain(`write error: ${error.message}`);
    else await context.complain(`${error.path === undefined ? error.operation : error.path}: ${error.message}`);
    return definition.usageStatus ?? 1;
  }
}

/** The first line is what scripts look at; the second says the truth. */
function formatVersion(definition: CommandDefinition): string {
  const after = definition.package ?? 'GNU coreutils 9.1';
  return `${definition.name} (${after.replace(/ \S+$/, '')}) ${/\S+$/.exec(after)?.[0] ?? ''}\nSeashell's own, made after that one.\n`;
}

/** The program of a command. */
export function createProgram(definition: CommandDefinition): Program {
  return async (system, argv) => {
    const name = argv[0] ?? definition.name;
    const base = createContext(system, definition, name);
    const table = [...definition.options, helpOption, versionOption];
    const raw = definition.rawArguments === true;
    const [only, ...others] = argv.slice(1);
    // Those who take their arguments as they are still know these two, alone.
    if (raw && others.length === 0 && (only === '--help' || only === '--version')) {
      await writeAll(system, 1, toBytes(only === '--help' ? formatHelp(definition) : formatVersion(definition)));
      return 0;
    }
    const parsed = parseArguments(raw ? [] : table, raw ? ['--', ...argv.slice(1)] : argv.slice(1), definition);
    if (parsed.error !== undefined) {
      const words = definition.usageWords?.(parsed.error, parsed.mistaken ?? '') ?? parsed.error;
      return base.complainUsage(words, parsed.mistaken);
    }
    const asked = parsed.options.all.find(({ key }) => key === 'help' || key === 'version')?.key;
    if (asked !== undefined) {
      await writeAll(system, 1, toBytes(asked === 'help' ? formatHelp(definition) : formatVersion(definition)));
      return 0;
    }
    return runFlushed({ ...base, options: parsed.options, operands: parsed.operands }, definition);
  };
}

/** Runs `action`; a SystemError is reported as `prefix: words`, and gives false. */
export async function attempt(
  context: Pick<CommandContext, 'complain'>,
  prefix: string,
  action: () => Promise<unknown>,
): Promise<boolean> {
  try {
    await action();
    return true;
  } catch (error) {
    if (!isSystemError(error) || error.operation === 'write') throw error;
    await context.complain(`${prefix}: ${error.message}`);
    return false;
  }
}
