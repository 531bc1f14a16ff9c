/** Channel types and channel requests as the owner of a connection sees them. Specification: RFC 4254 5, 6; OpenSSH PROTOCOL 2. */

/** What a channel carries. */
export type ChannelType = { readonly type: 'session' };

/** One encoded terminal mode, RFC 4254 8: `opcode` 1 is VINTR, 53 ECHO, 128 TTY_OP_ISPEED. */
export interface TerminalMode {
  readonly opcode: number;
  readonly value: number;
}

/** A channel request, RFC 4254 5.4. `name` is the RFC's. */
export type ChannelRequest =
  | {
      readonly name: 'pty-req';
      /** The value of TERM. */
      readonly terminal: string;
      readonly columns: number;
      readonly rows: number;
      readonly widthPixels: number;
      readonly heightPixels: number;
      readonly modes: readonly TerminalMode[];
    }
  | { readonly name: 'env'; readonly variable: string; readonly value: string }
  | { readonly name: 'shell' }
  | { readonly name: 'exec'; readonly command: string }
  | { readonly name: 'subsystem'; readonly subsystem: string }
  | {
      readonly name: 'window-change';
      readonly columns: number;
      readonly rows: number;
      readonly widthPixels: number;
      readonly heightPixels: number;
    }
  /** `signal` without SIG: `INT`, `TERM`, `HUP`. */
  | { readonly name: 'signal'; readonly signal: string }
  | { readonly name: 'break'; readonly lengthMilliseconds: number }
  | { readonly name: 'exit-status'; readonly status: number }
  | {
      readonly name: 'exit-signal';
      readonly signal: string;
      readonly coreDumped: boolean;
      readonly message: string;
      readonly language: string;
    }
  /** The peer's reader is gone: no need to send more (OpenSSH PROTOCOL 2.1). */
  | { readonly name: 'eow@openssh.com' }
  | { readonly name: 'keepalive@openssh.com' };
