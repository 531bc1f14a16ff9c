/**
 * A line with a public key or a certificate: alone, with the options of authorized_keys in front, or as known_hosts has it (sshd(8)). And
 * the base64 of a key without a line around it.
 */
import { decodeCertificate } from '../../certificates/blob.ts';
import { locateKeyOptions } from '../../files/authorized-keys-options.ts';
import { parseAuthorizedKeys, type AuthorizedKeyEntry, type AuthorizedKeysFile } from '../../files/authorized-keys.ts';
import { parseKnownHosts, type KnownHostsEntry, type KnownHostsFile } from '../../files/known-hosts.ts';
import type { LineKey } from '../../files/public-key-line.ts';
import { decodePublicKey } from '../../keys/public-key.ts';
import { byteText } from '../../keys/formats/text-lines.ts';
import { base64Decode, base64Encode } from '../../wire/base64.ts';
import type { Anatomy, AnatomyField, ByteSpan } from '../anatomy.ts';
import { faultOf } from '../faults.ts';
import { blobOpeners, isCertificateBlob, publicBlobCodec, unknownKeyType } from '../key-codecs.ts';
import { describeStretch, leadingName } from '../span-fields.ts';
import { textField, type TextPiece } from '../text-fields.ts';
import { wordsOf } from '../words/index.ts';

/** Far above the longest key. */
const longestBareBlob = 64 * 1024;

/** Of the first line of a file that holds a key, or that should. */
export function describeKeyLine(file: Uint8Array): Anatomy {
  const parsed = parseAuthorizedKeys(byteText(file));
  const entry = parsed.lines.find((line) => line.type === 'entry');
  if (entry !== undefined) return describeEntry(file, entry);
  const hostLine = parseKnownHosts(byteText(file)).lines.find(isHostKey);
  if (hostLine !== undefined) return describeHostLine(file, hostLine);
  return describeBareBlob(file) ?? describeUnknown(file, parsed);
}

function describeUnknown(file: Uint8Array, parsed: AuthorizedKeysFile): Anatomy {
  const [diagnostic] = parsed.diagnostics;
  const reason = diagnostic?.message ?? 'expected a key';
  return {
    kind: 'unknown',
    title: 'Not a key that is known here',
    bodies: [{ title: 'the file', bytes: file, origin: { encoding: 'file' } }],
    fields: [],
    fault: { reason, path: '', at: { body: 0, offset: diagnostic?.span.start ?? 0 } },
    isPrivate: false,
  };
}

function describeEntry(file: Uint8Array, entry: AuthorizedKeyEntry): Anatomy {
  const { blob, type } = entry.key;
  const seek = seeker(file, entry.span.start);
  const options = seek(entry.optionsText);
  const before = entry.optionsText === '' ? [] : [optionsField(file, options)];
  const [kind, what] = kindOf(entry, isCertificateBlob(blob));
  return { kind, title: `${what}, ${type}`, ...describeKey(file, { before, key: entry, seek }) };
}

type HostKeyLine = KnownHostsEntry & { readonly key: LineKey };

function isHostKey(line: KnownHostsFile['lines'][number]): line is HostKeyLine {
  return line.type === 'entry' && line.key !== undefined;
}

function describeHostLine(file: Uint8Array, entry: HostKeyLine): Anatomy {
  const { hosts, isHashed, marker } = entry;
  const seek = seeker(file, entry.span.start);
  const before: AnatomyField[] = [];
  if (marker !== undefined) {
    const { start, end } = seek(`@${marker}`);
    before.push(textField(file, { group: 'marker', field: marker, path: 'line.marker', start, end }));
  }
  before.push(textField(file, piece(isHashed ? 'hashedHost' : 'hosts', seek(hosts))));
  const title = `Line of known_hosts, ${entry.key.type}`;
  return { kind: 'known-hosts-line', title, ...describeKey(file, { before, key: entry, seek }) };
}

/** A blob alone, as it is copied out of a line, a database or a DNS record; the first word inside it must be a key type that is known. */
function describeBareBlob(file: Uint8Array): Anatomy | undefined {
  const text = byteText(file);
  const base64 = text.trim();
  const blob = base64.length > longestBareBlob ? undefined : base64Decode(base64);
  if (blob === undefined || publicBlobCodec(blob).codec.type === unknownKeyType) return undefined;
  const start = text.indexOf(base64);
  const span = { body: 0, start, end: start + base64.length };
  const title = `${isCertificateBlob(blob) ? 'Certificate' : 'Public key'} in base64, ${leadingName(blob)}`;
  return { kind: 'public-blob', title, ...describeBlob(file, blob, { before: [], base64: span, behind: [] }) };
}

interface KeyWords {
  readonly before: readonly AnatomyField[];
  readonly key: { readonly key: LineKey; readonly comment: string };
  /** Finds the next word of the line. */
  readonly seek: (word: string) => ByteSpan;
}

type DescribedKey = Pick<Anatomy, 'bodies' | 'fields' | 'fault' | 'isPrivate'>;

function describeKey(file: Uint8Array, { before, key: { key, comment }, seek }: KeyWords): DescribedKey {
  const type = textField(file, piece('type', seek(key.type)));
  const base64 = seek(base64Encode(key.blob));
  const behind = comment === '' ? [] : [textField(file, piece('comment', seek(comment)))];
  return describeBlob(file, key.blob, { before: [...before, type], base64, behind });
}

interface BlobInLine {
  readonly before: readonly AnatomyField[];
  readonly base64: ByteSpan;
  readonly behind: readonly AnatomyField[];
}

function describeBlob(file: Uint8Array, blob: Uint8Array, { before, base64, behind }: BlobInLine): DescribedKey {
  const isCertificate = isCertificateBlob(blob);
  const explained = publicBlobCodec(blob);
  const stretch = { ...explained, bytes: blob, body: 1, offset: 0, path: explained.codec.type, openers: blobOpeners };
  const key = describeStretch({ ...stretch, words: wordsOf('blob', isCertificate ? 'certificate' : 'publicKey') });
  return {
    bodies: [
      { title: 'the line', bytes: file, origin: { encoding: 'file' } },
      {
        title: isCertificate ? 'the certificate, decoded' : 'the key, decoded',
        bytes: blob,
        origin: { encoding: 'base64', lines: [base64] },
      },
    ],
    fields: [...before, { ...textField(file, piece('base64', base64, [key])), type: 'base64' }, ...behind],
    fault: faultOf(() => (isCertificate ? decodeCertificate(blob) : decodePublicKey(blob))),
    isPrivate: false,
  };
}

function piece(field: string, { start, end }: ByteSpan, children: readonly AnatomyField[] = []): TextPiece {
  return { group: 'line', field, start, end, children };
}

function kindOf({ optionsText }: AuthorizedKeyEntry, isCertificate: boolean): readonly [Anatomy['kind'], string] {
  if (optionsText !== '') return ['authorized-keys-line', 'Line of authorized_keys'];
  return isCertificate ? ['certificate-line', 'Certificate'] : ['public-line', 'Public key'];
}

/** Where words stand in the text: each is sought behind the one before it. */
function seeker(file: Uint8Array, start: number): (word: string) => ByteSpan {
  const text = byteText(file);
  let at = start;
  return (word) => {
    const found = text.indexOf(word, at);
    at = found + word.length;
    return { body: 0, start: found, end: at };
  };
}

function optionsField(file: Uint8Array, { start, end }: ByteSpan): AnatomyField {
  const text = byteText(file.subarray(start, end));
  const children = locateKeyOptions(text).map((span, index) => {
    const name = /^[^=]*/.exec(text.slice(span.start, span.end))?.[0].toLowerCase() ?? '';
    const path = `line.options[${index}]`;
    return textField(file, { group: 'option', field: name, path, start: start + span.start, end: start + span.end });
  });
  return textField(file, { group: 'line', field: 'options', start, end, children });
}
