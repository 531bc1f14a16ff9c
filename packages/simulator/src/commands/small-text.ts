/** The small ones that write text: true, false, yes, basename, dirname, printenv, pwd, tee, clear. */
import { isSystemError } from '@seashell/system';
import { toBytes } from './byte-text.ts';
import type { CommandDefinition } from './command.ts';
import { quoteName } from './inputs.ts';
import { baseName, directoryName } from './paths.ts';
import { chunkBytes, readChunks, writeAll } from './streams.ts';

export const trueCommand: CommandDefinition = {
  name: 'true',
  usage: ['[ignored command line arguments]'],
  summary: 'Exit with a status code indicating success.',
  options: [],
  rawArguments: true,
  run: () => Promise.resolve(0),
};

export const falseCommand: CommandDefinition = {
  ...trueCommand,
  name: 'false',
  summary: 'Exit with a status code indicating failure.',
  run: () => Promise.resolve(1),
};

export const yes: CommandDefinition = {
  name: 'yes',
  usage: ['[STRING]...'],
  summary: "Repeatedly output a line with all specified STRING(s), or 'y'.",
  options: [],
  async run(context) {
    const line = `${context.operands.length > 0 ? context.operands.join(' ') : 'y'}\n`;
    const block = line.repeat(Math.max(1, Math.floor(chunkBytes / 4 / line.length)));
    for (;;) {
      await context.output.write(block);
      await context.output.flush();
    }
  },
};

export const basename: CommandDefinition = {
  name: 'basename',
  usage: ['NAME [SUFFIX]', 'OPTION... NAME...'],
  summary: 'Print NAME with any leading directory components removed.',
  options: [
    { short: 'a', long: 'multiple', help: 'support multiple arguments and treat each as a NAME' },
    { short: 's', long: 'suffix', argument: 'required', help: 'remove a trailing SUFFIX; implies -a' },
    { short: 'z', long: 'zero', help: 'end each output line with NUL, not newline' },
  ],
  async run(context) {
    const { operands, options, output } = context;
    const multiple = options.has('multiple', 'suffix');
    if (operands.length === 0) return context.complainUsage('missing operand');
    if (!multiple && operands.length > 2) return context.complainUsage(`extra operand ${quoteName(operands[2] ?? '')}`);
    const suffix = options.value('suffix') ?? (multiple ? '' : (operands[1] ?? ''));
    for (const path of multiple ? operands : operands.slice(0, 1)) {
      const name = baseName(path);
      const stripped = suffix !== '' && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
      await output.write(`${stripped}${options.has('zero') ? '\0' : '\n'}`);
    }
    return 0;
  },
};

export const dirname: CommandDefinition = {
  name: 'dirname',
  usage: ['[OPTION] NAME...'],
  summary: 'Output each NAME with its last non-slash component and trailing slashes removed.',
  options: [{ short: 'z', long: 'zero', help: 'end each output line with NUL, not newline' }],
  async run(context) {
    if (context.operands.length === 0) return context.complainUsage('missing operand');
    for (const path of context.operands)
      await context.output.write(`${directoryName(path)}${context.options.has('zero') ? '\0' : '\n'}`);
    return 0;
  },
};

export const printenv: CommandDefinition = {
  name: 'printenv',
  usage: ['[OPTION]... [VARIABLE]...'],
  summary: 'Print the values of the specified environment VARIABLE(s).',
  usageStatus: 2,
  options: [{ short: '0', long: 'null', help: 'end each output line with NUL, not newline' }],
  async run(context) {
    const { environment } = context.system.process;
    const end = context.options.has('null') ? '\0' : '\n';
    if (context.operands.length === 0) {
      for (const [name, value] of Object.entries(environment)) await context.output.write(`${name}=${value}${end}`);
      return 0;
    }
    let status = 0;
    for (const name of context.operands) {
      const value = Object.hasOwn(environment, name) ? environment[name] : undefined;
      if (value === undefined) status = 1;
      else await context.output.write(value + end);
    }
    return status;
  },
};

export const pwd: CommandDefinition = {
  name: 'pwd',
  usage: ['[OPTION]...'],
  summary: 'Print the full filename of the current working directory.',
  options: [
    { short: 'L', long: 'logical', help: 'use PWD from environment, even if it contains symlinks' },
    { short: 'P', long: 'physical', help: 'avoid all symlinks' },
  ],
  async run(context) {
    const { process } = context.system;
    const logical = context.options.last('logical', 'physical') === 'logical' ? process.environment['PWD'] : undefined;
    await context.output.write(`${logical ?? process.workingDirectory}\n`);
    return 0;
  },
};

export const tee: CommandDefinition = {
  name: 'tee',
  usage: ['[OPTION]... [FILE]...'],
  summary: 'Copy standard input to each FILE, and also to standard output.',
  options: [
    { short: 'a', long: 'append', help: 'append to the given FILEs, do not overwrite' },
    { short: 'i', long: 'ignore-interrupts', help: 'ignore interrupt signals' },
  ],
  async run(context) {
    const { system, options } = context;
    if (options.has('ignore-interrupts')) await system.process.setDisposition('SIGINT', 'ignore');
    const append = options.has('append');
    const writers: number[] = [1];
    let status = 0;
    for (const path of context.operands) {
      try {
        writers.push(await system.files.open(path, { access: 'write', create: true, append, truncate: !append }));
      } catch (error) {
        if (!isSystemError(error)) throw error;
        await context.complain(`${path}: ${error.message}`);
        status = 1;
      }
    }
    for await (const chunk of readChunks(system, 0))
      for (const writer of writers) await writeAll(system, writer, chunk);
    return status;
  },
};

/** How terminals are cleared, by terminfo: the screen, and what was scrolled away. */
const clearSequences = [
  [/^(?:xterm|rxvt|alacritty|foot|konsole|vte|gnome)(?:-|$)/, '\u001B[H\u001B[2J', '\u001B[3J'],
  [/^linux(?:-|$)/, '\u001B[H\u001B[J', '\u001B[3J'],
  [/^(?:tmux|screen)(?:[-.]|$)/, '\u001B[H\u001B[J', '\u001B[3J'],
  [/^(?:vt\d+|ansi)(?:-|$)/, '\u001B[H\u001B[J', ''],
] as const;

export const clear: CommandDefinition = {
  name: 'clear',
  package: 'ncurses 6.4',
  usage: ['[options]'],
  summary: 'Clear the terminal screen.',
  options: [
    { short: 'x', help: 'do not try to clear scrollback' },
    { short: 'T', argument: 'required', help: 'use this instead of $TERM' },
  ],
  async run(context) {
    const term = context.options.value('T') ?? context.system.process.environment['TERM'];
    if (term === undefined) {
      await writeAll(context.system, 2, toBytes('TERM environment variable not set.\n'));
      return 1;
    }
    const sequences = clearSequences.find(([names]) => names.test(term));
    if (!sequences) {
      if (term !== 'dumb') await writeAll(context.system, 2, toBytes(`'${term}': unknown terminal type.\n`));
      return 1;
    }
    const [, screen, scrollback] = sequences;
    await context.output.write(screen + (context.options.has('x') ? '' : scrollback));
    return 0;
  },
};
