/** Terminals, in termios terms. The descriptor of each operation must be a terminal's, else ENOTTY. */

/** The flags and characters of termios(3) that the line discipline obeys. */
export interface TerminalAttributes {
  /** Lines are edited and delivered whole. */
  readonly ICANON: boolean;
  readonly ECHO: boolean;
  readonly ECHOE: boolean;
  readonly ECHOK: boolean;
  readonly ECHONL: boolean;
  /** Control characters are echoed as `^X`. */
  readonly ECHOCTL: boolean;
  /** VINTR, VQUIT and VSUSP send signals. */
  readonly ISIG: boolean;
  readonly IEXTEN: boolean;
  /** CR becomes NL on input. */
  readonly ICRNL: boolean;
  readonly INLCR: boolean;
  readonly IGNCR: boolean;
  readonly IXON: boolean;
  readonly ISTRIP: boolean;
  /** Output is processed at all. */
  readonly OPOST: boolean;
  /** NL becomes CR NL on output. */
  readonly ONLCR: boolean;
  /** Control characters by name, as byte values; 0 is disabled. */
  readonly characters: Readonly<Record<ControlCharacter, number>>;
}

/** The control characters of termios(3) that a terminal has. */
export type ControlCharacter =
  | 'VINTR'
  | 'VQUIT'
  | 'VERASE'
  | 'VKILL'
  | 'VEOF'
  | 'VSTART'
  | 'VSTOP'
  | 'VSUSP'
  | 'VREPRINT'
  | 'VWERASE'
  | 'VLNEXT';

/** The size of a terminal's window; the pixels are 0 where nobody knows them. */
export interface WindowSize {
  readonly columns: number;
  readonly rows: number;
  readonly widthPixels: number;
  readonly heightPixels: number;
}

/** The terminal behind a descriptor, in the terms of termios(3). */
export interface TerminalOperations {
  /** ENOTTY tells that a descriptor is no terminal's: isatty(3). */
  getAttributes(descriptor: number): Promise<TerminalAttributes>;
  /** `drain` first waits until the output is gone; `flush` also throws away input that nobody has read. */
  setAttributes(descriptor: number, attributes: TerminalAttributes, when?: 'now' | 'drain' | 'flush'): Promise<void>;
  getWindowSize(descriptor: number): Promise<WindowSize>;
  /** Sends SIGWINCH to the foreground process group when the size changes. */
  setWindowSize(descriptor: number, size: WindowSize): Promise<void>;
  getForeground(descriptor: number): Promise<number>;
  setForeground(descriptor: number, processGroup: number): Promise<void>;
  /** `/dev/pts/0`; ttyname(3). */
  terminalName(descriptor: number): Promise<string>;
  /** A new pseudo-terminal: the controlling side's descriptor, and the terminal's own path. ENOTSUP on Node. */
  openPseudoTerminal(
    size: WindowSize,
  ): Promise<{ readonly controller: number; readonly terminal: number; readonly path: string }>;
}
