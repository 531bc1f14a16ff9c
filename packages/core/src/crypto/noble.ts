/** The full table over noble, the same in browsers, workers and Node. Importing it takes all primitives along. */
import { aes128ctr, aes192ctr, aes256ctr } from './aes-ctr.ts';
import { aes128gcm, aes256gcm } from './aes-gcm.ts';
import { chacha20poly1305 } from './chacha20-poly1305.ts';
import { ecdhNistp256 } from './ecdh-nistp256.ts';
import { ecdhNistp384 } from './ecdh-nistp384.ts';
import { ecdhNistp521 } from './ecdh-nistp521.ts';
import { hmac } from './hmac.ts';
import { mlkem768 } from './mlkem768.ts';
import { nobleSignatures } from './noble-signatures.ts';
import type { CryptoProvider } from './provider.ts';
import { x25519 } from './x25519.ts';

/** All primitives by noble. */
export const nobleProvider: CryptoProvider = {
  ...nobleSignatures,
  hmac,
  x25519,
  ecdh: { nistp256: ecdhNistp256, nistp384: ecdhNistp384, nistp521: ecdhNistp521 },
  mlkem768,
  streamCiphers: { 'aes128-ctr': aes128ctr, 'aes192-ctr': aes192ctr, 'aes256-ctr': aes256ctr },
  packetCiphers: {
    'chacha20-poly1305@openssh.com': chacha20poly1305,
    'aes128-gcm@openssh.com': aes128gcm,
    'aes256-gcm@openssh.com': aes256gcm,
  },
};
