/** stty(1): size, the flags and characters of termios, sane, raw, -a. */
import { isSystemError, type ControlCharacter, type TerminalAttributes } from '@seashell/system';
import type { CommandContext, CommandDefinition } from './command.ts';

type Flag = Exclude<keyof TerminalAttributes, 'characters'>;

const flags: Readonly<Record<string, Flag>> = {
  istrip: 'ISTRIP',
  inlcr: 'INLCR',
  igncr: 'IGNCR',
  icrnl: 'ICRNL',
  ixon: 'IXON',
  opost: 'OPOST',
  onlcr: 'ONLCR',
  isig: 'ISIG',
  icanon: 'ICANON',
  iexten: 'IEXTEN',
  echo: 'ECHO',
  echoe: 'ECHOE',
  echok: 'ECHOK',
  echonl: 'ECHONL',
  echoctl: 'ECHOCTL',
};

const characters: Readonly<Record<string, ControlCharacter>> = {
  intr: 'VINTR',
  quit: 'VQUIT',
  erase: 'VERASE',
  kill: 'VKILL',
  eof: 'VEOF',
  start: 'VSTART',
  stop: 'VSTOP',
  susp: 'VSUSP',
  rprnt: 'VREPRINT',
  werase: 'VWERASE',
  lnext: 'VLNEXT',
};

const defaults: Readonly<Record<ControlCharacter, number>> = {
  VINTR: 3,
  VQUIT: 28,
  VERASE: 127,
  VKILL: 21,
  VEOF: 4,
  VSTART: 17,
  VSTOP: 19,
  VSUSP: 26,
  VREPRINT: 18,
  VWERASE: 23,
  VLNEXT: 22,
};

const saneFlags: Readonly<Record<Flag, boolean>> = {
  ICANON: true,
  ECHO: true,
  ECHOE: true,
  ECHOK: true,
  ECHONL: false,
  ECHOCTL: true,
  ISIG: true,
  IEXTEN: true,
  ICRNL: true,
  INLCR: false,
  IGNCR: false,
  IXON: true,
  ISTRIP: false,
  OPOST: true,
  ONLCR: true,
};

const rawFlags = {
  ICANON: false,
  ISIG: false,
  ICRNL: false,
  INLCR: false,
  IGNCR: false,
  IXON: false,
  ISTRIP: false,
  OPOST: false,
} as const;

const modes: Readonly<Record<string, (attributes: TerminalAttributes) => TerminalAttributes>> = {
  sane: () => ({ ...saneFlags, characters: defaults }),
  raw: (attributes) => ({ ...attributes, ...rawFlags }),
  '-raw': (attributes) => ({ ...attributes, ICANON: true, ISIG: true, ICRNL: true, IXON: true, OPOST: true }),
  cooked: (attributes) => ({ ...attributes, ICANON: true, ISIG: true, ICRNL: true, IXON: true, OPOST: true }),
  cbreak: (attributes) => ({ ...attributes, ICANON: false }),
  '-cbreak': (attributes) => ({ ...attributes, ICANON: true }),
  ek: (attributes) => ({ ...attributes, characters: { ...attributes.characters, VERASE: 127, VKILL: 21 } }),
};

function showCharacter(value: number): string {
  if (value === 0) return '<undef>';
  if (value === 127) return '^?';
  return value < 32 ? `^${String.fromCharCode(value + 64)}` : String.fromCharCode(value);
}

function readCharacter(text: string): number {
  if (text === 'undef' || text === '^-') return 0;
  if (text === '^?') return 127;
  return text.startsWith('^') && text.length === 2 ? text.toUpperCase().charCodeAt(1) & 31 : text.charCodeAt(0);
}

const groups = [
  ['istrip', 'inlcr', 'igncr', 'icrnl', 'ixon'],
  ['opost', 'onlcr'],
  ['isig', 'icanon', 'iexten', 'echo', 'echoe', 'echok', 'echonl', 'echoctl'],
] as const;

function flagText(attributes: TerminalAttributes, names: readonly string[]): string {
  return names.map((name) => `${flags[name] !== undefined && attributes[flags[name]] ? '' : '-'}${name}`).join(' ');
}

async function showAll(context: CommandContext, attributes: TerminalAttributes): Promise<void> {
  const size = await context.system.terminal.getWindowSize(0);
  const values = Object.entries(characters).map(
    ([name, key]) => `${name} = ${showCharacter(attributes.characters[key])};`,
  );
  const lines = [
    `speed 38400 baud; rows ${size.rows}; columns ${size.columns}; line = 0;`,
    values.slice(0, 6).join(' '),
    values.slice(6).join(' '),
    ...groups.map((names) => flagText(attributes, names)),
  ];
  await context.output.write(`${lines.join('\n')}\n`);
}

async function showChanged(context: CommandContext, attributes: TerminalAttributes): Promise<void> {
  const changed = groups
    .flat()
    .filter((name) => flags[name] !== undefined && attributes[flags[name]] !== saneFlags[flags[name]]);
  await context.output.write(
    `speed 38400 baud; line = 0;\n${changed.length > 0 ? `${flagText(attributes, changed)}\n` : ''}`,
  );
}

/** `-g`: what `stty` takes back as one argument. */
function saveText(attributes: TerminalAttributes): string {
  const bits = Object.values(flags)
    .map((flag) => (attributes[flag] ? '1' : '0'))
    .join('');
  return [bits, ...Object.values(characters).map((key) => attributes.characters[key].toString(16))].join(':');
}

function restoreText(attributes: TerminalAttributes, text: string): TerminalAttributes | undefined {
  const [bits = '', ...values] = text.split(':');
  const names = Object.values(flags);
  const keys = Object.values(characters);
  if (bits.length !== names.length || values.length !== keys.length) return undefined;
  const restored = Object.fromEntries(names.map((name, at) => [name, bits[at] === '1']));
  const codes = Object.fromEntries(keys.map((key, at) => [key, parseInt(values[at] ?? '0', 16)]));
  return { ...attributes, ...restored, characters: { ...attributes.characters, ...codes } };
}

interface Setting {
  attributes: TerminalAttributes;
  rows: number | undefined;
  columns: number | undefined;
}

/** What a table has under a word, and not what all objects have. */
function own<Value>(table: Readonly<Record<string, Value>>, word: string): Value | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}

/** Takes one setting from `args`; how many arguments it was, 0 if it is unknown. */
function applySetting(setting: Setting, argument: string, next: string | undefined): number {
  const flag = own(flags, argument.replace(/^-/, ''));
  const mode = own(modes, argument);
  const character = own(characters, argument);
  if (mode) setting.attributes = mode(setting.attributes);
  else if (flag !== undefined) setting.attributes = { ...setting.attributes, [flag]: !argument.startsWith('-') };
  else if (next !== undefined && character !== undefined) {
    setting.attributes = {
      ...setting.attributes,
      characters: { ...setting.attributes.characters, [character]: readCharacter(next) },
    };
    return 2;
  } else if (next !== undefined && ['rows', 'cols', 'columns'].includes(argument)) {
    if (argument === 'rows') setting.rows = Number(next);
    else setting.columns = Number(next);
    return 2;
  } else {
    const restored = restoreText(setting.attributes, argument);
    if (!restored) return 0;
    setting.attributes = restored;
  }
  return 1;
}

async function apply(context: CommandContext, attributes: TerminalAttributes): Promise<number> {
  const setting: Setting = { attributes, rows: undefined, columns: undefined };
  const { terminal } = context.system;
  for (let at = 0; at < context.operands.length;) {
    const argument = context.operands[at] ?? '';
    const taken = applySetting(setting, argument, context.operands[at + 1]);
    if (taken === 0) return context.complainUsage(`invalid argument '${argument}'`);
    at += taken;
  }
  await terminal.setAttributes(0, setting.attributes, 'drain');
  if (setting.rows !== undefined || setting.columns !== undefined) {
    const size = await terminal.getWindowSize(0);
    await terminal.setWindowSize(0, {
      ...size,
      rows: setting.rows ?? size.rows,
      columns: setting.columns ?? size.columns,
    });
  }
  return 0;
}

export const stty: CommandDefinition = {
  name: 'stty',
  usage: ['[SETTING]...', '-a', '-g', 'size'],
  summary: 'Print or change terminal characteristics.',
  options: [],
  rawArguments: true,
  async run(context) {
    const [first] = context.operands;
    try {
      const attributes = await context.system.terminal.getAttributes(0);
      if (first === undefined) await showChanged(context, attributes);
      else if (first === '-a' || first === '--all') await showAll(context, attributes);
      else if (first === '-g' || first === '--save') await context.output.write(`${saveText(attributes)}\n`);
      else if (first === 'size') {
        const size = await context.system.terminal.getWindowSize(0);
        await context.output.write(`${size.rows} ${size.columns}\n`);
      } else return await apply(context, attributes);
      return 0;
    } catch (error) {
      if (!isSystemError(error, 'ENOTTY')) throw error;
      await context.complain(`'standard input': ${error.message}`);
      return 1;
    }
  },
};
