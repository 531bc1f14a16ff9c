/** What people really have: keys behind other text, from other editors, two in a file. All are read, and what stands in the way is said. */
import { generateKey, printPublicLine, runAtOnce, writePrivateKey, type PrivateKeyFormat } from '@seashell/core/keys';
import { describe, expect, it } from 'vitest';
import { Desk } from './desk.ts';
import { fileOf, type GivenFile } from './given-file.ts';
import type { Reading } from './surface.ts';

const random = (size: number): Uint8Array<ArrayBuffer> => new Uint8Array(size).fill(9);
const key = runAtOnce(generateKey({ type: 'ecdsa-sha2-nistp256', random }));
const textAs = (format: PrivateKeyFormat): string => runAtOnce(writePrivateKey(key, { format, random }));
const line = printPublicLine(key, 'demo@laptop');
const parameters = '-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n';
const bag = 'Bag Attributes\n    localKeyID: 01 02\nKey Attributes: <No Attributes>\n';
const certificate = '-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
function utf16Of(text: string): Uint8Array {
  return Uint8Array.from(
    { length: 2 * text.length + 2 },
    (_, at) => `\uFEFF${text}`.charCodeAt(at >> 1) >> (8 * (at % 2)),
  );
}

async function read(file: GivenFile): Promise<Reading> {
  return new Desk({ random, pause: async () => undefined }).read(file);
}

describe('fileOf', () => {
  it.each([
    ['EC PARAMETERS before SEC1', parameters + textAs('sec1'), /stands a block, EC PARAMETERS: OpenSSL passes/],
    ['Bag Attributes before PKCS#8', bag + textAs('pkcs8'), /stands other text: OpenSSL passes over it/],
    ['Bag Attributes and certificates', bag + textAs('pkcs8') + bag + certificate, /In line \d+ other text begins/],
    ['a public line before', `${line}\n${textAs('openssh')}`, /stands other text: no program finds the key/],
    ['empty lines before', `\n\n${textAs('openssh')}`, /stand empty lines: no program finds the key/],
    ['blanks before each line', textAs('openssh').replaceAll(/^/gm, '    '), /^Blanks stand before its lines/],
    ['a PuTTY file behind text', `my key:\n${textAs('ppk3')}`, /stands other text: no program finds the key/],
    ['two keys', textAs('openssh') + textAs('openssh'), /a second block begins \(OPENSSH PRIVATE KEY\)/],
    ['two keys of OpenSSL', textAs('sec1') + textAs('pkcs8'), /a second block begins \(PRIVATE KEY\)/],
    ['a public line behind', `${textAs('ppk2')}${line}\n`, /other text begins/],
    ['Windows line ends behind text', `text\r\n${textAs('openssh').replaceAll('\n', '\r\n')}`, /stands other text/],
    ['no line end', `text\n${textAs('openssh').trimEnd()}`, /stands other text/],
  ])('%s: the key is read, and what stands around it is said', async (_name, text, note) => {
    const file = fileOf(bytesOf(text), 'id');
    expect(file.holdsPrivate).toBe(true);
    expect(file.notes.join(' ')).toMatch(note);
    expect(await read(file)).toMatchObject({ lock: 'open', problem: undefined });
  });

  it.each([
    ['UTF-16', utf16Of(textAs('openssh')), /UTF-16/],
    ['UTF-16 without a mark', utf16Of(textAs('openssh')).subarray(2), /UTF-16/],
    ['a byte order mark', Uint8Array.of(0xef, 0xbb, 0xbf, ...bytesOf(textAs('sec1'))), /byte order mark/],
  ])('%s is read, and said', async (_name, bytes, note) => {
    const file = fileOf(bytes, 'id');
    expect(file.notes.join(' ')).toMatch(note);
    expect(file.text).toMatch(/^-----BEGIN/);
    expect(await read(file)).toMatchObject({ lock: 'open', problem: undefined });
  });

  it('a whole file is left as it is, with nothing to say', () => {
    for (const format of ['openssh', 'sec1', 'pkcs8', 'ppk3', 'ppk2'] as const)
      expect(fileOf(bytesOf(textAs(format)), 'id')).toMatchObject({ part: undefined, notes: [], isText: true });
  });

  it('the place of a fault counts from the start of the file', async () => {
    const text = textAs('sec1');
    const broken = text.replace('\n', '\n!');
    const at = broken.indexOf('!');
    expect((await read(fileOf(bytesOf(broken), 'id'))).problem).toContain(`byte ${at} of the file`);
    const behind = await read(fileOf(bytesOf(parameters + broken), 'id'));
    expect(behind.problem).toContain(`byte ${parameters.length + at} of the file`);
    expect(behind.startBytes).toBe(parameters.length);
  });

  it('a first block without its end is cut off, whatever follows', async () => {
    const text = textAs('openssh').replace(/-----END[^\n]*\n$/, '') + textAs('openssh');
    expect((await read(fileOf(bytesOf(text), 'id'))).problem).toMatch(/^The file is cut off at byte \d+/);
  });

  it.each([
    '-----BEGIN ANY PRIVATE KEY-----',
    '---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----',
    'x PuTTY-User-Key-File-9: y',
  ])('a private key that cannot be read is warned of: %s', (text) =>
    expect(fileOf(bytesOf(text), undefined).holdsPrivate).toBe(true),
  );
});
