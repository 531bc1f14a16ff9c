/** Names, addresses and TCP. */

/** An end of a TCP connection. `address` is textual: `192.0.2.10`, `::1`. */
export interface SocketAddress {
  readonly address: string;
  readonly port: number;
}

/** Names and TCP sockets. Every failure is a SystemError with the errno that is named. */
export interface NetworkOperations {
  /** The addresses of a name or of a textual address, in the order to be tried. ENOTFOUND when there is none. */
  resolve(name: string): Promise<readonly string[]>;
  /**
   * ECONNREFUSED, ETIMEDOUT, EHOSTUNREACH, ENETUNREACH; EINTR when a handled signal comes first. At the deadline, of the monotonic
   * clock, ETIMEDOUT too.
   */
  connect(to: SocketAddress, deadlineMilliseconds?: number): Promise<number>;
  /** Listens; port 0 takes a free one. EADDRINUSE, EACCES, EADDRNOTAVAIL. */
  listen(on: SocketAddress): Promise<number>;
  /** The next connection of a listening descriptor, which is readable while one waits. */
  accept(listener: number): Promise<number>;
  /** The ends of a connection or listener; a listener has no `remote`. */
  addresses(descriptor: number): Promise<{ readonly local: SocketAddress; readonly remote?: SocketAddress }>;
  /** Ends the sending direction: the other side reads the end of the stream. */
  shutdownWrite(descriptor: number): Promise<void>;
}
