/**
 * Randomart: a bishop walks over a board of 17 by 9 by the bits of the fingerprint's digest, and the squares show how often
 * he was there ("The drunken bishop", Loss, Limmer and von Gernler 2009). Frames as OpenSSH 10 and 6.6 draw them.
 */
import { fingerprintDigest, fingerprintHashLabel, type FingerprintHashName } from './fingerprint.ts';
import { publicKeyTypeOf, type PublicKey } from './public-key-types/index.ts';
import { encodePublicKey, keyBits } from './public-key.ts';

const width = 17;
const height = 9;
/** Visits to characters; the last two are the start and the end. */
const symbols = ' .o+=*BOX@%&#/^SE';
const mostVisits = symbols.length - 3;
const startSymbol = symbols.length - 2;
const endSymbol = symbols.length - 1;

export interface RandomartStyle {
  /** SHA256 if not given; 6.6 knows MD5 only. */
  readonly hash?: FingerprintHashName;
  /** Whose frame: 10 if not given. */
  readonly openssh?: '10' | '6.6';
}

/** The picture of a key in 11 lines without a line end after the last. */
export function randomart(key: PublicKey, style: RandomartStyle = {}): string {
  const old = style.openssh === '6.6';
  const hash = style.hash ?? (old ? 'md5' : 'sha256');
  const { shortName } = publicKeyTypeOf(key);
  const title = old ? oldHeader(shortName, keyBits(key)) : border(title10(shortName, keyBits(key)));
  const footer = old ? border('') : border(`[${fingerprintHashLabel(hash)}]`);
  return [title, ...drawBoard(fingerprintDigest(encodePublicKey(key), hash)), footer].join('\n');
}

function title10(shortName: string, bits: number): string {
  const title = `[${shortName} ${bits}]`;
  return title.length > width ? `[${shortName}]` : title;
}

function border(label: string): string {
  const before = Math.floor((width - label.length) / 2);
  return `+${'-'.repeat(before)}${label}${'-'.repeat(width - before - label.length)}+`;
}

/** 6.6 formats into 17 bytes, the last of them NUL, so a long title loses its bracket. */
function oldHeader(shortName: string, bits: number): string {
  const start = `+--[${shortName.padStart(4)} ${String(bits).padStart(4)}]`.slice(0, width - 1);
  return `${start.padEnd(width + 1, '-')}+`;
}

/** The board's rows with their sides. */
export function drawBoard(digest: Uint8Array): readonly string[] {
  const visits = new Uint8Array(width * height);
  const start = Math.floor(height / 2) * width + Math.floor(width / 2);
  let square = start;
  for (const byte of digest) {
    for (let shift = 0; shift < 8; shift += 2) {
      square = move(square, (byte >> shift) & 3);
      visits[square] = Math.min((visits[square] ?? 0) + 1, mostVisits);
    }
  }
  visits[start] = startSymbol;
  visits[square] = endSymbol;
  return Array.from({ length: height }, (_, row) => drawRow(visits.subarray(row * width, (row + 1) * width)));
}

/** One diagonal step; bit 0 is right, bit 1 is down, and the walls hold. */
function move(square: number, direction: number): number {
  const x = Math.min(Math.max((square % width) + ((direction & 1) === 0 ? -1 : 1), 0), width - 1);
  const y = Math.min(Math.max(Math.floor(square / width) + ((direction & 2) === 0 ? -1 : 1), 0), height - 1);
  return y * width + x;
}

function drawRow(visits: Uint8Array): string {
  return `|${Array.from(visits, (count) => symbols.charAt(count)).join('')}|`;
}
