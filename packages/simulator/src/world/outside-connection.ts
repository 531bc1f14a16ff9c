/** A stream from outside of the world to a port of a host, as `serve` gives it to a real TCP connection. It is no input: see World. */
import { ByteQueue } from '../kernel/byte-queue.ts';
import type { TcpEnd } from '../network/connection.ts';
import type { Connecting } from '../network/connecting.ts';
import type { Network } from '../network/network.ts';
import type { OutsideConnection, OutsideConnectionOptions } from './world.ts';

/** RFC 5737, TEST-NET-2. */
const defaultRemoteAddress = '198.51.100.1';
const pieceBytes = 65_536;
/** What is kept here before `write` asks for a pause. */
const highWaterBytes = 262_144;

export class OutsideStream implements OutsideConnection {
  readonly #options: OutsideConnectionOptions;
  readonly #connecting: Connecting;
  readonly #pending = new ByteQueue();
  #end: TcpEnd | undefined;
  #isPaused = false;
  #isEnding = false;
  #isOver = false;
  /** The host sends no more; it may still read. */
  #isAtEnd = false;
  #mustDrain = false;

  constructor(network: Network, options: OutsideConnectionOptions & { readonly localPort: number }) {
    this.#options = options;
    const [address] = network.routes.addressesOf(options.host);
    if (address === undefined) throw new Error(`assertion: ${options.host} has no address`);
    const remote = { address: options.remoteAddress ?? defaultRemoteAddress, port: options.localPort };
    const origin = { host: undefined, pid: undefined, address: remote };
    const target = { host: options.host, address: { address, port: options.port } };
    this.#connecting = network.connectFromOutside(origin, target, () => this.#settled());
  }

  write(bytes: Uint8Array): boolean {
    if (!this.#isEnding && !this.#isOver) this.#pending.push(bytes.slice());
    this.#push();
    this.#mustDrain = this.#pending.length > highWaterBytes;
    return !this.#mustDrain;
  }

  end(): void {
    this.#isEnding = true;
    this.#push();
  }

  reset(): void {
    this.#isOver = true;
    this.#connecting.cancel();
    this.#end?.reset();
  }

  resume(): void {
    this.#isPaused = false;
    this.#pull();
  }

  #settled(): void {
    const { end } = this.#connecting;
    if (end === undefined) return this.#finish('refused');
    this.#end = end;
    end.onReadable = () => this.#pull();
    end.onWritable = () => this.#push();
    if (this.#isOver) return end.reset();
    this.#push();
  }

  #push(): void {
    const end = this.#end;
    if (end === undefined || this.#isOver) return;
    while (this.#pending.length > 0 && end.error === undefined && end.room > 0) {
      end.write(this.#pending.take(Math.min(pieceBytes, end.room)));
    }
    if (this.#isEnding && this.#pending.length === 0) end.shutdownWrite();
    if (!this.#mustDrain || this.#pending.length > 0) return;
    this.#mustDrain = false;
    this.#options.onDrain();
  }

  #pull(): void {
    const end = this.#end;
    if (end === undefined) return;
    while (!this.#isPaused && !this.#isOver && !this.#isAtEnd && end.canRead) {
      if (end.error !== undefined && end.unreadBytes === 0) return this.#finish('reset');
      const bytes = end.read(pieceBytes);
      if (bytes === undefined || bytes.length === 0) return this.#finish('end');
      this.#isPaused = !this.#options.onData(bytes);
    }
  }

  #finish(reason: 'end' | 'refused' | 'reset'): void {
    if (this.#isOver) return;
    if (reason === 'end') this.#isAtEnd = true;
    else this.#isOver = true;
    this.#options.onEnd(reason);
  }
}
