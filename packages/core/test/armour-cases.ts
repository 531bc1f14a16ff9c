/** Ways in which the armour of an openssh-key-v1 file is changed by editors and pastes, and what ssh-keygen (10.5, 9.2) does then. */

export interface ArmourCase {
  readonly name: string;
  readonly change: (file: string) => string;
  readonly openssh: 'reads' | 'refuses';
  /** Where ours is stricter; else as OpenSSH. */
  readonly ours?: 'refuses';
}

const crlf = (text: string): string => text.replaceAll('\n', '\r\n');
const begin = /^.*\n/;
const end = /\n(-----END.*)\n$/;

/** In the middle of the first line of base64. */
const inBase64 = (text: string) => (file: string) => file.replace(/\n(.{20})/, (line) => line + text);

export const armourCases: readonly ArmourCase[] = [
  { name: 'nothing', change: (file) => file, openssh: 'reads' },
  { name: 'CRLF', change: crlf, openssh: 'refuses' },
  { name: 'CRLF after BEGIN', change: (file) => file.replace(begin, crlf), openssh: 'refuses' },
  { name: 'CRLF after END', change: (file) => file.replace(/\n$/, '\r\n'), openssh: 'refuses' },
  {
    name: 'CRLF between the lines of dashes',
    change: (file) => file.replace(/(?<=-\n)[^-]+/, crlf),
    openssh: 'reads',
  },
  { name: 'CR alone', change: (file) => file.replaceAll('\n', '\r'), openssh: 'refuses' },
  { name: 'no last line end', change: (file) => file.trimEnd(), openssh: 'refuses' },
  { name: 'blank lines at the end', change: (file) => `${file}\n\n`, openssh: 'reads' },
  { name: 'text at the end', change: (file) => `${file}text\n`, openssh: 'reads', ours: 'refuses' },
  { name: 'a second key', change: (file) => `${file}${file}`, openssh: 'reads', ours: 'refuses' },
  { name: 'a blank line at the start', change: (file) => `\n${file}`, openssh: 'refuses' },
  { name: 'text at the start', change: (file) => `text\n${file}`, openssh: 'refuses' },
  { name: 'a byte order mark', change: (file) => `\ufeff${file}`, openssh: 'refuses' },
  { name: 'all indented', change: (file) => file.replaceAll(/^(?=.)/gm, ' '), openssh: 'refuses' },
  { name: 'a blank after BEGIN', change: (file) => file.replace('\n', ' \n'), openssh: 'refuses' },
  { name: 'a blank after END', change: (file) => file.replace(/\n$/, ' \n'), openssh: 'refuses' },
  { name: 'END on the last line of base64', change: (file) => file.replace(end, '$1\n'), openssh: 'refuses' },
  { name: 'a blank line after BEGIN', change: (file) => file.replace('\n', '\n\n'), openssh: 'reads' },
  { name: 'a blank line before END', change: (file) => file.replace(end, '\n\n$1\n'), openssh: 'reads' },
  { name: 'base64 in one line', change: (file) => file.replaceAll(/(?<=[^-])\n(?=[^-])/g, ''), openssh: 'reads' },
  {
    name: 'blanks at the ends of lines of base64',
    change: (file) => file.replaceAll(/(?<=[^-])\n/g, ' \n'),
    openssh: 'reads',
  },
  { name: 'a blank in the base64', change: inBase64(' '), openssh: 'reads' },
  { name: 'a tab in the base64', change: inBase64('\t'), openssh: 'reads' },
  { name: 'a carriage return in the base64', change: inBase64('\r'), openssh: 'reads', ours: 'refuses' },
  { name: 'a vertical tab in the base64', change: inBase64('\v'), openssh: 'reads', ours: 'refuses' },
  { name: 'an asterisk in the base64', change: inBase64('*'), openssh: 'refuses' },
  { name: 'a no-break space in the base64', change: inBase64('\u00a0'), openssh: 'refuses' },
  { name: 'headers', change: (file) => file.replace('\n', '\nProc-Type: 4\n\n'), openssh: 'refuses' },
];
