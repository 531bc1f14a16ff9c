/** One run of ssh-copy-id: how it was called, what was asked for, and where its keys come from. */
import type { System } from '@seashell/system';
import { writeAll } from '../storage/write-all.ts';
import { texts, type CopyIdTexts, type Message } from './texts.ts';

export type CopyIdSystem = Pick<System, 'process' | 'files' | 'streams' | 'random' | 'host'>;

/** The two halves of the key to install; without the private one nothing is tried with it. */
export interface IdentityFile {
  readonly publicPath: string;
  readonly privatePath: string | undefined;
}

/** What the options have set so far. */
export interface Wishes {
  readonly identity?: IdentityFile;
  /** `-i` was given. */
  readonly identityAsked?: boolean;
  readonly forced?: boolean;
  readonly dryRun?: boolean;
  readonly port?: string;
  readonly target?: string;
  /** Options for ssh, each with its argument. */
  readonly sshOptions: readonly (readonly [flag: string, argument: string])[];
}

export class CopyRun {
  readonly system: CopyIdSystem;
  /** `$0`: the path by which the shell found it. */
  readonly name: string;
  readonly texts: CopyIdTexts;
  readonly home: string;

  constructor(system: CopyIdSystem, name: string) {
    this.system = system;
    this.name = name;
    this.texts = texts[system.host.openSsh];
    this.home = system.process.environment['HOME'] ?? '';
  }

  get isOld(): boolean {
    return this.system.host.openSsh === '6.6';
  }

  say(text: string): Promise<void> {
    return writeAll(this.system.streams, 2, text);
  }

  print(text: string | Uint8Array): Promise<void> {
    return writeAll(this.system.streams, 1, text);
  }

  /** Says why; the exit status. */
  async fail({ text, to }: Message): Promise<number> {
    await writeAll(this.system.streams, to, text);
    return 1;
  }

  /** Says why and how it is used; the exit status. */
  async misused(message?: Message): Promise<number> {
    if (message !== undefined) await this.fail(message);
    return this.fail({ text: this.texts.usage(this.name), to: 2 });
  }
}
