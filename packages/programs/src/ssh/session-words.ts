/** What ssh says of a session's end, besides the line of its closing. */

/** channels.c reason2txt(). */
export function openFailure(reason: number): string {
  const words = ['administratively prohibited', 'connect failed', 'unknown channel type', 'resource shortage'];
  return words[reason - 1] ?? 'unknown reason';
}

/** The two lines of -v about how much went over the connection; one where it took no time. */
export function transferLines(sent: {
  readonly sentBytes: number;
  readonly receivedBytes: number;
  readonly seconds: number;
}): readonly string[] {
  const { sentBytes, receivedBytes, seconds } = sent;
  const rate = (bytes: number) => (bytes / seconds).toFixed(1);
  const total = `Transferred: sent ${sentBytes}, received ${receivedBytes} bytes, in ${seconds.toFixed(1)} seconds`;
  if (seconds <= 0) return [total];
  return [total, `Bytes per second: sent ${rate(sentBytes)}, received ${rate(receivedBytes)}`];
}
