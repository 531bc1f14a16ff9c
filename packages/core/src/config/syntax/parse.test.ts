import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConfig, printConfig } from './parse.ts';
import type { DirectiveLine } from './tree.ts';

function directives(text: string): DirectiveLine[] {
  return parseConfig(text).lines.filter((line) => line.type === 'directive');
}

function words(text: string): string[] {
  return directives(text).flatMap((line) => [line.keyword, ...line.arguments.map((argument) => argument.value)]);
}

describe('parseConfig', () => {
  it('gives back every text when printed', () => {
    const piece = fc.constantFrom(
      'Host ',
      'Port',
      '=',
      ' ',
      '\t',
      '"',
      "'",
      '\\',
      '#',
      '\n',
      '\r\n',
      '\f',
      '\0',
      'a*',
      '\u202e',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(text, (sample) => printConfig(parseConfig(sample)) === sample),
      { numRuns: 2000 },
    );
  });

  it('gives back a text in whole when limits cut it', () => {
    const limits = { fileBytes: 30, lineLength: 10, patternsInLine: 2, includeDepth: 16 };
    fc.assert(
      fc.property(fc.array(fc.constantFrom('ab ', '\n', 'xyz')), (pieces) => {
        const text = pieces.join('');
        return printConfig(parseConfig(text, limits)) === text;
      }),
    );
  });

  it.each([
    ['Port 22', ['Port', '22']],
    ['   Port   =   77', ['Port', '77']],
    ['Port=78', ['Port', '78']],
    ['=Port 22', ['Port', '22']],
    ['"Port" 22', ['Port', '22']],
    ['Port == 22', ['Port', '=', '22']],
    ['User "quoted user"', ['User', 'quoted user']],
    ["User 'a b'\\ c", ['User', 'a b c']],
    ['User a\\b \\"c', ['User', 'a\\b', '"c']],
    ['User=eq # comment', ['User', 'eq']],
    ['User a#b', ['User', 'a#b']],
    ['Host a\r\n', ['Host', 'a']],
    ['User a\0b', ['User', 'a']],
    ['"unmatched 22', []],
    ['# comment', []],
  ])('divides %j as strdelim and argv_split do', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  it('keeps the rest of the line as written, for ProxyCommand', () => {
    const [line] = directives('ProxyCommand  nc "%h" %p # x  \n');
    expect(line?.rest.value).toBe('nc "%h" %p # x');
  });

  it.each([
    ['Port', 'no-argument'],
    ['User "x', 'invalid-quotes'],
    ['User a\0b', 'nul-character'],
    ['User a\u202eb', 'bidirectional-mark'],
    ['"Port', 'unmatched-quote'],
  ])('diagnoses %j as %s', (text, code) => {
    expect(parseConfig(text).diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code]);
  });
});
