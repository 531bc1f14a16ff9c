/** PuTTY's files: headers, the public blob, and the private one where it is open. */
import { findKeyType } from '../../keys/key-types/index.ts';
import { findPpkPrivateBlob } from '../../keys/formats/ppk-private-blobs.ts';
import { locatePpkText, type PpkPart } from '../../keys/formats/ppk-text.ts';
import { ppk3Format } from '../../keys/formats/ppk.ts';
import { runAtOnce } from '../../long-work.ts';
import { struct } from '../../wire/composites.ts';
import { rest } from '../../wire/primitives.ts';
import type { Anatomy, AnatomyBody, AnatomyField } from '../anatomy.ts';
import { faultOf } from '../faults.ts';
import { blobOpeners, publicBlobCodec } from '../key-codecs.ts';
import { describeStretch, type ExplainedCodec } from '../span-fields.ts';
import { lockWords } from '../lock-words.ts';
import { base64Field, decodableBytes, spansOfLines, textField } from '../text-fields.ts';
import { wordsOf } from '../words/index.ts';

const keyTypes = { find: findKeyType };

/** Of a file, and of its decrypted private blob where somebody has opened it. */
export function describePpk(file: Uint8Array, opened?: Uint8Array): Anatomy {
  const { parts } = locatePpkText(file);
  const [version, encryption] = ['PuTTY-User-Key-File', 'Encryption'].map((name) => headerOf(parts, name));
  const isEncrypted = encryption === undefined ? undefined : encryption.value !== 'none';
  const bodies: AnatomyBody[] = [{ title: 'the file', bytes: file, origin: { encoding: 'file' } }];
  const keyType = version?.value ?? '';
  const fields = parts.flatMap((part) => fieldsOf(part, { file, keyType, isEncrypted, bodies, opened }));
  return {
    kind: 'ppk',
    title: `PuTTY private key, version ${version?.name.at(-1) ?? 'unknown'}${lockWords(isEncrypted, opened !== undefined)}`,
    bodies,
    fields,
    fault: faultOf(() => runAtOnce(ppk3Format.open(file, { keyTypes }))),
    isPrivate: true,
    isEncrypted,
  };
}

function headerOf(parts: readonly PpkPart[], name: string): PpkPart['header'] | undefined {
  return parts.find(({ header }) => header.name.startsWith(name))?.header;
}

interface Job {
  readonly file: Uint8Array;
  readonly keyType: string;
  readonly isEncrypted: boolean | undefined;
  /** Grows with every blob. */
  readonly bodies: AnatomyBody[];
  readonly opened: Uint8Array | undefined;
}

function fieldsOf({ header, lines }: PpkPart, job: Job): readonly AnatomyField[] {
  const { file } = job;
  const field = header.name.startsWith('PuTTY') ? 'version' : header.name.toLowerCase();
  const line = textField(file, {
    group: 'ppk',
    field,
    path: `ppk.${header.name}`,
    start: header.start,
    end: header.end,
  });
  if (lines.length === 0) return [line];
  const isPrivate = header.name === 'Private-Lines';
  const encrypted = isPrivate && job.isEncrypted === true;
  const children = isPrivate ? privateFields(job, lines) : publicFields(job, lines);
  const blobField = isPrivate ? 'privateBlob' : 'publicBlob';
  return [line, base64Field(file, lines, { group: 'ppk', field: blobField, children, encrypted })];
}

function publicFields({ bodies }: Job, lines: PpkPart['lines']): readonly AnatomyField[] {
  const bytes = decodableBytes(lines);
  const body = bodies.length;
  bodies.push({ title: 'the public key, decoded', bytes, origin: { encoding: 'base64', lines: spansOfLines(lines) } });
  const stretch = {
    ...publicBlobCodec(bytes),
    bytes,
    body,
    offset: 0,
    path: 'ppk.publicBlob.key',
    openers: blobOpeners,
  };
  return [describeStretch({ ...stretch, words: wordsOf('blob', 'publicKey') })];
}

function privateFields(job: Job, lines: PpkPart['lines']): readonly AnatomyField[] {
  const { bodies, keyType, opened } = job;
  const bytes = decodableBytes(lines);
  const body = bodies.length;
  const path = 'ppk.privateBlob.key';
  bodies.push({
    title: 'the private part, decoded',
    bytes,
    origin: { encoding: 'base64', lines: spansOfLines(lines) },
  });
  const words = wordsOf('ppk', 'privateKey');
  if (job.isEncrypted !== true) {
    return [describeStretch({ ...privateCodec(keyType), bytes, body, offset: 0, path, words })];
  }
  const span = { body, start: 0, end: bytes.length };
  const sealed = describeStretch({ codec: sealedBlob, bytes, body, offset: 0, path, encrypted: sealedFields });
  if (opened === undefined) return sealed.children;
  bodies.push({ title: 'the private part, decrypted', bytes: opened, origin: { encoding: 'decrypted', from: span } });
  const clear = describeStretch({
    ...privateCodec(keyType),
    bytes: opened,
    body: body + 1,
    offset: 0,
    path,
    words,
  });
  return sealed.children.map((field) => ({ ...field, children: [clear] }));
}

const sealedBlob = struct('ppk', { sealed: rest });
const sealedFields = new Set(['ppk.sealed']);

/** The private half of a key type and the padding behind it. */
function privateCodec(keyType: string): ExplainedCodec {
  const format = findPpkPrivateBlob(keyType)?.format;
  return { codec: format === undefined ? sealedBlob : struct('privateBlob', { key: format, padding: rest }) };
}
