/** The armour of an SSHSIG (PROTOCOL.sshsig): BEGIN line, base64 in lines of 70 characters, END line. */
import { base64Decode, base64Encode } from '../wire/base64.ts';
import { DecodeError } from '../wire/decode-error.ts';

const begin = '-----BEGIN SSH SIGNATURE-----\n';
const end = '-----END SSH SIGNATURE-----';
const lineSize = 70;
/** Far above any signature; OpenSSH reads files of up to 128 MiB here. */
export const maximumSshsigFileSize = 1024 * 1024;

/** The text of a signature file. */
export function armourSshsig(signature: Uint8Array): string {
  const lines = base64Encode(signature).match(new RegExp(`.{1,${lineSize}}`, 'g')) ?? [];
  return `${begin}${lines.join('\n')}\n${end}\n`;
}

/**
 * The bytes in the armour. As for OpenSSH, what follows the END line does not count. Throws DecodeError with the offset in the
 * text; its reason is OpenSSH's.
 */
export function dearmourSshsig(text: string): Uint8Array<ArrayBuffer> {
  if (!text.startsWith(begin)) throw refuse("Couldn't parse signature: missing header", 0);
  if (text.length > maximumSshsigFileSize) {
    throw refuse(`Couldn't parse signature: longer than ${maximumSshsigFileSize} bytes`, maximumSshsigFileSize);
  }
  const stop = text.indexOf(`\n${end}`, begin.length - 1);
  if (stop === -1) throw refuse("Couldn't parse signature: missing footer", text.length);
  const bytes = base64Decode(text.slice(begin.length, stop).replaceAll(/[ \t\r\n]/g, ''));
  if (bytes === undefined) throw refuse("Couldn't decode signature: invalid format", begin.length);
  return bytes;
}

function refuse(reason: string, offset: number): DecodeError {
  return new DecodeError(reason, { path: 'sshsig', offset });
}
