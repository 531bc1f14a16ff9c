/**
 * Entry of `@seashell/programs`: OpenSSH's programs, written once against `System`. `createPrograms` is the registry: both worlds
 * install what it lists.
 */
import type { CryptoProvider } from '@seashell/core/crypto';
import type { TraceListener } from '@seashell/protocol';
import { lazyDaemon, lazyProgram, type Program } from '@seashell/system';
import type { FindSecurityKeyDevice } from './identity/security-key-device.ts';
import type { GenerateByPlatform } from './ssh-keygen/run.ts';

export {
  deviceRefusals,
  type AssertionWish,
  type DeviceRefusal,
  type EnrollmentRequest,
  type FindSecurityKeyDevice,
  type SecurityKeyDevice,
} from './identity/security-key-device.ts';

/** One program and where a host has it. */
export interface ProgramEntry {
  /** As it is called: `ssh-keygen`. */
  readonly name: string;
  /** Absolute paths of its executable; the first is the usual one. */
  readonly paths: readonly string[];
  readonly program: Program;
}

/** A connection that a program of a host has begun. */
export interface ObservedConnection {
  readonly role: 'client' | 'server';
  readonly hostname: string;
  readonly pid: number;
}

/** What the programs are made with. */
export interface ProgramOptions {
  /** The primitives to compute with; noble's if left out. */
  readonly crypto?: CryptoProvider;
  /** How the machine itself makes keys, where it does; in a world there is none, so that keys come from its seed. */
  readonly generateByPlatform?: GenerateByPlatform;
  /** The way to the machine's authenticator, for keys like ed25519-sk; no device is found if left out. */
  readonly findSecurityKeyDevice?: FindSecurityKeyDevice;
  /** Asked at the start of each connection: the listener that gets its trace, if anybody wants it. */
  readonly observe?: (connection: ObservedConnection) => TraceListener | undefined;
}

/** All programs, with what they are made of. */
export function createPrograms(options: ProgramOptions = {}): readonly ProgramEntry[] {
  const { crypto, findSecurityKeyDevice } = options;
  const observe = (role: ObservedConnection['role']) => (pid: number, hostname: string) =>
    options.observe?.({ role, pid, hostname });
  return [
    {
      name: 'ssh',
      paths: ['/usr/bin/ssh'],
      program: lazyProgram(async () => {
        const { createSsh } = await import('./ssh/main.ts');
        return createSsh({ crypto, observe: observe('client'), findSecurityKeyDevice });
      }),
    },
    {
      name: 'ssh-copy-id',
      paths: ['/usr/bin/ssh-copy-id'],
      program: lazyProgram(async () => (await import('./ssh-copy-id/main.ts')).sshCopyId),
    },
    {
      name: 'ssh-keygen',
      paths: ['/usr/bin/ssh-keygen'],
      program: lazyProgram(async () => (await import('./ssh-keygen/main.ts')).createSshKeygen(options)),
    },
    {
      name: 'sshd',
      paths: ['/usr/sbin/sshd'],
      program: lazyDaemon(
        async () => (await import('./sshd/main.ts')).sshd,
        () => import('./sshd-session/main.ts'),
      ),
    },
    {
      name: 'sshd-session',
      paths: ['/usr/lib/openssh/sshd-session', '/usr/libexec/openssh/sshd-session'],
      program: lazyDaemon(async () => {
        const { createSshdSession } = await import('./sshd-session/main.ts');
        return createSshdSession({ crypto, observe: observe('server'), findSecurityKeyDevice });
      }),
    },
  ];
}
