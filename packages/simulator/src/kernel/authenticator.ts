/**
 * The security key that is plugged into a virtual host of our days; `PluggedAuthenticator` brings it. Its secret comes of the world's seed and the host's name; its
 * counter rises with each signature. It has the PIN `1234`, never locks, and its user touches it at once. PROTOCOL.u2f.
 */
import {
  isSecurityKeyType,
  residentKeyFlag,
  simulatedAuthenticator,
  userVerificationFlag,
  type Authenticator,
} from '@seashell/core/keys';
import { DecodeError } from '@seashell/core/wire';
import type { RandomSource } from '@seashell/system';
import {
  authenticatorAnswer,
  authenticatorRequest,
  commands,
  securityKeyOf,
  statuses,
  type AuthenticatorAnswer,
  type AuthenticatorRequest,
} from './authenticator-messages.ts';
import type { DeviceBehaviour } from './files.ts';
import { seededRandom } from './random.ts';

const pin = '1234';
const secretSizeBytes = 32;
/** The user id of a resident key is a field of 32 bytes that ends with a zero. */
const maximumUserSize = 31;
const nothing = new Uint8Array();

export class VirtualAuthenticator {
  readonly #random: RandomSource;
  readonly #device: Authenticator;
  #counter = 0;
  /** Application and user of the keys that it remembers. */
  readonly #residents = new Set<string>();

  constructor(seed: number, hostName: string) {
    this.#random = seededRandom(seed, `${hostName} authenticator`);
    this.#device = simulatedAuthenticator(this.#random.bytes(secretSizeBytes));
  }

  /** As of an open device: what is written is a request, what is read next its answer. */
  open(): DeviceBehaviour {
    let answer: Uint8Array = nothing;
    return {
      write: (bytes) => {
        answer = authenticatorAnswer.encode(this.#answer(bytes));
        return bytes.length;
      },
      read: (maximumBytes) => {
        const read = answer.subarray(0, maximumBytes);
        answer = answer.subarray(read.length);
        return read;
      },
    };
  }

  #answer(bytes: Uint8Array): AuthenticatorAnswer {
    try {
      const request = authenticatorRequest.decode(bytes);
      if ((request.flags & (userVerificationFlag | this.#pinFlagsOf(request))) !== 0 && request.pin !== pin) {
        return refusal(statuses.pinWanted);
      }
      return request.command === commands.enroll ? this.#enroll(request) : this.#sign(request);
    } catch (error) {
      if (error instanceof DecodeError) return refusal(statuses.refused);
      throw error;
    }
  }

  /** A key that the device shall remember needs the PIN when it is made, not when it is used. */
  #pinFlagsOf({ command }: AuthenticatorRequest): number {
    return command === commands.enroll ? residentKeyFlag : 0;
  }

  #enroll({ type, application, user, flags, overwrite }: AuthenticatorRequest): AuthenticatorAnswer {
    if (!isSecurityKeyType(type) || user.length > maximumUserSize) return refusal(statuses.refused);
    const resident = `${application}\0${user}`;
    const isResident = (flags & residentKeyFlag) !== 0;
    if (isResident && overwrite === 0 && this.#residents.has(resident)) return refusal(statuses.credentialExists);
    if (isResident) this.#residents.add(resident);
    const random = (length: number): Uint8Array => this.#random.bytes(length);
    const key = this.#device.enroll({ type, application, flags, random });
    const value = key.type === 'sk-ssh-ed25519@openssh.com' ? key.publicKey : key.point;
    return { status: statuses.done, value, keyHandle: key.keyHandle };
  }

  #sign({ type, application, flags, message, keyHandle }: AuthenticatorRequest): AuthenticatorAnswer {
    if (!isSecurityKeyType(type)) return refusal(statuses.refused);
    const key = securityKeyOf(type, { application, flags, keyHandle, value: nothing });
    const signature = this.#device.sign({ key, message, counter: this.#counter + 1 });
    if (signature === undefined) return refusal(statuses.noCredential);
    this.#counter += 1;
    return { status: statuses.done, value: signature, keyHandle: nothing };
  }
}

function refusal(status: number): AuthenticatorAnswer {
  return { status, value: nothing, keyHandle: nothing };
}
