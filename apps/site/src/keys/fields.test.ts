/** Fields as views need them: marks, owners of bytes, stretches of the file's text. */
import { describeKeyFile } from '@seashell/core/anatomy';
import { describe, expect, it } from 'vitest';
import { makeExamples } from './examples.ts';
import { fieldRows, findField, firstBody, isWithin, ownersOf, textStretches } from './fields.ts';

const [line, file] = makeExamples().map(({ text }) => text);
const bytesOf = (text = ''): Uint8Array => new TextEncoder().encode(text);

describe('textStretches', () => {
  it.each([
    ['a public line', line],
    ['a private key file', file],
    ['a file with carriage returns', file?.replaceAll('\n', '\r\n')],
    ['text that is no key', 'Grüße 👋\r\nhello'],
  ])('together they are the text: %s', (_name, text) => {
    const bytes = bytesOf(text);
    const stretches = textStretches({ bytes, anatomy: describeKeyFile(bytes), startBytes: 0 });
    expect(stretches.map((stretch) => stretch.text).join('')).toBe(text?.replaceAll('\r\n', '\n'));
  });

  it('a character of base64 belongs to the field of its first bit', () => {
    const bytes = bytesOf(line);
    const stretches = textStretches({ bytes, anatomy: describeKeyFile(bytes), startBytes: 0 });
    const encoded = stretches.filter(({ row }) => row !== undefined && row.field.span.body > 0);
    expect(encoded.slice(0, 3).map(({ text }) => text)).toEqual(['AAAAC3', 'NzaC1lZDI1NTE5', 'AAAAIB']);
    expect(encoded.map(({ row }) => row?.mark)).toEqual(['length', 'name', 'length', 'value']);
  });
});

describe('fields of an anatomy', () => {
  const anatomy = describeKeyFile(bytesOf(file));

  it('ownersOf gives every byte of the decoded file a field', () => {
    const owners = ownersOf(anatomy, firstBody(anatomy));
    expect(owners.filter((owner) => owner === undefined)).toEqual([]);
  });

  it('what is encrypted is marked as sealed', () => {
    const marks = fieldRows(anatomy.fields).map(({ mark }) => mark);
    expect(marks).toContain('sealed');
  });

  it('isWithin knows a parent’s children, and no others', () => {
    const parent = fieldRows(anatomy.fields).find(({ field }) => field.children.length > 1)?.field;
    const child = parent?.children[0];
    expect(child === undefined || isWithin(child, parent)).toBe(true);
    expect(child === undefined || parent === undefined || isWithin(parent, child)).toBe(false);
    expect(findField(anatomy, child?.path)).toBe(child);
  });
});
