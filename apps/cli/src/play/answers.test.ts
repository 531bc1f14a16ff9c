import { describe, expect, it } from 'vitest';
import { parseAnswers } from './answers.ts';

const bytesOf = (text: string): number[] => [...new TextEncoder().encode(text)];

describe('parseAnswers', () => {
  it('parseAnswers ends each line with Enter, but a last one without a newline', () => {
    expect(parseAnswers('yes\nno').map((bytes) => [...bytes])).toEqual([[...bytesOf('yes'), 13], bytesOf('no')]);
  });

  it('parseAnswers keeps empty lines, which are Enter alone', () => {
    expect(parseAnswers('\n\n').map((bytes) => [...bytes])).toEqual([[13], [13]]);
  });

  it('parseAnswers decodes \\xHH, \\cX and \\\\', () => {
    expect([...(parseAnswers(String.raw`a\x1b\cc\c?\\é`)[0] ?? [])]).toEqual([0x61, 0x1b, 3, 0x7f, 0x5c, 0xc3, 0xa9]);
  });

  it('parseAnswers refuses an unknown escape with its line', () => {
    expect(() => parseAnswers('ok\n\\q\n')).toThrow(/line 2/);
  });
});
