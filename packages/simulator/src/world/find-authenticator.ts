/** How ssh and ssh-keygen of a virtual host reach its authenticator: by /dev/hidraw0, as libfido2 does. */
import { userVerificationFlag } from '@seashell/core/keys';
import { DecodeError } from '@seashell/core/wire';
import { deviceRefusals, type DeviceRefusal, type FindSecurityKeyDevice } from '@seashell/programs';
import { isSystemError, type System } from '@seashell/system';
import {
  authenticatorAnswer,
  authenticatorDevice,
  authenticatorRequest,
  commands,
  securityKeyOf,
  statuses,
  type AuthenticatorAnswer,
  type AuthenticatorRequest,
} from '../kernel/authenticator-messages.ts';

const nothing = new Uint8Array();
const maximumAnswerBytes = 4096;

/** The device of the host, as long as its node in /dev is there and may be opened. */
export const findVirtualAuthenticator: FindSecurityKeyDevice = async (system, path = `/dev/${authenticatorDevice}`) => {
  if (!(await isThere(system, path))) return undefined;
  return {
    async enroll({ type, application, user, flags, pin = '', overwrite }) {
      const asked = { type, application, user, flags, pin, overwrite: overwrite ? 1 : 0 };
      const answer = await ask(system, path, {
        command: commands.enroll,
        ...asked,
        message: nothing,
        keyHandle: nothing,
      });
      const { value, keyHandle, status } = answer;
      return status === statuses.done
        ? securityKeyOf(type, { application, flags, keyHandle, value })
        : refusalOf(status);
    },
    async sign({ key, message, pin = '' }) {
      const { type, application, flags, keyHandle } = key;
      const asked = { type, application, flags, pin, message, keyHandle, user: '', overwrite: 0 };
      const { status, value } = await ask(system, path, { command: commands.sign, ...asked });
      if (status === statuses.done) return value;
      // Without a PIN the device is looked for by the handle (sk-usbhid.c, sk_probe).
      const isSought = status === statuses.noCredential && (flags & userVerificationFlag) === 0;
      return isSought ? deviceRefusals.notFound : refusalOf(status);
    },
  };
};

function refusalOf(status: number): DeviceRefusal {
  if (status === statuses.pinWanted) return deviceRefusals.pin;
  return status === statuses.credentialExists ? deviceRefusals.exists : deviceRefusals.general;
}

async function isThere(system: Pick<System, 'files' | 'streams'>, path: string): Promise<boolean> {
  try {
    await system.streams.close(await system.files.open(path, { access: 'readWrite' }));
    return true;
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}

async function ask(
  system: Pick<System, 'files' | 'streams'>,
  path: string,
  request: AuthenticatorRequest,
): Promise<AuthenticatorAnswer> {
  const descriptor = await system.files.open(path, { access: 'readWrite' });
  try {
    await system.streams.write(descriptor, authenticatorRequest.encode(request));
    return authenticatorAnswer.decode(await system.streams.read(descriptor, maximumAnswerBytes));
  } catch (error) {
    if (error instanceof DecodeError) return { status: statuses.refused, value: nothing, keyHandle: nothing };
    throw error;
  } finally {
    await system.streams.close(descriptor);
  }
}
