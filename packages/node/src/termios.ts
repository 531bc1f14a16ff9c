/** termios(3) through stty(1): what it prints is parsed, what it takes is written. POSIX's names are stty's in lower case. */
import type { ControlCharacter, TerminalAttributes } from '@seashell/system';

const flags = [
  'ICANON',
  'ECHO',
  'ECHOE',
  'ECHOK',
  'ECHONL',
  'ECHOCTL',
  'ISIG',
  'IEXTEN',
  'ICRNL',
  'INLCR',
  'IGNCR',
  'IXON',
  'ISTRIP',
  'OPOST',
  'ONLCR',
] as const satisfies readonly (keyof TerminalAttributes)[];

/** stty's word for each control character. */
const characterWords = {
  VINTR: 'intr',
  VQUIT: 'quit',
  VERASE: 'erase',
  VKILL: 'kill',
  VEOF: 'eof',
  VSTART: 'start',
  VSTOP: 'stop',
  VSUSP: 'susp',
  VREPRINT: 'rprnt',
  VWERASE: 'werase',
  VLNEXT: 'lnext',
} as const satisfies Readonly<Record<ControlCharacter, string>>;

/** `^C`, `^?`, `M-^?`, `<undef>` or a character itself, as stty prints a control character. */
function parseCharacter(text: string): number {
  if (text === '<undef>' || text === 'undef') return 0;
  const meta = text.startsWith('M-') ? 0x80 : 0;
  const rest = meta === 0 ? text : text.slice(2);
  if (rest === '^?') return meta | 0x7f;
  if (rest.length === 2 && rest.startsWith('^')) return meta | (rest.charCodeAt(1) & 0x1f);
  return meta | rest.charCodeAt(0);
}

function parseCharacters(text: string): Record<ControlCharacter, number> {
  const find = (name: ControlCharacter): number => {
    const word = characterWords[name];
    const match = new RegExp(String.raw`(?:^|[;\s])${word} = ([^;\s]+);?`, 'm').exec(text);
    return parseCharacter(match?.[1] ?? '<undef>');
  };
  return {
    VINTR: find('VINTR'),
    VQUIT: find('VQUIT'),
    VERASE: find('VERASE'),
    VKILL: find('VKILL'),
    VEOF: find('VEOF'),
    VSTART: find('VSTART'),
    VSTOP: find('VSTOP'),
    VSUSP: find('VSUSP'),
    VREPRINT: find('VREPRINT'),
    VWERASE: find('VWERASE'),
    VLNEXT: find('VLNEXT'),
  };
}

/** Reads the output of `stty -a`. */
export function parseSttyOutput(text: string): TerminalAttributes {
  const words = new Set(text.split(/[\s;]+/));
  const is = (flag: (typeof flags)[number]): boolean => words.has(flag.toLowerCase());
  return {
    ICANON: is('ICANON'),
    ECHO: is('ECHO'),
    ECHOE: is('ECHOE'),
    ECHOK: is('ECHOK'),
    ECHONL: is('ECHONL'),
    ECHOCTL: is('ECHOCTL'),
    ISIG: is('ISIG'),
    IEXTEN: is('IEXTEN'),
    ICRNL: is('ICRNL'),
    INLCR: is('INLCR'),
    IGNCR: is('IGNCR'),
    IXON: is('IXON'),
    ISTRIP: is('ISTRIP'),
    OPOST: is('OPOST'),
    ONLCR: is('ONLCR'),
    characters: parseCharacters(text),
  };
}

const printCharacter = (value: number): string => {
  if (value === 0) return 'undef';
  if (value === 0x7f) return '^?';
  return value < 0x20 ? `^${String.fromCharCode(value | 0x40)}` : String.fromCharCode(value);
};

/** The arguments with which stty sets `attributes`. In raw mode a read answers from the first byte. */
export function sttyArguments(attributes: TerminalAttributes): readonly string[] {
  const words = flags.map((flag) => `${attributes[flag] ? '' : '-'}${flag.toLowerCase()}`);
  if (!attributes.ICANON) return [...words, 'min', '1', 'time', '0'];
  const names = Object.keys(characterWords).filter((name): name is ControlCharacter => name in characterWords);
  const characters = names.filter((name) => attributes.characters[name] < 0x80);
  return [
    ...words,
    ...characters.flatMap((name) => [characterWords[name], printCharacter(attributes.characters[name])]),
  ];
}
