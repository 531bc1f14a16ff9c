/** A person's terminal on a host: keys go to the line discipline as it has room, its output comes out at once. */
import type { WaitStatus, WindowSize } from '@seashell/system';
import { ByteQueue } from '../kernel/byte-queue.ts';
import type { Host } from '../kernel/host.ts';
import type { Process } from '../kernel/process.ts';
import { type Terminal, TerminalDescription, type TerminalWriter } from '../kernel/terminal.ts';
import { requireAccount, startLogin } from './login.ts';
import type { SessionOutput } from './session-output.ts';

const terminalType = 'xterm-256color';
/** What is offered to the line discipline at once. */
const pieceBytes = 4096;

export interface TerminalOpening {
  readonly session: number;
  readonly user: string;
  readonly size: WindowSize;
  readonly output: SessionOutput<TerminalWriter | undefined>;
}

export class OpenTerminal {
  readonly terminal: Terminal;
  readonly leader: Process;
  readonly host: Host;
  readonly #output: SessionOutput<TerminalWriter | undefined>;
  status: WaitStatus | undefined;
  readonly #pending = new ByteQueue();
  #piece: Uint8Array = new Uint8Array(0);
  #isPumping = false;

  constructor(host: Host, options: TerminalOpening) {
    this.#output = options.output;
    const account = requireAccount(host, options.user);
    const terminal = host.openTerminal(options.size, account.uid);
    this.host = host;
    this.terminal = terminal;
    terminal.outside = (bytes, writer) => this.#output.emit(writer, bytes);
    terminal.onRoom = () => this.#pump();
    const side = new TerminalDescription(terminal);
    const { session } = options;
    this.leader = startLogin({ host, account, session, terminalType, descriptions: [side, side, side] });
  }

  /** Bytes that the terminal has not taken yet. */
  get pendingBytes(): number {
    return this.#pending.length + this.#piece.length;
  }

  type(bytes: Uint8Array): void {
    this.#pending.push(bytes.slice());
    this.#pump();
  }

  hangUp(): void {
    this.#pending.clear();
    this.#piece = new Uint8Array(0);
    this.terminal.hangUp();
  }

  /** The first process ended: the terminal goes away with it. */
  ended(status: WaitStatus): void {
    this.status = status;
    this.hangUp();
  }

  #pump(): void {
    if (this.#isPumping) return;
    this.#isPumping = true;
    while (!this.terminal.hasHungUp && this.terminal.discipline.canReceive && this.pendingBytes > 0) {
      if (this.#piece.length === 0) this.#piece = this.#pending.take(pieceBytes);
      this.#piece = this.#piece.subarray(this.terminal.receive(this.#piece));
    }
    this.#isPumping = false;
  }
}
