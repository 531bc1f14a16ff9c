/** What the caller of a world holds of a session: its own doings become inputs, what the session shows is looked up. */
import type { WaitStatus, WindowSize } from '@seashell/system';
import type { OpenCommand, OutputStream } from './command-session.ts';
import type { TerminalWriter } from '../kernel/terminal.ts';
import type { WorldInput } from './input-log.ts';
import { SessionOutput } from './session-output.ts';
import type { OpenTerminal } from './terminal-session.ts';
import type { CommandSession, TerminalSession } from './world.ts';

export interface SessionControl {
  deliver(input: WorldInput): void;
  isWaiting(open: OpenTerminal): boolean;
}

export interface SessionIdentity {
  readonly session: number;
  readonly host: string;
  readonly user: string;
}

abstract class SessionHandle<Open extends { readonly status: WaitStatus | undefined; readonly pendingBytes: number }> {
  readonly session: number;
  readonly host: string;
  readonly user: string;
  /** Undefined until its input was delivered. */
  open: Open | undefined;
  protected readonly control: SessionControl;

  constructor(control: SessionControl, identity: SessionIdentity) {
    this.control = control;
    this.session = identity.session;
    this.host = identity.host;
    this.user = identity.user;
  }

  get status(): WaitStatus | undefined {
    return this.open?.status;
  }

  get pendingBytes(): number {
    return this.open?.pendingBytes ?? 0;
  }

  write(bytes: Uint8Array): void {
    if (bytes.length > 0) this.control.deliver({ type: 'bytes', session: this.session, bytes: bytes.slice() });
  }

  hangUp(): void {
    this.control.deliver({ type: 'hangUp', session: this.session });
  }
}

export class TerminalHandle extends SessionHandle<OpenTerminal> implements TerminalSession {
  readonly type = 'terminal';
  readonly output = new SessionOutput<TerminalWriter | undefined>();

  get path(): string {
    return this.open?.terminal.path ?? '';
  }

  get waiting(): boolean {
    return this.open !== undefined && this.control.isWaiting(this.open);
  }

  get echo(): boolean {
    return this.open?.terminal.discipline.attributes.ECHO ?? true;
  }

  resize(size: WindowSize): void {
    this.control.deliver({ type: 'resize', session: this.session, size });
  }

  onOutput(listener: (bytes: Uint8Array, writer: TerminalWriter | undefined) => void): () => void {
    return this.output.listen((writer, bytes) => listener(bytes, writer));
  }
}

export class CommandHandle extends SessionHandle<OpenCommand> implements CommandSession {
  readonly type = 'command';
  readonly output = new SessionOutput<OutputStream>();

  end(): void {
    this.control.deliver({ type: 'end', session: this.session });
  }

  onOutput(listener: (stream: OutputStream, bytes: Uint8Array) => void): () => void {
    return this.output.listen(listener);
  }
}
