import { describe, expect, test } from 'vitest';
import { EscapeFilter, parseEscapeCharacter } from './escapes.ts';

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const shown = (filter: EscapeFilter, text: string) =>
  filter
    .feed(bytes(text))
    .map((part) => (part.type === 'bytes' ? String.fromCharCode(...part.bytes) : `<${part.action} ${part.key}>`));

describe('EscapeFilter', () => {
  test('takes an escape at the start and behind a newline only', () => {
    const filter = new EscapeFilter(0x7e);
    expect(shown(filter, '~.')).toEqual(['<terminate .>']);
    expect(shown(filter, 'ls ~.\r~?x')).toEqual(['ls ~.\r', '<help ?>', 'x']);
  });

  test('an escape split between two reads is still one', () => {
    const filter = new EscapeFilter(0x7e);
    expect(shown(filter, '~')).toEqual([]);
    expect(shown(filter, '\u001a')).toEqual(['<suspend \u001a>']);
  });

  test('twice sends one, and an unknown key sends both', () => {
    expect(shown(new EscapeFilter(0x7e), '~~.')).toEqual(['~.']);
    expect(shown(new EscapeFilter(0x7e), '~x')).toEqual(['~x']);
  });
});

describe('parseEscapeCharacter', () => {
  test('knows a character, a control character and none', () => {
    expect(parseEscapeCharacter('~')).toBe(0x7e);
    expect(parseEscapeCharacter('^]')).toBe(0x1d);
    expect(parseEscapeCharacter('none')).toBeUndefined();
  });
});
