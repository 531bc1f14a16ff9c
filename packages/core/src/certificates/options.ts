/** The critical options and extensions of PROTOCOL.certkeys: one row each, and their data. */
import { compareBytes } from '../wire/bytes.ts';
import { DecodeError } from '../wire/decode-error.ts';
import { utf8 } from '../wire/primitives.ts';
import { utf8Encode } from '../wire/text.ts';
import type { CertificateOption } from './certificate.ts';

/** One option that OpenSSH knows, of users' certificates; hosts' have none. */
export interface CertificateOptionRow {
  readonly name: string;
  readonly class: 'critical' | 'extension';
  readonly holds: 'flag' | 'text';
  /** Whether ssh-keygen puts it in unless told not to. */
  readonly isUsual: boolean;
  /** One sentence, after ssh-keygen(1) CERTIFICATES. */
  readonly documentation: string;
}

/** All of them, by class and name. */
export const certificateOptions: readonly CertificateOptionRow[] = [
  {
    name: 'force-command',
    class: 'critical',
    holds: 'text',
    isUsual: false,
    documentation: 'This command runs instead of a shell or of what the client asks for.',
  },
  {
    name: 'source-address',
    class: 'critical',
    holds: 'text',
    isUsual: false,
    documentation: 'The certificate is good only from these addresses, as a list of CIDR blocks.',
  },
  {
    name: 'verify-required',
    class: 'critical',
    holds: 'flag',
    isUsual: false,
    documentation: 'The authenticator must have verified the user, by a PIN for instance.',
  },
  {
    name: 'no-touch-required',
    class: 'extension',
    holds: 'flag',
    isUsual: false,
    documentation: 'A signature of an authenticator counts even where nobody touched it.',
  },
  { ...permit('X11-forwarding'), documentation: 'X11 may be forwarded.' },
  { ...permit('agent-forwarding'), documentation: 'The agent may be forwarded.' },
  { ...permit('port-forwarding'), documentation: 'Ports may be forwarded.' },
  { ...permit('pty'), documentation: 'A terminal may be had.' },
  { ...permit('user-rc'), documentation: '~/.ssh/rc is run.' },
];

function permit(what: string): Omit<CertificateOptionRow, 'documentation'> {
  return { name: `permit-${what}`, class: 'extension', holds: 'flag', isUsual: true };
}

/** A flag. */
export function flagOption(name: string): CertificateOption {
  return { name, data: new Uint8Array() };
}

/** An option with a text; the data is that text as a string of RFC 4251. */
export function textOption(name: string, text: string): CertificateOption {
  return { name, data: utf8.encode(text) };
}

/** The text of an option's data, or undefined when it is not exactly one. */
export function optionText(option: CertificateOption): string | undefined {
  try {
    return utf8.decode(option.data);
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

/** What ssh-keygen puts into a user's certificate if nothing is said. */
export const usualExtensions: readonly CertificateOption[] = certificateOptions
  .filter((row) => row.isUsual)
  .map((row) => flagOption(row.name));

/** In the order of their names, by bytes, as PROTOCOL.certkeys demands. */
export function sortedOptions(options: readonly CertificateOption[]): readonly CertificateOption[] {
  return options.toSorted((a, b) => compareBytes(utf8Encode(a.name), utf8Encode(b.name)));
}
