/** One run of ssh-keygen: what its operations share. */
import type { TimeZone } from '@seashell/core/certificates';
import type { FingerprintHashName, PrivateKey, PublicKey } from '@seashell/core/keys';
import type { System, UserAccount } from '@seashell/system';
import type { FindSecurityKeyDevice } from '../identity/security-key-device.ts';
import { localZone } from '../local-time.ts';
import type { Log } from '../logging/log.ts';
import { writeAll } from '../storage/write-all.ts';
import { readInputLine } from '../terminal/read-passphrase.ts';
import { identityFileFor } from './key-request.ts';
import type { KeygenRequest } from './options.ts';
import type { Failure, KeygenTexts } from './texts.ts';

export type KeygenSystem = Pick<System, 'process' | 'files' | 'streams' | 'terminal' | 'clock' | 'random' | 'host'>;

/** Makes a key on the machine's own; undefined for a type or size that it leaves to us. `platformKeyGenerator` of the core is one. */
export type GenerateByPlatform = (request: {
  readonly type: PublicKey['type'];
  readonly bits: number;
}) => Promise<PrivateKey> | undefined;

/** What the machine itself brings. */
export interface KeygenMachine {
  readonly generateByPlatform?: GenerateByPlatform;
  readonly findSecurityKeyDevice?: FindSecurityKeyDevice;
}

interface RunParts {
  readonly log: Log;
  readonly texts: KeygenTexts;
  readonly user: UserAccount;
  readonly request: KeygenRequest;
  readonly operands: readonly string[];
  readonly machine: KeygenMachine;
}

export class KeygenRun {
  readonly system: KeygenSystem;
  readonly log: Log;
  readonly texts: KeygenTexts;
  readonly user: UserAccount;
  readonly request: KeygenRequest;
  /** The words behind the options. */
  readonly operands: readonly string[];
  /** Of the times that it prints, and reads without a `Z`. */
  readonly zone: TimeZone;
  /** On a real machine only: a world's keys come from its seed. */
  readonly generateByPlatform: GenerateByPlatform | undefined;
  /** The way to an authenticator, if the machine has one. */
  readonly findSecurityKeyDevice: FindSecurityKeyDevice | undefined;

  constructor(system: KeygenSystem, parts: RunParts) {
    this.system = system;
    this.log = parts.log;
    this.texts = parts.texts;
    this.user = parts.user;
    this.request = parts.request;
    this.operands = parts.operands;
    this.generateByPlatform = parts.machine.generateByPlatform;
    this.findSecurityKeyDevice = parts.machine.findSecurityKeyDevice;
    this.zone = localZone(system);
    for (let raised = 0; raised < parts.request.verbosity; raised += 1) this.log.raise();
  }

  /** A line on stdout. */
  print(line: string): Promise<void> {
    return writeAll(this.system.streams, 1, `${line}\n`);
  }

  /** Says why; the exit status. */
  async fail(failure: Failure): Promise<number> {
    if (failure.to === 'log') await this.log.error(failure.text);
    else await writeAll(this.system.streams, failure.to === 'stdout' ? 1 : 2, `${failure.text}\n`);
    return failure.status;
  }

  /** Says several lines; the exit status of the last. */
  async failAll(failures: readonly Failure[]): Promise<number> {
    let status = 1;
    for (const failure of failures) status = await this.fail(failure);
    return status;
  }

  /** `-f`, or the answer to `prompt` with the usual file of `-t` for an empty one; else the exit status. */
  async askFile(prompt = this.texts.askFile): Promise<string | number> {
    if (this.request.file !== undefined) return this.request.file;
    const usual = identityFileFor(this.request.type, this.system.host.openSsh);
    if (usual === undefined) return this.fail(this.texts.badKeyType);
    const suggested = `${this.user.home}/.ssh/${usual}`;
    // 6.6 asked on standard error.
    await writeAll(this.system.streams, this.isOld ? 2 : 1, `${prompt} (${suggested}): `);
    const answer = await readInputLine(this.system);
    if (answer === undefined) return 1;
    return answer === '' ? suggested : answer;
  }

  /** `user@host`. */
  get usualComment(): string {
    return `${this.user.name}@${this.system.host.hostname}`;
  }

  get isOld(): boolean {
    return this.system.host.openSsh === '6.6';
  }

  /** The hash of `-E`, or this version's. */
  get fingerprintHash(): FingerprintHashName {
    return this.isOld ? 'md5' : (this.request.fingerprintHash ?? 'sha256');
  }
}

/** Prints the usage; the exit status. */
export async function printUsage(system: Pick<System, 'streams'>, text: string): Promise<number> {
  await writeAll(system.streams, 2, text);
  return 1;
}
