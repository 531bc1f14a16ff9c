/**
 * crypt(3) with SHA-512, the `$6$` of /etc/shadow. Written by hand over the library's hash: no kept library has it. The steps are
 * those of Ulrich Drepper's public specification "Unix crypt using SHA-256 and SHA-512".
 */
import { equalBytesConstantTime } from '../wire/bytes.ts';
import { utf8Encode } from '../wire/text.ts';
import type { RunningHash } from './provider.ts';
import { sha512 } from './sha512.ts';

const defaultRounds = 5000;
const leastRounds = 1000;
/** The specification allows 999,999,999; more than this would hold a login up for minutes. Differs from crypt(3). */
const mostRounds = 1_000_000;
const longestSalt = 16;
const digestSize = 64;

/** What stands before the hash: `$6$salt`, or `$6$rounds=N$salt`. */
interface Setting {
  readonly salt: string;
  readonly rounds: number;
  readonly prefix: string;
}

/** The hash of a password, as it stands in /etc/shadow. Undefined if `setting` does not begin with a `$6$` that can be computed. */
export function sha512Crypt(password: string, setting: string): string | undefined {
  const parsed = parseSetting(setting);
  if (parsed === undefined) return undefined;
  return parsed.prefix + encode(digestOf(utf8Encode(password), utf8Encode(parsed.salt), parsed.rounds));
}

/** Whether `password` has this hash; false if the hash is of another kind, locked or empty. */
export function verifySha512Crypt(password: string, hash: string): boolean {
  const computed = sha512Crypt(password, hash);
  return computed !== undefined && equalBytesConstantTime(utf8Encode(computed), utf8Encode(hash));
}

function parseSetting(setting: string): Setting | undefined {
  const match = /^\$6\$(?:rounds=(\d{1,9})\$)?([^$:\n]*)/.exec(setting);
  if (match === null) return undefined;
  const salt = (match[2] ?? '').slice(0, longestSalt);
  if (match[1] === undefined) return { salt, rounds: defaultRounds, prefix: `$6$${salt}$` };
  const rounds = Number(match[1]);
  return rounds < leastRounds || rounds > mostRounds
    ? undefined
    : { salt, rounds, prefix: `$6$rounds=${rounds}$${salt}$` };
}

function digestOf(password: Uint8Array, salt: Uint8Array, rounds: number): Uint8Array {
  const first = firstDigest(password, salt);
  const passwordSequence = repeated(repeatedDigest(password, password.length), password.length);
  const saltSequence = repeated(repeatedDigest(salt, 16 + (first[0] ?? 0)), salt.length);
  let current = first;
  for (let round = 0; round < rounds; round += 1) {
    const hash = sha512.start();
    hash.update(round % 2 === 1 ? passwordSequence : current);
    if (round % 3 !== 0) hash.update(saltSequence);
    if (round % 7 !== 0) hash.update(passwordSequence);
    hash.update(round % 2 === 1 ? current : passwordSequence);
    current = hash.digest();
  }
  return current;
}

/** Digest A of the specification: password, salt, and digest B mixed in by the bits of the password's length. */
function firstDigest(password: Uint8Array, salt: Uint8Array): Uint8Array {
  const other = sha512.start().update(password).update(salt).update(password).digest();
  const hash: RunningHash = sha512.start().update(password).update(salt).update(repeated(other, password.length));
  for (let length = password.length; length > 0; length >>>= 1) hash.update(length % 2 === 1 ? other : password);
  return hash.digest();
}

/** Digests DP and DS: the same bytes, `times` times. */
function repeatedDigest(bytes: Uint8Array, times: number): Uint8Array {
  const hash = sha512.start();
  for (let count = 0; count < times; count += 1) hash.update(bytes);
  return hash.digest();
}

/** The digest, again and again, cut to a length. */
function repeated(digest: Uint8Array, sizeBytes: number): Uint8Array {
  return Uint8Array.from({ length: sizeBytes }, (_unused, index) => digest[index % digestSize] ?? 0);
}

const alphabet = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** crypt's own base64: three bytes from three thirds of the digest, in turn, the lowest bits first. */
function encode(digest: Uint8Array): string {
  const at = (index: number): number => digest[index] ?? 0;
  let text = '';
  for (let group = 0; group < 21; group += 1) {
    const bytes = [at(group), at(group + 21), at(group + 42)];
    const turn = group % 3;
    const [high = 0, middle = 0, low = 0] = [...bytes.slice(turn), ...bytes.slice(0, turn)];
    text += letters((high << 16) | (middle << 8) | low, 4);
  }
  return text + letters(at(63), 2);
}

function letters(bits: number, count: number): string {
  let text = '';
  for (let index = 0; index < count; index += 1) text += alphabet.charAt((bits >>> (6 * index)) & 63);
  return text;
}
