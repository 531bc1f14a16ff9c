/** openssh-key-v1: armour, envelope, and the private section where it is open. */
import { findKeyType } from '../../keys/key-types/index.ts';
import {
  bcryptOptionsFormat,
  checkNumbersFormat,
  envelopeFormat,
  opensshFormat,
  sectionFormat,
} from '../../keys/formats/openssh.ts';
import { decodePem } from '../../keys/formats/pem.ts';
import { runAtOnce } from '../../long-work.ts';
import type { Anatomy, AnatomyBody, AnatomyField } from '../anatomy.ts';
import { faultOf } from '../faults.ts';
import { blobOpeners } from '../key-codecs.ts';
import { describeStretch, leadingName, type ExplainedCodec, type Opener } from '../span-fields.ts';
import { armourLayout, decodableBytes, spansOfLines } from '../text-fields.ts';
import { lockWords } from '../lock-words.ts';
import { name } from '../../wire/primitives.ts';
import { armourFields } from './armour.ts';

const keyTypes = { find: findKeyType };
const checkNumbersSizeBytes = 8;
const sectionPath = 'openssh-key-v1.privateSection';

/** Of a file, and of its decrypted section where somebody has opened it. */
export function describeOpenssh(file: Uint8Array, section?: Uint8Array): Anatomy {
  const fault = faultOf(() => runAtOnce(opensshFormat.open(file, { keyTypes })));
  const body = bodyOf(file);
  const isEncrypted = isSealed(body);
  if (body.length === 0) return anatomyOf({ file, body, fields: [], isEncrypted, fault });
  const openers = new Map<string, Opener>([
    ...blobOpeners,
    ['openssh-key-v1.kdfOptions', (contents) => (contents.length === 0 ? undefined : { codec: bcryptOptionsFormat })],
  ]);
  if (isEncrypted === false) openers.set(sectionPath, sectionCodec);
  const encrypted = new Set(isEncrypted === true ? [sectionPath] : []);
  const path = envelopeFormat.type;
  const envelope = describeStretch({
    codec: envelopeFormat,
    bytes: body,
    body: 1,
    offset: 0,
    path,
    openers,
    encrypted,
  });
  if (section === undefined) return anatomyOf({ file, body, fields: [envelope], isEncrypted, fault });
  const opened = describeStretch({
    ...sectionCodec(section),
    bytes: section,
    body: 2,
    offset: 0,
    path: sectionPath,
  });
  const children = envelope.children.map((field) =>
    field.path === sectionPath ? { ...field, children: opened.children } : field,
  );
  const from = children.find((field) => field.path === sectionPath)?.span ?? { body: 1, start: 0, end: 0 };
  const decrypted: AnatomyBody = {
    title: 'the private part, decrypted',
    bytes: section,
    origin: { encoding: 'decrypted', from },
  };
  return anatomyOf({ file, body, fields: [{ ...envelope, children }], isEncrypted, fault, decrypted });
}

function bodyOf(file: Uint8Array): Uint8Array {
  let body: Uint8Array | undefined;
  faultOf(() => (body = decodePem(file).body));
  return body ?? decodableBytes(armourLayout(file).base64);
}

/** Undefined where the file ends before it tells. */
function isSealed(body: Uint8Array): boolean | undefined {
  const span = envelopeFormat.spans(body).find(({ path }) => path === `${envelopeFormat.type}.kdf`);
  let kdf: string | undefined;
  if (span !== undefined) faultOf(() => (kdf = name.decodePrefix(body.subarray(span.start)).value));
  return kdf === undefined ? undefined : kdf !== 'none';
}

function sectionCodec(section: Uint8Array): ExplainedCodec {
  const row = findKeyType(leadingName(section, checkNumbersSizeBytes));
  return { codec: row === undefined ? checkNumbersFormat : sectionFormat(row), group: 'privateSection' };
}

interface Parts {
  readonly file: Uint8Array;
  readonly body: Uint8Array;
  readonly fields: readonly AnatomyField[];
  readonly isEncrypted: boolean | undefined;
  readonly fault: Anatomy['fault'];
  readonly decrypted?: AnatomyBody;
}

function anatomyOf({ file, body, fields, isEncrypted, fault, decrypted }: Parts): Anatomy {
  const { base64 } = armourLayout(file);
  const decoded: AnatomyBody = {
    title: 'the file, decoded',
    bytes: body,
    origin: { encoding: 'base64', lines: spansOfLines(base64) },
  };
  return {
    kind: 'openssh-private-key',
    title: `OpenSSH private key${lockWords(isEncrypted, decrypted !== undefined)}`,
    bodies: [
      { title: 'the file', bytes: file, origin: { encoding: 'file' } },
      decoded,
      ...(decrypted === undefined ? [] : [decrypted]),
    ],
    fields: armourFields(file, { fields, isEncrypted: false }),
    fault,
    isPrivate: true,
    isEncrypted,
  };
}
