/**
 * What an authenticator really signs (PROTOCOL.u2f, "SSH U2F Signatures"): the hash of the application, its flags and counter, and the
 * hash of the message; through a browser, the hash of the client data that holds the message.
 */
import type { Hash } from '../crypto/provider.ts';
import { base64EncodeUnpadded } from '../wire/base64.ts';
import { concatBytes, equalBytes } from '../wire/bytes.ts';
import { struct } from '../wire/composites.ts';
import { DecodeError } from '../wire/decode-error.ts';
import { byte, string, uint32, utf8 } from '../wire/primitives.ts';
import { utf8Encode } from '../wire/text.ts';
import type { Codec } from '../wire/codec.ts';

/** In the flags of a security key and of its signatures: somebody touched it (PROTOCOL.u2f, UP of CTAP 2). */
export const userPresenceFlag = 0x01;
/** In the same flags: the user was verified, by PIN or finger (PROTOCOL.u2f, UV of CTAP 2). */
export const userVerificationFlag = 0x04;
/** In the flags of a key alone: the authenticator keeps the key itself, to be found without its file (SSH_SK_RESIDENT_KEY). */
export const residentKeyFlag = 0x20;
const attestedDataFlag = 0x40;
const extensionDataFlag = 0x80;

/** What follows the signature in the blob: the authenticator's flags and how often it has signed. */
export const authenticatorData = struct('authenticatorData', { flags: byte, counter: uint32 });

/** The same for webauthn-sk-ecdsa-sha2-nistp256@openssh.com. */
export const webauthnData = struct('authenticatorData', {
  flags: byte,
  counter: uint32,
  origin: utf8,
  clientData: string,
  extensions: string,
});

export interface AuthenticatedRequest {
  readonly application: Uint8Array;
  readonly message: Uint8Array;
  /** The bytes after the signature in its blob. */
  readonly extra: Uint8Array;
  readonly sha256: Hash;
}

/** What was signed; undefined when `extra` is not flags and counter. */
export function authenticatedMessage(request: AuthenticatedRequest): Uint8Array | undefined {
  const { application, message, extra, sha256 } = request;
  if (decodeOrUndefined(authenticatorData, extra) === undefined) return undefined;
  return concatBytes(sha256.digest(application), extra, sha256.digest(message));
}

/** What was signed through a browser; undefined when the client data is not about this message and its origin. */
export function webauthnMessage(request: AuthenticatedRequest): Uint8Array | undefined {
  const { application, message, extra, sha256 } = request;
  const data = decodeOrUndefined(webauthnData, extra);
  if (data === undefined || !isAllowed(data)) return undefined;
  const start = clientDataStart(message, data.origin);
  if (!equalBytes(data.clientData.subarray(0, start.length), start)) return undefined;
  const head = authenticatorData.encode(data);
  return concatBytes(sha256.digest(application), head, data.extensions, sha256.digest(data.clientData));
}

/** No quotation mark that would end the origin in the JSON; no attested data; extensions exactly when the flag says so. */
function isAllowed({ origin, flags, extensions }: ReturnType<typeof webauthnData.decode>): boolean {
  if (origin.includes('"') || (flags & attestedDataFlag) !== 0) return false;
  return ((flags & extensionDataFlag) !== 0) === extensions.length > 0;
}

/** How the client data of WebAuthn starts, in the fixed order that browsers keep (WebAuthn Level 2 section 5.8.1.1). */
function clientDataStart(message: Uint8Array, origin: string): Uint8Array {
  const challenge = base64EncodeUnpadded(message).replaceAll('+', '-').replaceAll('/', '_');
  return utf8Encode(`{"type":"webauthn.get","challenge":"${challenge}","origin":"${origin}"`);
}

function decodeOrUndefined<T>(format: Codec<T>, bytes: Uint8Array): T | undefined {
  try {
    return format.decode(bytes);
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}
