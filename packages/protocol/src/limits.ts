/** The limits of the protocol, in one place, with their reasons; callers can change them by `ConnectionOptions.limits`. */

export interface ProtocolLimits {
  /** Longest identification line, CR LF included (RFC 4253 4.2). */
  readonly identificationLineBytes: number;
  /** Lines before it that a client reads, and the longest of them. OpenSSH's. */
  readonly linesBeforeIdentification: number;
  readonly lineBeforeIdentificationBytes: number;
  /** Longest `packet_length` that is accepted. OpenSSH's; RFC 4253 6.1 asks for 35,000 at least. */
  readonly packetBytes: number;
  /** Channels open at one time, in all. */
  readonly channels: number;
  /** Session channels open at one time: sshd's MaxSessions. */
  readonly sessions: number;
  /**
   * Messages that wait to be taken, data of channels apart; above it the input is not read, so that floods of requests cannot fill
   * memory. Data is the owner's own measure, and both sides may have much of it under way.
   */
  readonly owedOutputBytes: number;
  /** Events that wait to be taken; above it the input is not read. */
  readonly waitingEvents: number;
  /** Requests of one channel, or global ones, that the owner has not answered yet. */
  readonly unansweredRequests: number;
  /** Authentication requests in all, granted queries included, before the connection ends. */
  readonly authenticationRequests: number;
  /** Window that we give to the peer of a session channel, and the largest piece of data we take. OpenSSH's. */
  readonly windowBytes: number;
  readonly maximumPacketBytes: number;
}

/** The limits of a connection that is given no others. */
export const defaultLimits: ProtocolLimits = {
  identificationLineBytes: 255,
  linesBeforeIdentification: 1024,
  lineBeforeIdentificationBytes: 8192,
  packetBytes: 256 * 1024,
  channels: 1000,
  sessions: 10,
  owedOutputBytes: 256 * 1024,
  waitingEvents: 4096,
  unansweredRequests: 1024,
  authenticationRequests: 1024,
  windowBytes: 2 * 1024 * 1024,
  maximumPacketBytes: 32 * 1024,
};
