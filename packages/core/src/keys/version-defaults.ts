/** What each OpenSSH version's ssh-keygen makes when nothing is asked for; 6.6 stands for 2014. */
import type { PublicKey } from './key-types/index.ts';
import type { PrivateKeyFormat } from './formats/private-key-file.ts';

/** What ssh-keygen of one version makes and writes if nothing else is asked for. */
export interface KeygenDefaults {
  readonly type: PublicKey['type'];
  readonly rsaBits: number;
  /** The format of RSA private keys; Ed25519 is always openssh. */
  readonly rsaFormat: PrivateKeyFormat;
  /** Of encrypted openssh-key-v1 files. */
  readonly cipher: string;
  /** Of bcrypt. */
  readonly rounds: number;
  readonly fingerprintHash: 'md5' | 'sha256';
}

/** By version of OpenSSH. */
export const keygenDefaults: Readonly<Record<'10' | '6.6', KeygenDefaults>> = {
  '10': {
    type: 'ssh-ed25519',
    rsaBits: 3072,
    rsaFormat: 'openssh',
    cipher: 'aes256-ctr',
    rounds: 24,
    fingerprintHash: 'sha256',
  },
  '6.6': {
    type: 'ssh-rsa',
    rsaBits: 2048,
    rsaFormat: 'pkcs1',
    cipher: 'aes256-cbc',
    rounds: 16,
    fingerprintHash: 'md5',
  },
};
