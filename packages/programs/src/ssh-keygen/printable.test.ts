import { describe, expect, it } from 'vitest';
import { decodeKeepingBytes, formatPrintable } from './printable.ts';

const utf8 = { LANG: 'C.UTF-8' };

describe('formatPrintable', () => {
  it.each([
    ['caf\u{e9} \u{1f600} a\\b\tc', 'caf\u{e9} \u{1f600} a\\b\tc'],
    ['\u{1b}[31m\u{7}\u{7f}', '\\033[31m\\007\\177'],
    ['\u{85}\u{378}\u{2028}', '\\302\\205\\315\\270\\342\\200\\250'],
    ['\u{200b}\u{202e}\u{e000}', '\u{200b}\u{202e}\u{e000}'],
  ])('prints %j as mprintf() does where the locale has UTF-8', (text, wanted) => {
    expect(formatPrintable(text, utf8)).toBe(wanted);
  });

  it('leaves ASCII alone in other locales, of which the first variable decides', () => {
    for (const environment of [{}, { LANG: 'C' }, { ...utf8, LC_ALL: 'C' }, { ...utf8, LC_CTYPE: 'POSIX' }]) {
      expect(formatPrintable('caf\u{e9}', environment)).toBe('caf\\303\\251');
    }
    expect(formatPrintable('caf\u{e9}', { LC_ALL: '', LC_CTYPE: 'en_US.utf8', LANG: 'C' })).toBe('caf\u{e9}');
  });
});

describe('decodeKeepingBytes', () => {
  it('keeps each byte that is no UTF-8, so that it is printed in octal', () => {
    const bytes = Uint8Array.of(0x61, 0xff, 0xc3, 0xa9, 0xc0, 0xaf, 0xed, 0xa0, 0x80, 0xe2, 0x82);
    expect(formatPrintable(decodeKeepingBytes(bytes), utf8)).toBe('a\\377\u{e9}\\300\\257\\355\\240\\200\\342\\202');
  });
});
