/**
 * Terminal modes as they travel in a pty request, RFC 4254 8 and RFC 8160. ssh tells what its own terminal is set to, sshd sets the
 * new one so. What the System's terminals do not model (speeds, parity, delays) is told with the values of a terminal emulator.
 */
import type { TerminalMode } from '@seashell/protocol';
import type { ControlCharacter, TerminalAttributes } from '@seashell/system';

const controlCharacterOpcodes = {
  1: 'VINTR',
  2: 'VQUIT',
  3: 'VERASE',
  4: 'VKILL',
  5: 'VEOF',
  8: 'VSTART',
  9: 'VSTOP',
  10: 'VSUSP',
  12: 'VREPRINT',
  13: 'VWERASE',
  14: 'VLNEXT',
} as const satisfies Readonly<Record<number, ControlCharacter>>;

type Flag = Exclude<keyof TerminalAttributes, 'characters'>;

const flagOpcodes = {
  33: 'ISTRIP',
  34: 'INLCR',
  35: 'IGNCR',
  36: 'ICRNL',
  38: 'IXON',
  50: 'ISIG',
  51: 'ICANON',
  53: 'ECHO',
  54: 'ECHOE',
  55: 'ECHOK',
  56: 'ECHONL',
  59: 'IEXTEN',
  60: 'ECHOCTL',
  70: 'OPOST',
  72: 'ONLCR',
} as const satisfies Readonly<Record<number, Flag>>;

/** Linux's terminal driver as it stands after login: IUTF8, ECHOKE, CS8, 38400 baud. */
const fixedModes: readonly TerminalMode[] = [
  { opcode: 6, value: 255 },
  { opcode: 7, value: 255 },
  { opcode: 16, value: 255 },
  { opcode: 18, value: 15 },
  { opcode: 30, value: 0 },
  { opcode: 31, value: 0 },
  { opcode: 32, value: 0 },
  { opcode: 37, value: 0 },
  { opcode: 39, value: 0 },
  { opcode: 40, value: 0 },
  { opcode: 41, value: 1 },
  { opcode: 42, value: 1 },
  { opcode: 52, value: 0 },
  { opcode: 57, value: 0 },
  { opcode: 58, value: 0 },
  { opcode: 61, value: 1 },
  { opcode: 62, value: 0 },
  { opcode: 71, value: 0 },
  { opcode: 73, value: 0 },
  { opcode: 74, value: 0 },
  { opcode: 75, value: 0 },
  { opcode: 90, value: 1 },
  { opcode: 91, value: 1 },
  { opcode: 92, value: 0 },
  { opcode: 93, value: 0 },
];
const speedModes: readonly TerminalMode[] = [
  { opcode: 129, value: 38_400 },
  { opcode: 128, value: 38_400 },
];

/** A disabled control character on the wire; 0 in termios on Linux. */
const disabledCharacter = 255;

/** The modes of a terminal, as ssh sends them: the speeds, then by opcode. */
export function encodeTerminalModes(attributes: TerminalAttributes): readonly TerminalMode[] {
  const characters = Object.entries(controlCharacterOpcodes).map(([opcode, name]) => {
    const value = attributes.characters[name];
    return { opcode: Number(opcode), value: value === 0 ? disabledCharacter : value };
  });
  const flags = Object.entries(flagOpcodes).map(([opcode, name]) => {
    return { opcode: Number(opcode), value: attributes[name] ? 1 : 0 };
  });
  const modes = [...characters, ...flags, ...fixedModes];
  return [...speedModes, ...modes.toSorted((left, right) => left.opcode - right.opcode)];
}

/** `attributes` changed by the modes of a pty request; unknown ones change nothing, as in sshd. */
export function applyTerminalModes(attributes: TerminalAttributes, modes: readonly TerminalMode[]): TerminalAttributes {
  let changed = attributes;
  for (const mode of modes) changed = applyMode(changed, mode);
  return changed;
}

function applyMode(attributes: TerminalAttributes, mode: TerminalMode): TerminalAttributes {
  const flag = findFlag(mode.opcode);
  if (flag !== undefined) return { ...attributes, [flag]: mode.value !== 0 };
  const character = findCharacter(mode.opcode);
  if (character === undefined) return attributes;
  const value = mode.value === disabledCharacter ? 0 : mode.value & 0xff;
  return { ...attributes, characters: { ...attributes.characters, [character]: value } };
}

const flagsByOpcode: ReadonlyMap<number, Flag> = new Map(
  Object.entries(flagOpcodes).map(([opcode, flag]) => [Number(opcode), flag]),
);
const charactersByOpcode: ReadonlyMap<number, ControlCharacter> = new Map(
  Object.entries(controlCharacterOpcodes).map(([opcode, character]) => [Number(opcode), character]),
);

function findFlag(opcode: number): Flag | undefined {
  return flagsByOpcode.get(opcode);
}

function findCharacter(opcode: number): ControlCharacter | undefined {
  return charactersByOpcode.get(opcode);
}

/** The attributes that ssh works in while the remote terminal does the editing: sshtty.c's enter_raw_mode(). */
export function makeRaw(attributes: TerminalAttributes): TerminalAttributes {
  return {
    ...attributes,
    ISTRIP: false,
    INLCR: false,
    IGNCR: false,
    ICRNL: false,
    IXON: false,
    ISIG: false,
    ICANON: false,
    ECHO: false,
    ECHOE: false,
    ECHOK: false,
    ECHONL: false,
    IEXTEN: false,
    OPOST: false,
  };
}
