/** Lines of a key file with their place in it: LF or CRLF ends a line. Bytes stay bytes: a line's text has one character a byte. */

/** One line; `start` to before `end`, in bytes of the file, its line end left out. */
export interface TextLine {
  readonly start: number;
  readonly end: number;
  /** One character (U+0000 to U+00FF) a byte. */
  readonly text: string;
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** The lines of a file. After a last line end there is no further line. */
export function splitTextLines(file: Uint8Array): readonly TextLine[] {
  const lines: TextLine[] = [];
  let start = 0;
  while (start < file.length) {
    const found = file.indexOf(lineFeed, start);
    const next = found < 0 ? file.length : found;
    const end = found > start && file[found - 1] === carriageReturn ? next - 1 : next;
    lines.push({ start, end, text: byteText(file.subarray(start, end)) });
    start = next + 1;
  }
  return lines;
}

const chunkSize = 4096;

/** A text with one character a byte. */
export function byteText(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += chunkSize)
    text += String.fromCharCode(...bytes.subarray(at, at + chunkSize));
  return text;
}
