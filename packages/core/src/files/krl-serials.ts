/**
 * Serial numbers of revoked certificates: ranges, sorted and joined, and the shortest sections that hold them. The choice among list,
 * range and bitmap is by the same costs as in OpenSSH's krl.c, so that the bytes are the same.
 */
import { bigintFromBytes, bigintToBytes } from '../wire/bytes.ts';
import { krlCertificateSection, maximumBitmapBits, type KrlCertificateSection } from './krl-codec.ts';

/** From `first` to `last`, both included. */
export interface SerialRange {
  readonly first: bigint;
  readonly last: bigint;
}

/** In order, with what overlaps or touches joined. */
export function joinRanges(ranges: readonly SerialRange[]): readonly SerialRange[] {
  const joined: SerialRange[] = [];
  for (const range of ranges.toSorted((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0))) {
    const before = joined.at(-1);
    if (before !== undefined && range.first <= before.last + 1n) {
      const last = range.last > before.last ? range.last : before.last;
      joined.splice(-1, 1, { first: before.first, last });
    } else {
      joined.push(range);
    }
  }
  return joined;
}

/** Whether joined ranges hold the serial. */
export function holdsSerial(ranges: readonly SerialRange[], serial: bigint): boolean {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const range = ranges[middle];
    if (range !== undefined && range.last < serial) low = middle + 1;
    else high = middle;
  }
  const range = ranges[low];
  return range !== undefined && range.first <= serial;
}

/** The ranges of a bitmap, in order. */
export function rangesOfBitmap(offset: bigint, bits: Uint8Array): readonly SerialRange[] {
  const digits = bigintFromBytes(bits).toString(2);
  return [...digits.matchAll(/1+/g)].toReversed().map((run) => {
    const first = offset + BigInt(digits.length - run.index - run[0].length);
    return { first, last: first + BigInt(run[0].length) - 1n };
  });
}

type Kind = 'list' | 'range' | 'bitmap';

/** Where the writing stands: the section that is open, and what is in it. */
interface OpenSection {
  readonly kind: Kind;
  readonly ranges: SerialRange[];
}

/** The sections of joined ranges. */
export function serialSections(ranges: readonly SerialRange[]): readonly KrlCertificateSection[] {
  const sections: OpenSection[] = [];
  for (const [index, range] of ranges.entries()) {
    const open = sections.at(-1);
    const choice = chooseSection(open, range, ranges[index + 1]);
    if (open === undefined || choice.isNew || choice.kind !== open.kind || choice.kind === 'range') {
      sections.push({ kind: choice.kind, ranges: [range] });
    } else {
      open.ranges.push(range);
    }
  }
  return sections.map((section) => print[section.kind](section.ranges));
}

function bytes(bits: number): number {
  return Math.floor((bits + 7) / 8);
}

interface Choice {
  readonly kind: Kind;
  readonly isNew: boolean;
}

const headerBits = 8;
const serialBits = 64;
const largestCount = 2n ** 31n;

function count(value: bigint): number {
  return Number(value < largestCount ? value : largestCount);
}

/** The cheapest in bytes; of equals the first of bitmap, range, list and new bitmap. */
function chooseSection(open: OpenSection | undefined, range: SerialRange, next: SerialRange | undefined): Choice {
  const previous = open?.ranges.at(-1);
  const run = count(1n + range.last - range.first);
  const gapBefore = previous === undefined ? 0 : count(range.first - previous.last);
  const gapAfter = next === undefined ? 0 : count(next.first - range.last);
  const newSection = next === undefined ? 0 : headerBits + serialBits;
  const bitmapTail = Math.min(gapAfter, newSection);
  const openBitmap = open?.kind === 'bitmap' ? 0 : headerBits + serialBits;
  const openList = open?.kind === 'list' ? 0 : headerBits;
  const costs: readonly (Choice & { readonly cost: number })[] = [
    { kind: 'bitmap', isNew: false, cost: bytes(openBitmap + gapBefore + run + bitmapTail) },
    { kind: 'range', isNew: false, cost: bytes(headerBits + 2 * serialBits + newSection) },
    { kind: 'list', isNew: false, cost: bytes(openList + serialBits * run + newSection) },
    { kind: 'bitmap', isNew: true, cost: bytes(headerBits + serialBits + run + bitmapTail) },
  ];
  const choice = costs.reduce((best, each) => (each.cost < best.cost ? each : best));
  return choice.kind === 'bitmap' && overflows(open, range) ? { kind: 'bitmap', isNew: true } : choice;
}

/** Differs from OpenSSH: a bitmap longer than an mpint can be begins anew; OpenSSH writes a file that it cannot read. */
function overflows(open: OpenSection | undefined, range: SerialRange): boolean {
  const start = open?.kind === 'bitmap' ? open.ranges[0] : undefined;
  return start !== undefined && range.last - start.first >= BigInt(maximumBitmapBits);
}

const print: Readonly<Record<Kind, (ranges: readonly SerialRange[]) => KrlCertificateSection>> = {
  list: (ranges) => ({ type: krlCertificateSection.serialList, serials: ranges.flatMap(serialsOf) }),
  range: (ranges) => ({ type: krlCertificateSection.serialRange, range: ranges[0] ?? { first: 0n, last: 0n } }),
  bitmap: (ranges) => ({ type: krlCertificateSection.serialBitmap, bitmap: bitmapOf(ranges) }),
};

function serialsOf({ first, last }: SerialRange): readonly bigint[] {
  return Array.from({ length: Number(1n + last - first) }, (_, index) => first + BigInt(index));
}

function bitmapOf(ranges: readonly SerialRange[]): { readonly offset: bigint; readonly bits: Uint8Array } {
  const offset = ranges[0]?.first ?? 0n;
  let bits = 0n;
  for (const { first, last } of ranges) bits |= ((1n << (1n + last - first)) - 1n) << (first - offset);
  return { offset, bits: bigintToBytes(bits) };
}
