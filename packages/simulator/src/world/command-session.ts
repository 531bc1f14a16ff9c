/** A command on a host without a terminal: three streams to the outside of the world. */
import { type FileStatus, SystemError, type WaitStatus } from '@seashell/system';
import { ByteQueue } from '../kernel/byte-queue.ts';
import { anonymousStatus, Description } from '../kernel/description.ts';
import type { Host } from '../kernel/host.ts';
import type { PipeWriter } from '../kernel/pipe.ts';
import type { Process } from '../kernel/process.ts';
import { blocked } from '../kernel/task.ts';
import { requireAccount, startLogin } from './login.ts';
import type { SessionOutput } from './session-output.ts';

export type OutputStream = 'stdout' | 'stderr';

/** A pipe whose reader is the outside: it takes all at once. */
class OutsideDescription extends Description {
  readonly target: string;
  isOpen = true;
  readonly #inode: number;
  readonly #take: (bytes: Uint8Array) => void;

  constructor(inode: number, take: (bytes: Uint8Array) => void) {
    super();
    this.#inode = inode;
    this.target = `pipe:[${inode}]`;
    this.#take = take;
  }

  override status(): FileStatus {
    return anonymousStatus('fifo', this.#inode, 0o600);
  }

  override get isReadable(): boolean {
    return !this.isOpen;
  }

  override write(bytes: Uint8Array): number {
    if (!this.isOpen) throw new SystemError('EPIPE', 'write');
    this.#take(bytes.slice());
    return bytes.length;
  }
}

/** What is offered to the pipe at once. */
const pieceBytes = 65_536;

export interface CommandOpening {
  readonly session: number;
  readonly user: string;
  readonly commandLine: string;
  readonly output: SessionOutput<OutputStream>;
}

export class OpenCommand {
  readonly leader: Process;
  readonly host: Host;
  readonly #output: SessionOutput<OutputStream>;
  status: WaitStatus | undefined;
  readonly #pending = new ByteQueue();
  #piece: Uint8Array = new Uint8Array(0);
  readonly #input: PipeWriter;
  readonly #outputs: readonly [OutsideDescription, OutsideDescription];
  #isEnding = false;
  #isClosed = false;
  #isPumping = false;

  constructor(host: Host, options: CommandOpening) {
    this.#output = options.output;
    const account = requireAccount(host, options.user);
    this.host = host;
    const pipe = host.pipe();
    this.#input = pipe.openWriter();
    this.#input.addReference();
    pipe.onRoom = () => this.#pump();
    this.#outputs = [this.#outside('stdout'), this.#outside('stderr')];
    this.leader = startLogin({
      host,
      account,
      session: options.session,
      command: options.commandLine,
      descriptions: [pipe.openReader(), ...this.#outputs],
    });
  }

  get pendingBytes(): number {
    return this.#pending.length + this.#piece.length;
  }

  write(bytes: Uint8Array): void {
    if (this.#isEnding) return;
    this.#pending.push(bytes.slice());
    this.#pump();
  }

  end(): void {
    this.#isEnding = true;
    this.#pump();
  }

  hangUp(): void {
    this.#pending.clear();
    this.#piece = new Uint8Array(0);
    for (const output of this.#outputs) output.isOpen = false;
    this.end();
  }

  ended(status: WaitStatus): void {
    this.status = status;
    this.hangUp();
  }

  #outside(stream: OutputStream): OutsideDescription {
    return new OutsideDescription(this.host.network.nextInode(), (bytes) => this.#output.emit(stream, bytes));
  }

  #pump(): void {
    if (this.#isPumping || this.#isClosed) return;
    this.#isPumping = true;
    while (this.pendingBytes > 0 && this.#offer());
    this.#isPumping = false;
    if (!this.#isEnding || this.pendingBytes > 0) return;
    this.#isClosed = true;
    this.#input.release();
  }

  /** Whether some of it was taken; bytes that nobody will read are thrown away. */
  #offer(): boolean {
    if (this.#piece.length === 0) this.#piece = this.#pending.take(pieceBytes);
    if (this.#input.pipe.readers.size === 0) {
      this.#piece = new Uint8Array(0);
      return true;
    }
    const count = this.#input.write(this.#piece);
    if (count === blocked) return false;
    this.#piece = this.#piece.subarray(count);
    return true;
  }
}
