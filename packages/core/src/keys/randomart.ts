/**
 * Randomart: a bishop walks over a board of 17 by 9 by the bits of the fingerprint's digest, and the squares show how often
 * he was there ("The drunken bishop", Loss, Limmer and von Gernler 2009). Frames as OpenSSH 10 and 6.6 draw them.
 */
import { fingerprintDigest, fingerprintHashLabel, type FingerprintHashName } from './fingerprint.ts';
import { publicKeyTypeOf, type PublicKey } from './public-key-types/index.ts';
import { encodePublicKey, keyBits } from './public-key.ts';

/** Squares of the board in a row, and rows. */
export const randomartWidth = 17;
/** Rows of the board. */
export const randomartHeight = 9;
const width = randomartWidth;
const height = randomartHeight;
/** Visits to characters; the last two are the start and the end. */
const symbols = ' .o+=*BOX@%&#/^SE';
const mostVisits = symbols.length - 3;
const startSymbol = symbols.length - 2;
const endSymbol = symbols.length - 1;

/** How a picture is headed and framed. */
export interface RandomartStyle {
  /** SHA256 if not given; 6.6 knows MD5 only. */
  readonly hash?: FingerprintHashName;
  /** Whose frame: 10 if not given. */
  readonly openssh?: '10' | '6.6';
  /** What the heading names; the key type's short name if not given. A certificate's is like `ED25519-CERT`. */
  readonly shortName?: string;
}

/** The picture of a key in 11 lines without a line end after the last. */
export function randomart(key: PublicKey, style: RandomartStyle = {}): string {
  const old = style.openssh === '6.6';
  const hash = style.hash ?? (old ? 'md5' : 'sha256');
  const shortName = style.shortName ?? publicKeyTypeOf(key).shortName;
  const title = old ? oldHeader(shortName, keyBits(key)) : border(title10(shortName, keyBits(key)));
  const footer = old ? border('') : border(`[${fingerprintHashLabel(hash)}]`);
  return [title, ...drawBoard(fingerprintDigest(encodePublicKey(key), hash)), footer].join('\n');
}

/** 10 formats into 17 bytes, the last of them NUL: a long title goes without its bits, and a longer one loses its bracket. */
function title10(shortName: string, bits: number): string {
  const title = `[${shortName} ${bits}]`;
  return title.length < width ? title : `[${shortName}]`.slice(0, width - 1);
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

/** A square of the board of `randomartWidth` times `randomartHeight`. */
export interface RandomartSquare {
  /** 0 to 16, from the left. */
  readonly x: number;
  /** 0 to 8, from the top. */
  readonly y: number;
}

/** One step of the walk, with where it ended. */
export interface RandomartStep {
  /** Two bits of the digest as two digits: down and right. */
  readonly bits: string;
  /** Which byte of the digest they come from. */
  readonly byte: number;
  readonly to: RandomartSquare;
  /** How often the square has been entered, this time included. */
  readonly visits: number;
}

/** Where the bishop begins: the middle. */
export const randomartStart: RandomartSquare = { x: Math.floor(width / 2), y: Math.floor(height / 2) };

/** The bishop's walk: four steps a byte, the lowest bits first. */
export function randomartWalk(digest: Uint8Array): readonly RandomartStep[] {
  const visits = new Uint32Array(width * height);
  const steps: RandomartStep[] = [];
  let to = randomartStart;
  for (const [byte, value] of digest.entries()) {
    for (let shift = 0; shift < 8; shift += 2) {
      const direction = (value >> shift) & 3;
      to = stepFrom(to, direction);
      const square = to.y * width + to.x;
      const count = (visits[square] ?? 0) + 1;
      visits[square] = count;
      steps.push({ bits: direction.toString(2).padStart(2, '0'), byte, to, visits: count });
    }
  }
  return steps;
}

/** One diagonal step; bit 0 is right, bit 1 is down, and the walls hold. */
function stepFrom({ x, y }: RandomartSquare, direction: number): RandomartSquare {
  return {
    x: Math.min(Math.max(x + ((direction & 1) === 0 ? -1 : 1), 0), width - 1),
    y: Math.min(Math.max(y + ((direction & 2) === 0 ? -1 : 1), 0), height - 1),
  };
}

/** The character of a square that was entered so often. */
export function randomartSymbol(visits: number): string {
  return symbols.charAt(Math.min(visits, mostVisits));
}

/** The board's rows with their sides. */
export function drawBoard(digest: Uint8Array): readonly string[] {
  const board = Array.from({ length: height }, () => Array.from({ length: width }, () => ' '));
  const put = ({ x, y }: RandomartSquare, symbol: string) => board[y]?.splice(x, 1, symbol);
  const steps = randomartWalk(digest);
  for (const { to, visits } of steps) put(to, randomartSymbol(visits));
  put(randomartStart, symbols.charAt(startSymbol));
  put(steps.at(-1)?.to ?? randomartStart, symbols.charAt(endSymbol));
  return board.map((row) => `|${row.join('')}|`);
}
