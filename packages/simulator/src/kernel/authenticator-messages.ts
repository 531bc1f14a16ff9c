/** What is written to and read from /dev/hidraw0 of a virtual host: one request, one answer, in SSH's own encoding instead of CTAP's CBOR. */
import type { SecurityKey } from '@seashell/core/keys';
import { byte, string, struct, utf8 } from '@seashell/core/wire';

/** The device's name below /dev. */
export const authenticatorDevice = 'hidraw0';

export const commands = { enroll: 1, sign: 2 } as const;
export const statuses = { done: 0, pinWanted: 1, credentialExists: 2, noCredential: 3, refused: 4 } as const;

/** No PIN is an empty one. `message` and `keyHandle` are for signing, `user` and `overwrite` for enrolling. */
export const authenticatorRequest = struct('authenticatorRequest', {
  command: byte,
  type: utf8,
  application: utf8,
  flags: byte,
  pin: utf8,
  user: utf8,
  overwrite: byte,
  message: string,
  keyHandle: string,
});

/** Enrolling gives the public key and the handle, signing the signature blob. */
export const authenticatorAnswer = struct('authenticatorAnswer', { status: byte, value: string, keyHandle: string });

export type AuthenticatorRequest = ReturnType<typeof authenticatorRequest.decode>;
export type AuthenticatorAnswer = ReturnType<typeof authenticatorAnswer.decode>;

interface SecurityKeyParts {
  readonly application: string;
  readonly flags: number;
  readonly keyHandle: Uint8Array;
  /** The public key. */
  readonly value: Uint8Array;
}

/** The key that an answer to enrolling means. */
export function securityKeyOf(type: SecurityKey['type'], parts: SecurityKeyParts): SecurityKey {
  const { value, ...handle } = parts;
  const rest = { ...handle, reserved: new Uint8Array() };
  return type === 'sk-ssh-ed25519@openssh.com' ? { type, publicKey: value, ...rest } : { type, point: value, ...rest };
}
