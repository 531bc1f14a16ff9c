/** The full table over noble, the same in browsers, workers and Node. Importing it takes all primitives along. */
import { aes128ctr, aes192ctr, aes256ctr } from './aes-ctr.ts';
import { aes128gcm, aes256gcm } from './aes-gcm.ts';
import { chacha20poly1305 } from './chacha20-poly1305.ts';
import { ed25519 } from './ed25519.ts';
import { hmac } from './hmac.ts';
import { md5 } from './md5.ts';
import { mlkem768 } from './mlkem768.ts';
import type { CryptoProvider } from './provider.ts';
import { rsa } from './rsa.ts';
import { sha1 } from './sha1.ts';
import { sha256 } from './sha256.ts';
import { sha384 } from './sha384.ts';
import { sha512 } from './sha512.ts';
import { x25519 } from './x25519.ts';

/** All primitives by noble. */
export const nobleProvider: CryptoProvider = {
  hashes: { md5, sha1, sha256, sha384, sha512 },
  hmac,
  ed25519,
  x25519,
  mlkem768,
  rsa,
  streamCiphers: { 'aes128-ctr': aes128ctr, 'aes192-ctr': aes192ctr, 'aes256-ctr': aes256ctr },
  packetCiphers: {
    'chacha20-poly1305@openssh.com': chacha20poly1305,
    'aes128-gcm@openssh.com': aes128gcm,
    'aes256-gcm@openssh.com': aes256gcm,
  },
};
