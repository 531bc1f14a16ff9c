/** Public keys as lines of bytes, since a comment may be in any encoding: what `read`, `wc -l` and `$(...)` of a shell make of them. */

const newline = 0x0a;
const isBlank = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x09;

/** The lines of a text, the last one also without its newline; spaces at both ends are gone, as `read` leaves them out. */
export function splitLines(bytes: Uint8Array): readonly Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let start = 0; start < bytes.length;) {
    const found = bytes.indexOf(newline, start);
    const end = found < 0 ? bytes.length : found;
    lines.push(trimmed(bytes.subarray(start, end)));
    start = end + 1;
  }
  return lines;
}

function trimmed(line: Uint8Array): Uint8Array {
  let [start, end] = [0, line.length];
  while (isBlank(line[start])) start += 1;
  while (end > start && isBlank(line[end - 1])) end -= 1;
  return line.subarray(start, end);
}

/** The text without the newlines at its end, as `$(...)` gives it. */
export function withoutLastNewlines(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (bytes[end - 1] === newline) end -= 1;
  return bytes.subarray(0, end);
}

/** Each line with its newline. */
export function joinLines(lines: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(lines.reduce((length, line) => length + line.length + 1, 0));
  let at = 0;
  for (const line of lines) {
    whole.set(line, at);
    at += line.length;
    whole[at] = newline;
    at += 1;
  }
  return whole;
}
