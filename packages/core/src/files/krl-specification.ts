/**
 * What `ssh-keygen -k` reads: lines that say what to revoke, or that hold public keys and certificates (ssh-keygen(1) KEY REVOCATION
 * LISTS). Parsing never throws; the first line that is wrong ends it, in OpenSSH's words.
 */
import { parseKeyLine, type KeyOrCertificate } from '../certificates/line.ts';
import { sha1 } from '../crypto/sha1.ts';
import { sha256 } from '../crypto/sha256.ts';
import type { PublicKey } from '../keys/public-key-types/index.ts';
import { encodePublicKey } from '../keys/public-key.ts';
import { base64Decode } from '../wire/base64.ts';
import { revocationOf, type Revocation } from './krl.ts';

/** Whose certificates serials and key IDs are of; `any` for `-s none`; undefined if nobody was named. */
export type KrlAuthority = PublicKey | 'any' | undefined;

/** What a specification revokes, or its first wrong line (ssh-keygen(1) KEY REVOCATION LISTS). */
export type KrlSpecification =
  | { readonly ok: true; readonly revocations: readonly Revocation[] }
  | {
      readonly ok: false;
      /** From 1. */
      readonly line: number;
      /** OpenSSH's words. */
      readonly message: string;
      /** What OpenSSH names in front of the words: nothing, the input and the line, or the path as it was given and the line. */
      readonly place: KrlPlace;
    };

type KrlPlace = 'none' | 'input' | 'path';

interface Fault {
  readonly message: string;
  readonly place: KrlPlace;
}

/** Reads a whole file; 6.6 knows neither `sha256:` nor `hash:`, and revokes plain keys by SHA-1. */
export function parseKrlSpecification(
  text: string,
  authority: KrlAuthority,
  openssh: '10' | '6.6' = '10',
): KrlSpecification {
  const revocations: Revocation[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const content = contentOf(line);
    if (content === '') continue;
    const read = readLine(content, authority, openssh);
    if ('message' in read) return { ok: false, line: index + 1, ...read };
    revocations.push(read);
  }
  return { ok: true, revocations };
}

/** Without blanks around and without what follows a `#`. */
function contentOf(line: string): string {
  return (line.split('#', 1)[0] ?? '').replace(/^[ \t]+|[ \t]+$/g, '');
}

function fault(message: string, place: KrlPlace = 'input'): Fault {
  return { message, place };
}

function readLine(content: string, authority: KrlAuthority, openssh: '10' | '6.6'): Revocation | Fault {
  const { reader, shape } = readings[openssh];
  const [, keyword = '', rest = content] = shape.exec(content) ?? [];
  const read = reader[keyword.toLowerCase()]?.(rest, { authority, openssh }) ?? fault('invalid key: invalid format');
  const isVague = openssh === '6.6' && 'message' in read && read.message.startsWith('invalid key');
  return isVague ? fault('invalid key') : read;
}

interface LineContext {
  readonly authority: KrlAuthority;
  readonly openssh: '10' | '6.6';
}

type LineReader = (rest: string, context: LineContext) => Revocation | Fault;

const oldReaders: Readonly<Record<string, LineReader>> = {
  serial: readSerials,
  id: (keyId, { authority }) => {
    if (authority === undefined) return fault(missing('key ID'), 'none');
    return { type: 'key-id', authority: authority === 'any' ? undefined : authority, keyId };
  },
  key: (line, context) => readKey(line, context, ({ key }) => ({ type: 'key', blob: encodePublicKey(key) })),
  sha1: (line, context) =>
    readKey(line, context, ({ key }) => ({ type: 'sha1', digest: sha1.digest(encodePublicKey(key)) })),
  '': (line, context) =>
    readKey(line, context, (held) => {
      const revocation = revocationOf(held);
      return 'blob' in revocation ? { type: 'sha1', digest: sha1.digest(revocation.blob) } : revocation;
    }),
};

const newReaders: Readonly<Record<string, LineReader>> = {
  ...oldReaders,
  hash: readHash,
  sha256: (line, context) =>
    readKey(line, context, ({ key }) => ({ type: 'sha256', digest: sha256.digest(encodePublicKey(key)) })),
  '': (line, context) => readKey(line, context, revocationOf),
};

const readings = {
  '10': { reader: newReaders, shape: /^(serial|id|key|sha1|sha256|hash):[ \t]*(.*)$/i },
  '6.6': { reader: oldReaders, shape: /^(serial|id|key|sha1):[ \t]*(.*)$/i },
} as const;

function missing(by: string): string {
  return `revoking certificates by ${by} requires specification of a CA key`;
}

function readKey(
  line: string,
  { openssh }: LineContext,
  revocation: (held: KeyOrCertificate) => Revocation,
): Revocation | Fault {
  const read = parseKeyLine(line, { openssh });
  return read.ok ? revocation(read.held) : fault(`invalid key: ${read.words}`);
}

const sha256SizeBytes = 32;

function readHash(text: string): Revocation | Fault {
  const base64 = text.startsWith('SHA256:') ? text.slice('SHA256:'.length) : undefined;
  if (base64 === undefined) return fault('unsupported hash algorithm', 'path');
  const digest = base64Decode(base64.padEnd(Math.ceil(base64.length / 4) * 4, '='));
  if (digest === undefined || digest.length === 0) return fault('decode hash failed: invalid format', 'path');
  if (digest.length !== sha256SizeBytes)
    return fault('update_krl_from_file: revoke key failed: invalid format', 'none');
  return { type: 'sha256', digest };
}

const largestSerial = 2n ** 64n - 1n;

function readSerials(text: string, { authority }: LineContext): Revocation | Fault {
  if (authority === undefined) return fault(missing('serial number'), 'none');
  const dash = text.indexOf('-', 1);
  const [from, to] = dash < 0 ? [text, text] : [text.slice(0, dash), text.slice(dash + 1)];
  const first = parseUnsigned(from);
  if (first === undefined) return fault(`invalid serial "${text}"`);
  const last = parseUnsigned(to);
  if (last === undefined) return fault(`invalid serial "${to}"`);
  if (first > largestSerial || last > largestSerial) return fault('serial out of range');
  if (last < first) return fault(`invalid serial range ${first}:${last}`);
  if (first === 0n) return fault('update_krl_from_file: revoke serial failed', 'none');
  return { type: 'serials', authority: authority === 'any' ? undefined : authority, range: { first, last } };
}

/** strtoull(3) with base 0: hexadecimal after 0x, octal after 0; a minus turns the number over. */
function parseUnsigned(text: string): bigint | undefined {
  const [, sign, digits = ''] = /^[ \t]*([-+]?)(0x[0-9a-f]+|0[0-7]*|[1-9]\d*)$/i.exec(text) ?? [];
  if (digits === '') return undefined;
  const isOctal = digits.startsWith('0') && !/^0x/i.test(digits);
  const value = BigInt(isOctal ? `0o0${digits}` : digits);
  return sign === '-' && value <= largestSerial ? BigInt.asUintN(64, -value) : value;
}
