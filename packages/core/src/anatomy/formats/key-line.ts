/** A line with a public key or a certificate, alone or with the options of authorized_keys in front (sshd(8)). */
import { decodeCertificate } from '../../certificates/blob.ts';
import { locateKeyOptions } from '../../files/authorized-keys-options.ts';
import { parseAuthorizedKeys, type AuthorizedKeyEntry } from '../../files/authorized-keys.ts';
import { decodePublicKey } from '../../keys/public-key.ts';
import { byteText } from '../../keys/formats/text-lines.ts';
import { base64Encode } from '../../wire/base64.ts';
import type { Anatomy, AnatomyField, ByteSpan } from '../anatomy.ts';
import { faultOf } from '../faults.ts';
import { blobOpeners, isCertificateBlob, publicBlobCodec } from '../key-codecs.ts';
import { describeStretch } from '../span-fields.ts';
import { textField, type TextPiece } from '../text-fields.ts';
import { wordsOf } from '../words.ts';

/** Of the first line of a file that holds a key, or that should. */
export function describeKeyLine(file: Uint8Array): Anatomy {
  const parsed = parseAuthorizedKeys(byteText(file));
  const entry = parsed.lines.find((line) => line.type === 'entry');
  if (entry !== undefined) return describeEntry(file, entry);
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
  const isCertificate = isCertificateBlob(blob);
  const places = placesOf(file, entry);
  const explained = publicBlobCodec(blob);
  const stretch = { ...explained, bytes: blob, body: 1, offset: 0, path: explained.codec.type, openers: blobOpeners };
  const key = describeStretch({ ...stretch, words: wordsOf('blob', isCertificate ? 'certificate' : 'publicKey') });
  const fields: AnatomyField[] = [];
  if (entry.optionsText !== '') fields.push(optionsField(file, places.options));
  fields.push(textField(file, piece('type', places.type)));
  fields.push({ ...textField(file, piece('base64', places.base64, [key])), type: 'base64' });
  if (entry.comment !== '') fields.push(textField(file, piece('comment', places.comment)));
  const [kind, what] = kindOf(entry, isCertificate);
  return {
    kind,
    title: `${what}, ${type}`,
    bodies: [
      { title: 'the line', bytes: file, origin: { encoding: 'file' } },
      {
        title: isCertificate ? 'the certificate, decoded' : 'the key, decoded',
        bytes: blob,
        origin: { encoding: 'base64', lines: [places.base64] },
      },
    ],
    fields,
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

interface Places {
  readonly options: ByteSpan;
  readonly type: ByteSpan;
  readonly base64: ByteSpan;
  readonly comment: ByteSpan;
}

/** Where the parsed words stand in the line: each is sought behind the one before it. */
function placesOf(file: Uint8Array, { span, optionsText, key, comment }: AuthorizedKeyEntry): Places {
  const text = byteText(file);
  let at = span.start;
  const next = (word: string): ByteSpan => {
    const start = text.indexOf(word, at);
    at = start + word.length;
    return { body: 0, start, end: at };
  };
  return {
    options: next(optionsText),
    type: next(key.type),
    base64: next(base64Encode(key.blob)),
    comment: next(comment),
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
