/** Keys in an authenticator (FIDO): ssh-keygen -t ed25519-sk and ecdsa-sk. */
import type { PrivateKey } from '@seashell/core/keys';
import type { WantedKey } from './key-request.ts';
import type { KeygenRun } from './run.ts';

/** What -O may say when such a key is made. */
const enrollmentOptions =
  /^(application|challenge|device|user|write-attestation)=|^(no-touch-required|verify-required|resident)$/i;

/** The key that the authenticator made, or the exit status after OpenSSH's words: no machine here has an authenticator. */
export async function enrollSecurityKey(run: KeygenRun, _wanted: WantedKey): Promise<PrivateKey | number> {
  const refused = run.request.options.map(checkOption).find((words) => words !== undefined);
  if (refused !== undefined) return run.fail({ text: refused, to: 'log', status: 255 });
  if (!run.request.quiet) await run.print('You may need to touch your authenticator to authorize key generation.');
  const provider = run.request.securityKeyProvider ?? run.system.process.environment['SSH_SK_PROVIDER'] ?? 'internal';
  if (provider === '') {
    await run.log.error('No FIDO SecurityKeyProvider specified');
    return run.fail({ text: 'Key enrollment failed: invalid format', to: 'log', status: 255 });
  }
  if (provider !== 'internal') {
    await run.log.error(`provider ${provider} is not an OpenSSH FIDO library`);
    return run.fail({ text: 'Key enrollment failed: invalid format', to: 'log', status: 255 });
  }
  return run.fail({ text: 'Key enrollment failed: device not found', to: 'log', status: 255 });
}

function checkOption(option: string): string | undefined {
  if (!enrollmentOptions.test(option)) return `Option "${option}" is unsupported for FIDO authenticator enrollment`;
  const application = /^application=(.*)$/is.exec(option)?.[1];
  const isWrong = application !== undefined && !application.startsWith('ssh:');
  return isWrong ? 'FIDO application string must begin with "ssh:"' : undefined;
}
