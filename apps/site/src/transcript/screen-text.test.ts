/** The text of a screen, whatever way the bytes are cut. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ScreenText } from './screen-text.ts';

const encoder = new TextEncoder();

function linesOf(text: string): readonly string[] {
  const screen = new ScreenText();
  screen.write(encoder.encode(text));
  return screen.lines;
}

test.each([
  ['two lines', 'a\r\nb', ['a', 'b']],
  ['a carriage return overwrites', 'abc\rX', ['Xbc']],
  ['backspace and erase', 'abc\b\u001b[K', ['ab']],
  ['colours are dropped', '\u001b[1;31mred\u001b[0m', ['red']],
  ['a title is dropped', '\u001b]0;title\u0007x', ['x']],
  ['characters are inserted', 'ac\b\u001b[1@b', ['abc']],
  ['characters are deleted', 'abc\u001b[3D\u001b[2P', ['c']],
  ['tabs go to columns of eight', 'a\tb', ['a       b']],
  ['bell and nul leave nothing', 'a\u0007\u0000b', ['ab']],
  ['clearing begins a new line', 'a\u001b[2J\u001b[Hb', ['a', 'b']],
])('%s', (_name, text, lines) => {
  expect(linesOf(text)).toEqual(lines);
});

test('an endless sequence does not grow', () => {
  const screen = new ScreenText();
  for (let count = 0; count < 100; count += 1) screen.write(encoder.encode(`\u001b]52;${'A'.repeat(1000)}`));
  expect(screen.lines.join('').length).toBeLessThan(101_000);
});

test('bytes may be cut anywhere', () => {
  const pieces = fc.array(
    fc.constantFrom('a', 'é', '→', '\r\n', '\b', '\u001b[K', '\u001b[2D', '\u001b]0;t\u001b\\', '\t'),
  );
  fc.assert(
    fc.property(pieces, fc.integer({ min: 1, max: 5 }), (parts, step) => {
      const bytes = encoder.encode(parts.join(''));
      const screen = new ScreenText();
      for (let at = 0; at < bytes.length; at += step) screen.write(bytes.subarray(at, at + step));
      expect(screen.lines).toEqual(linesOf(parts.join('')));
    }),
  );
});

test('ScreenText: a line longer than the screen stays one line, as an editor of lines paints it', () => {
  const screen = new ScreenText();
  screen.columns = 10;
  // Ten columns, the mark that begins the next row, the rest; then up to the first row to change it, and back.
  screen.write(encoder.encode('$ 23456789 \rabcdef\u001b[A\r\u001b[2CX\u001b[B\r\u001b[6Cg\r\nnext'));
  expect(screen.lines).toEqual(['$ X3456789abcdefg', 'next']);
});

test('ScreenText: a full row and its end are one line', () => {
  const screen = new ScreenText();
  screen.columns = 4;
  screen.write(encoder.encode('abcd\r\nefgh\rE'));
  expect(screen.lines).toEqual(['abcd', 'Efgh']);
});
