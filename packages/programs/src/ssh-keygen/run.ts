/** One run of ssh-keygen: what its operations share. */
import type { FingerprintHashName } from '@seashell/core/keys';
import type { System, UserAccount } from '@seashell/system';
import type { Log } from '../logging/log.ts';
import { writeAll } from '../storage/write-all.ts';
import { readInputLine } from '../terminal/read-passphrase.ts';
import type { KeygenRequest } from './options.ts';
import type { Failure, KeygenTexts } from './texts.ts';

export type KeygenSystem = Pick<System, 'process' | 'files' | 'streams' | 'terminal' | 'clock' | 'random' | 'host'>;

interface RunParts {
  readonly log: Log;
  readonly texts: KeygenTexts;
  readonly user: UserAccount;
  readonly request: KeygenRequest;
  readonly operands: readonly string[];
}

export class KeygenRun {
  readonly system: KeygenSystem;
  readonly log: Log;
  readonly texts: KeygenTexts;
  readonly user: UserAccount;
  readonly request: KeygenRequest;
  /** The words behind the options. */
  readonly operands: readonly string[];

  constructor(system: KeygenSystem, parts: RunParts) {
    this.system = system;
    this.log = parts.log;
    this.texts = parts.texts;
    this.user = parts.user;
    this.request = parts.request;
    this.operands = parts.operands;
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

  /** `-f`, or the answer to `prompt` with `suggested` for an empty one; `undefined` at the end of the input. */
  async askFile(prompt: string, suggested: string): Promise<string | undefined> {
    if (this.request.file !== undefined) return this.request.file;
    await writeAll(this.system.streams, 1, `${prompt} (${suggested}): `);
    const answer = await readInputLine(this.system);
    return answer === '' ? suggested : answer;
  }

  /** `~/.ssh/id_ed25519` of the user. */
  defaultFile(keygenName: string): string {
    return `${this.user.home}/.ssh/id_${keygenName}`;
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
