/** The armour of an SSHSIG (PROTOCOL.sshsig): BEGIN line, base64 in lines of 70 characters, END line. */
import { base64Decode, base64Encode } from '../wire/base64.ts';
import { DecodeError } from '../wire/decode-error.ts';

const begin = '-----BEGIN SSH SIGNATURE-----';
/** Its line end belongs to it: base64 that runs into it is not ended by it. */
const end = '\n-----END SSH SIGNATURE-----';
const lineSize = 70;
/** Far above any signature; OpenSSH reads files of up to 128 MiB here. */
export const maximumSshsigFileSize = 1024 * 1024;

/** The text of a signature file. */
export function armourSshsig(signature: Uint8Array): string {
  const lines = base64Encode(signature).match(new RegExp(`.{1,${lineSize}}`, 'g')) ?? [];
  return `${begin}\n${lines.join('\n')}${end}\n`;
}

/** OpenSSH's words for armour that is not whole. */
export const sshsigArmourFaults = {
  header: "Couldn't parse signature: missing header",
  headerEnd: 'sshsig_dearmor: no header eol',
  footer: "Couldn't parse signature: missing footer",
  base64: 'sshsig_dearmor: decode base64: invalid format',
} as const;

/**
 * The bytes in the armour. As for OpenSSH, what follows the END line does not count. Throws DecodeError with the offset in the
 * text; its reason is OpenSSH's.
 */
export function dearmourSshsig(text: string): Uint8Array<ArrayBuffer> {
  if (!text.startsWith(begin)) throw refuse(sshsigArmourFaults.header, 0);
  if (text.length > maximumSshsigFileSize) {
    throw refuse(`Couldn't parse signature: longer than ${maximumSshsigFileSize} bytes`, maximumSshsigFileSize);
  }
  const lineEnd = /^\r?\n/.exec(text.slice(begin.length, begin.length + 2))?.[0];
  if (lineEnd === undefined) throw refuse(sshsigArmourFaults.headerEnd, begin.length);
  const start = begin.length + lineEnd.length;
  const stop = text.indexOf(end, start);
  if (stop === -1) throw refuse(sshsigArmourFaults.footer, start);
  const bytes = base64Decode(text.slice(start, stop).replaceAll(/[ \t\r\n]/g, ''));
  if (bytes === undefined) throw refuse(sshsigArmourFaults.base64, start);
  return bytes;
}

/** Whether a text that is no whole armour ended before the header or the footer had room: OpenSSH then says `incomplete message`. */
export function isCutArmour(text: string, { reason, offset }: DecodeError): boolean {
  if (reason === sshsigArmourFaults.header) return text.length < begin.length;
  return reason === sshsigArmourFaults.footer && text.length - offset < end.length;
}

function refuse(reason: string, offset: number): DecodeError {
  return new DecodeError(reason, { path: 'sshsig', offset });
}
