/**
 * The identification strings, with which both sides begin, and the lines that a server may send before its own.
 * Specification: RFC 4253 4.2; limits and texts as OpenSSH's kex_exchange_identification.
 */
import type { ProtocolLimits } from '../limits.ts';
import { disconnectReasons, ProtocolError } from '../protocol-error.ts';
import type { InputBuffer } from './input-buffer.ts';

const lineFeed = 10;
const carriageReturn = 13;

/** What a line of the peer is. */
type IdentificationLine =
  | { readonly type: 'identification'; readonly identification: string }
  | { readonly type: 'before'; readonly line: string };

/** Reads the peer's lines up to its identification string. */
export class IdentificationReader {
  readonly #role: 'client' | 'server';
  readonly #limits: ProtocolLimits;
  #linesBefore = 0;
  /** How many bytes of the buffer are known to hold no line feed: keeps the search linear. */
  #searched = 0;

  constructor(role: 'client' | 'server', limits: ProtocolLimits) {
    this.#role = role;
    this.#limits = limits;
  }

  /** The next line, or undefined while it is not whole. Throws ProtocolError. */
  read(input: InputBuffer): IdentificationLine | undefined {
    const longest = this.#longestLine(input);
    const waiting = input.peek(Math.min(input.size, longest));
    const end = waiting.indexOf(lineFeed, this.#searched);
    if (end < 0) {
      this.#searched = waiting.length;
      if (waiting.length >= longest) throw identificationError(`expected a line of at most ${longest} bytes`);
      return undefined;
    }
    const line = this.#lineOf(waiting.subarray(0, end));
    input.skip(end + 1);
    this.#searched = 0;
    return line;
  }

  #longestLine(input: InputBuffer): number {
    const { identificationLineBytes, lineBeforeIdentificationBytes } = this.#limits;
    if (this.#role === 'server') return identificationLineBytes;
    return startsWithSsh(input.peek(Math.min(4, input.size))) ? identificationLineBytes : lineBeforeIdentificationBytes;
  }

  #lineOf(bytes: Uint8Array): IdentificationLine {
    const text = latin1(bytes.at(-1) === carriageReturn ? bytes.subarray(0, -1) : bytes);
    if (text.startsWith('SSH-')) return { type: 'identification', identification: checkIdentification(text) };
    if (this.#role === 'server') throw identificationError('invalid SSH identification string');
    this.#linesBefore += 1;
    if (this.#linesBefore > this.#limits.linesBeforeIdentification) {
      throw identificationError(
        `expected at most ${this.#limits.linesBeforeIdentification} lines before identification`,
      );
    }
    if (bytes.includes(0)) throw identificationError('expected lines without NUL before identification');
    return { type: 'before', line: text };
  }
}

/** Differs from OpenSSH: characters that RFC 4253 4.2 does not allow are refused, not only NUL. */
function checkIdentification(text: string): string {
  if (!/^[ -~]*$/.test(text)) throw identificationError('expected an identification string of printable ASCII');
  const version = /^SSH-([^-]*)-/.exec(text)?.[1];
  if (version === undefined) throw identificationError('invalid SSH identification string');
  if (version !== '2.0' && version !== '1.99') {
    throw identificationError(`protocol major versions differ: expected 2.0, found ${version}`);
  }
  return text;
}

function identificationError(message: string): ProtocolError {
  const reason = disconnectReasons.protocolVersionNotSupported;
  return new ProtocolError('identification', message, { clause: 'RFC 4253 4.2', reason });
}

function startsWithSsh(bytes: Uint8Array): boolean {
  return bytes.length < 4 ? false : latin1(bytes) === 'SSH-';
}

function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (value) => String.fromCharCode(value)).join('');
}
