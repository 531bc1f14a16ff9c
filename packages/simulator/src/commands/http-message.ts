/** HTTP/1.1 messages as far as curl and httpd need them (RFC 9112): a head, and a body by length, chunks or end of stream. */
import type { System } from '@seashell/system';
import { fromBytes } from './byte-text.ts';
import { chunkBytes, joinBytes } from './streams.ts';

/** Heads longer than this are refused. */
const maximumHeadBytes = 65_536;

export interface MessageHead {
  /** `GET / HTTP/1.1` or `HTTP/1.1 200 OK`. */
  readonly startLine: string;
  readonly headers: readonly (readonly [string, string])[];
  /** As it came, with the empty line. */
  readonly text: string;
}

/** The value of a header, by its name in lower case. */
export function findHeader(head: MessageHead, name: string): string | undefined {
  return head.headers.find(([each]) => each.toLowerCase() === name)?.[1];
}

function endOfHead(bytes: Uint8Array): number {
  for (let at = 3; at < bytes.length; at++) {
    if (bytes[at] !== 10) continue;
    if (bytes[at - 1] === 10 || (bytes[at - 1] === 13 && bytes[at - 2] === 10)) return at + 1;
  }
  return -1;
}

function parseHead(text: string): MessageHead {
  const [startLine = '', ...lines] = text.split(/\r?\n/);
  const headers = lines.flatMap((line) => {
    const colon = line.indexOf(':');
    return colon > 0 ? [[line.slice(0, colon), line.slice(colon + 1).trim()] as const] : [];
  });
  return { startLine, headers, text };
}

/** Reads messages from a connection. */
export class MessageReader {
  private readonly system: Pick<System, 'streams'>;
  private readonly descriptor: number;
  private pending: Uint8Array = new Uint8Array();

  constructor(system: Pick<System, 'streams'>, descriptor: number) {
    this.system = system;
    this.descriptor = descriptor;
  }

  private async more(): Promise<boolean> {
    const bytes = await this.system.streams.read(this.descriptor, chunkBytes);
    this.pending = joinBytes([this.pending, bytes]);
    return bytes.length > 0;
  }

  private take(count: number): Uint8Array {
    const taken = this.pending.subarray(0, count);
    this.pending = this.pending.subarray(taken.length);
    return taken;
  }

  /** `undefined` if the stream ends first. */
  async head(): Promise<MessageHead | undefined> {
    for (;;) {
      const end = endOfHead(this.pending);
      if (end !== -1) return parseHead(fromBytes(this.take(end)));
      if (this.pending.length > maximumHeadBytes || !(await this.more())) return undefined;
    }
  }

  private async *counted(count: number): AsyncGenerator<Uint8Array> {
    let left = count;
    while (left > 0) {
      if (this.pending.length === 0 && !(await this.more())) return;
      const piece = this.take(left);
      left -= piece.length;
      yield piece;
    }
  }

  private async line(): Promise<string> {
    for (;;) {
      const end = this.pending.indexOf(10);
      if (end !== -1) return fromBytes(this.take(end + 1)).trim();
      if (!(await this.more())) return '';
    }
  }

  private async *chunks(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const size = parseInt(await this.line(), 16);
      if (!(size > 0)) return;
      yield* this.counted(size);
      await this.line();
    }
  }

  /** The body that belongs to `head`. */
  async *body(head: MessageHead): AsyncGenerator<Uint8Array> {
    const length = findHeader(head, 'content-length');
    if (findHeader(head, 'transfer-encoding')?.toLowerCase() === 'chunked') yield* this.chunks();
    else if (length !== undefined) yield* this.counted(Number(length));
    else yield* this.counted(Infinity);
  }
}
