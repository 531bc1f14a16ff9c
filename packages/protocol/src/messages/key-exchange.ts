/**
 * Messages of key exchanges with one value each way, numbers 30 and 31: curve25519 (RFC 8731 3), ECDH (RFC 5656 4) and the hybrids
 * with ML-KEM (draft-ietf-sshm-mlkem-hybrid-kex), which all have this form.
 */
import { messageNumber, string, struct } from '@seashell/core/wire';

export const ecdhInit = struct('kex-ecdh-init', { number: messageNumber(30), clientPublic: string });

export const ecdhReply = struct('kex-ecdh-reply', {
  number: messageNumber(31),
  hostKey: string,
  serverPublic: string,
  signature: string,
});
