import type { TerminalAttributes } from '@seashell/system';
import { describe, expect, test } from 'vitest';
import { applyTerminalModes, encodeTerminalModes, makeRaw } from './terminal-modes.ts';

const cooked: TerminalAttributes = {
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
  characters: {
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
  },
};

describe('encodeTerminalModes', () => {
  test('tells speeds first, then each mode once, by opcode', () => {
    const modes = encodeTerminalModes(cooked);
    expect(modes.slice(0, 3)).toEqual([
      { opcode: 129, value: 38_400 },
      { opcode: 128, value: 38_400 },
      { opcode: 1, value: 3 },
    ]);
    expect(new Set(modes.map((mode) => mode.opcode)).size).toBe(modes.length);
    expect(modes).toContainEqual({ opcode: 53, value: 1 });
    expect(modes).toContainEqual({ opcode: 72, value: 1 });
  });

  test('a disabled character is 255', () => {
    const modes = encodeTerminalModes({ ...cooked, characters: { ...cooked.characters, VSUSP: 0 } });
    expect(modes).toContainEqual({ opcode: 10, value: 255 });
  });
});

describe('applyTerminalModes', () => {
  test('undoes encodeTerminalModes', () => {
    const odd = { ...makeRaw(cooked), characters: { ...cooked.characters, VINTR: 0, VERASE: 8 } };
    expect(applyTerminalModes(cooked, encodeTerminalModes(odd))).toEqual(odd);
  });

  test('ignores what it does not know', () => {
    expect(applyTerminalModes(cooked, [{ opcode: 254, value: 1 }])).toEqual(cooked);
  });
});
