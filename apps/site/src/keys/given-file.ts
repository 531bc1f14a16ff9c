/**
 * What the reader gave, made ready to be read: text of Windows editors as UTF-8, line ends as OpenSSH wants them, and of a file with other
 * text around a private key the part that is the key. What programs would stumble over is said in `notes`.
 */
import type { BytePart, FileToRead } from './surface.ts';

/** What the reader gave, or the example. */
export interface GivenFile extends FileToRead {
  /** As the text area shows it. */
  readonly text: string;
  /** Whether the bytes are those of the text, so that fields can be shown in it. */
  readonly isText: boolean;
  /** Whether it is one of the page's own examples. */
  readonly isExample: boolean;
  /** Whether it looks as if a private key stood in it, readable or not. */
  readonly holdsPrivate: boolean;
  /** What stands in the way of other programs, as sentences. */
  readonly notes: readonly string[];
}

/** So much of a File as is used here. */
export interface TakenFile {
  readonly name: string;
  readonly size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

export const largestFileBytes = 1024 * 1024;

const encoder = new TextEncoder();

const noteUtf16 =
  'The file is text in UTF-16, as some editors of Windows save it: ssh reads no such file. Here it is read as UTF-8.';
const noteMark = 'The file begins with a byte order mark, which ssh does not pass over. Here it is read without it.';
const noteBlanks = 'Blanks stand before its lines: no program reads a key so. Here it is read without them.';

/** A file as it was dropped, typed or made. */
export function fileOf(bytes: Uint8Array, name: string | undefined): GivenFile {
  const decoded = decodeText(bytes);
  const text = decoded.text.replaceAll(/\r\n?/g, '\n');
  const given = { ...decoded, text, name, entry: 0, part: undefined, isText: true, isExample: false };
  const file = withoutIndent(withLineFeeds({ ...given, holdsPrivate: privateMark.test(text) }));
  return file.holdsPrivate && file.isText ? withPart(file) : file;
}

type Decoded = Pick<GivenFile, 'bytes' | 'text' | 'notes'>;

function decodeText(bytes: Uint8Array): Decoded {
  const encoding = utf16Of(bytes);
  if (encoding !== undefined) {
    const text = new TextDecoder(encoding).decode(bytes);
    return { bytes: encoder.encode(text), text, notes: [noteUtf16] };
  }
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const rest = hasMark ? bytes.subarray(3) : bytes;
  return { bytes: rest, text: new TextDecoder().decode(rest), notes: hasMark ? [noteMark] : [] };
}

/** By its mark; without one, by the zero bytes between the dashes or letters with which key files begin. */
function utf16Of([a, b, c, d]: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if ((a === 0xff && b === 0xfe) || (isLetter(a) && b === 0 && isLetter(c) && d === 0)) return 'utf-16le';
  if ((a === 0xfe && b === 0xff) || (a === 0 && isLetter(b) && c === 0 && isLetter(d))) return 'utf-16be';
  return undefined;
}

const isLetter = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x20 && byte < 0x7f;

/** Anywhere, and of any program: it is better to warn in vain. */
const privateMark = /-{4,5} ?BEGIN [A-Z0-9 ]*PRIVATE KEY|PuTTY-User-Key-File-/;
const opensshLabel = 'OPENSSH PRIVATE KEY';

/**
 * The file with the line ends that OpenSSH wants in its own format, the last one too: another system's editor, and who copies a key out of a
 * window, leave others.
 */
function withLineFeeds(file: GivenFile): GivenFile {
  const { bytes, text } = file;
  const isAsWanted = bytes.at(-1) === 0x0a && !bytes.includes(0x0d);
  if (isAsWanted || !text.includes(`-----BEGIN ${opensshLabel}-----`)) return file;
  const isWhole = text.endsWith(`-----END ${opensshLabel}-----`);
  return { ...file, bytes: encoder.encode(isWhole ? `${text}\n` : text) };
}

/** A key that was copied out of an indented text. */
function withoutIndent(file: GivenFile): GivenFile {
  const start = file.text.search(/^[ \t\u00a0]+(?:-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----|PuTTY-User-Key-File-\d: )/m);
  if (start < 0) return file;
  const text = file.text.slice(start).replaceAll(/^[ \t\u00a0]+/gm, '');
  const bytes = encoder.encode(text.endsWith('\n') ? text : `${text}\n`);
  const inner = withPart({ ...file, bytes });
  return { ...inner, isText: false, notes: [...file.notes, noteBlanks] };
}

interface PrivateBlock {
  /** As its BEGIN line has it; empty for PuTTY's files. */
  readonly label: string;
  readonly part: BytePart;
}

/** The first private key that stands at the start of a line. */
function findBlock(text: string): PrivateBlock | undefined {
  const begin = /^(?:-----BEGIN ([A-Z0-9 ]*PRIVATE KEY)-----|PuTTY-User-Key-File-\d: )/m.exec(text);
  if (begin === null) return undefined;
  const [line, label = ''] = begin;
  const start = begin.index;
  const last =
    label === '' ? /^Private-MAC: .*(?:\r?\n|$)/m : new RegExp(`^-----END ${label}-----[ \\t]*(?:\\r?\\n|$)`, 'm');
  const behind = text.slice(start + line.length);
  const end = last.exec(behind);
  const next = behind.search(/^(?:-----BEGIN |PuTTY-User-Key-File-)/m);
  const size = end === null || (next >= 0 && next < end.index) ? next : end.index + end[0].length;
  return { label, part: { start, end: size < 0 ? text.length : start + line.length + size } };
}

/** One character a byte, so that places are places of bytes. */
const byteTextOf = (bytes: Uint8Array): string => new TextDecoder('latin1').decode(bytes);

function withPart(file: GivenFile): GivenFile {
  const text = byteTextOf(file.bytes);
  const block = findBlock(text);
  if (block === undefined) return file;
  const { part } = block;
  const notes = [noteBefore(text.slice(0, part.start), block), noteBehind(text, part)].filter((note) => note !== '');
  const isWhole = part.start === 0 && text.slice(part.end).trim() === '';
  return isWhole ? file : { ...file, part, notes: [...file.notes, ...notes] };
}

function standsIn(before: string): string {
  const block = /^-{4,5} ?BEGIN ([A-Z0-9 ]+?) ?-{4,5}/m.exec(before)?.[1];
  if (block !== undefined) return `stands a block, ${block}`;
  return before.trim() === '' ? 'stand empty lines' : 'stands other text';
}

/** In front of OpenSSL's blocks anything may stand, and ssh-keygen reads them by OpenSSL; the other formats begin with their file. */
function noteBefore(before: string, { label }: PrivateBlock): string {
  if (before === '') return '';
  return label === '' || label === opensshLabel
    ? `Before the private key ${standsIn(before)}: no program finds the key behind it. Here it is passed over.`
    : `Before the private key ${standsIn(before)}: OpenSSL passes over it, ssh with it, and this page too.`;
}

function noteBehind(text: string, { end }: BytePart): string {
  const behind = text.slice(end);
  if (behind.trim() === '') return '';
  const gap = /^\s*/.exec(behind)?.[0] ?? '';
  const line = text.slice(0, end + gap.length).split('\n').length;
  const block = /^(?:-{4,5} ?BEGIN ([A-Z0-9 ]+?) ?-{4,5}|(PuTTY-User-Key-File))/.exec(behind.trimStart());
  const what = block === null ? 'other text begins' : `a second block begins (${block[1] ?? block[2]})`;
  return `In line ${line} ${what}. What stands before it is read, as programs do, and nothing from there on.`;
}
