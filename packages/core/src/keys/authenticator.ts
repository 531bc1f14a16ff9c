/**
 * A simulated authenticator, for virtual hosts: it makes and uses keys of the sk- types (PROTOCOL.u2f). Like real ones it stores no key:
 * a handle is a nonce and a MAC, from which, with the device's secret, the key comes back. The same secret gives the same device.
 */
import { assert } from '../assertion.ts';
import { ecdsaNistp256 } from '../crypto/ecdsa-nistp256.ts';
import { ed25519 } from '../crypto/ed25519.ts';
import { hmac } from '../crypto/hmac.ts';
import { nistCurves, scalarOfSeed } from '../crypto/nist-curves.ts';
import type { RandomSource } from '../crypto/provider.ts';
import { sha256 } from '../crypto/sha256.ts';
import { concatBytes, copyBytes, equalBytesConstantTime } from '../wire/bytes.ts';
import { utf8Encode } from '../wire/text.ts';
import {
  authenticatedMessage,
  authenticatorData,
  userPresenceFlag,
  userVerificationFlag,
} from './authenticator-data.ts';
import type { SecurityKeyHandle, SkEcdsaPrivateKey, SkEd25519PrivateKey } from './key-types/security-key.ts';
import { findPublicKeyType } from './public-key-types/index.ts';
import { encodeSignaturePair } from './signature-pair.ts';
import { signatureBlob } from './signature.ts';

/** A private key of a type that lies in an authenticator. */
export type SecurityKey = SkEd25519PrivateKey | SkEcdsaPrivateKey;

/** Whether the keys of a type lie in an authenticator. */
export function isSecurityKeyType(type: string): type is SecurityKey['type'] {
  return findPublicKeyType(type)?.inAuthenticator === true;
}

/** What is asked of a device when a key is made (`ssh-keygen -t ed25519-sk -O ...`). */
export interface EnrollRequest {
  readonly type: SecurityKey['type'];
  /** The relying party; `ssh:` if not given. */
  readonly application?: string;
  /** As in the key file: user presence if not given. */
  readonly flags?: number;
  readonly random: RandomSource;
}

/** What is asked of a device when it shall sign. Whoever calls this has seen to it that the user touched the device. */
export interface AssertionRequest {
  readonly key: SecurityKey;
  readonly message: Uint8Array;
  /** How often the device has signed, this time included: 1 or more. */
  readonly counter: number;
}

/** A device with a secret of its own. */
export interface Authenticator {
  enroll(request: EnrollRequest): SecurityKey;
  /** The signature blob; undefined when the handle is not of this device, or the key is for another application. */
  sign(request: AssertionRequest): Uint8Array<ArrayBuffer> | undefined;
}

const nonceSizeBytes = 32;
const macSizeBytes = 32;

/** The device with this secret, of 32 bytes or more. */
export function simulatedAuthenticator(secret: Uint8Array): Authenticator {
  assert(secret.length >= nonceSizeBytes, 'the secret of an authenticator has 32 bytes or more');
  const ownSecret = copyBytes(secret);
  return {
    enroll({ type, application = 'ssh:', flags = userPresenceFlag, random }) {
      const nonce = copyBytes(random(nonceSizeBytes));
      const credential = { secret: ownSecret, type, application, nonce };
      const keyHandle = concatBytes(nonce, macOf(credential));
      return keyOf(credential, { flags, keyHandle, reserved: new Uint8Array() });
    },
    sign({ key, message, counter }) {
      const nonce = key.keyHandle.subarray(0, nonceSizeBytes);
      const credential = { secret: ownSecret, type: key.type, application: key.application, nonce };
      const isOwn =
        key.keyHandle.length === nonceSizeBytes + macSizeBytes &&
        equalBytesConstantTime(key.keyHandle.subarray(nonceSizeBytes), macOf(credential));
      return isOwn ? assertionOf(credential, { key, message, counter }) : undefined;
    },
  };
}

interface Credential {
  readonly secret: Uint8Array;
  readonly type: SecurityKey['type'];
  readonly application: string;
  readonly nonce: Uint8Array;
}

/** HMAC-SHA-256 of the credential under the device's secret; `purpose` keeps its uses apart. */
function derive({ secret, type, application, nonce }: Credential, purpose: string): Uint8Array {
  const label = utf8Encode(`${purpose}\0${type}\0`);
  return hmac('sha256', secret).compute(label, nonce, sha256.digest(utf8Encode(application)));
}

function macOf(credential: Credential): Uint8Array {
  return derive(credential, 'handle');
}

/** 40 bytes, so that a scalar of them has no bias; an Ed25519 seed takes the first 32. */
function privateBytesOf(credential: Credential): Uint8Array {
  return concatBytes(derive(credential, 'key'), derive(credential, 'key, continued').subarray(0, 8));
}

/** What the two types do differently; `secret` is the credential's private bytes. */
const kinds = {
  'sk-ssh-ed25519@openssh.com': {
    sign: (message: Uint8Array, secret: Uint8Array) => ed25519.sign(message, ed25519SeedOf(secret)),
  },
  'sk-ecdsa-sha2-nistp256@openssh.com': {
    sign: (message: Uint8Array, secret: Uint8Array) =>
      encodeSignaturePair(ecdsaNistp256.sign(message, scalarOf(secret))),
  },
} as const;

function ed25519SeedOf(secret: Uint8Array): Uint8Array {
  return secret.subarray(0, 32);
}

function scalarOf(secret: Uint8Array): bigint {
  return scalarOfSeed(nistCurves.nistp256, secret);
}

function keyOf(credential: Credential, handle: SecurityKeyHandle): SecurityKey {
  const { type, application } = credential;
  const secret = privateBytesOf(credential);
  return type === 'sk-ssh-ed25519@openssh.com'
    ? { type, publicKey: ed25519.publicKey(ed25519SeedOf(secret)), application, ...handle }
    : { type, point: ecdsaNistp256.publicKey(scalarOf(secret)), application, ...handle };
}

function assertionOf(credential: Credential, { key, message, counter }: AssertionRequest): Uint8Array<ArrayBuffer> {
  const flags = key.flags & (userPresenceFlag | userVerificationFlag);
  const extra = authenticatorData.encode({ flags, counter });
  const signed = authenticatedMessage({ application: utf8Encode(key.application), message, extra, sha256 });
  assert(signed !== undefined, 'the flags and the counter are not well formed');
  const signature = kinds[key.type].sign(signed, privateBytesOf(credential));
  return signatureBlob.encode({ algorithm: key.type, signature, extra });
}
