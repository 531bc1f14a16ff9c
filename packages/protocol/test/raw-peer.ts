/**
 * A peer that is written by hand, to say what no honest peer says: its own packets, its own key exchange, nothing of the package under
 * test but the connection that it attacks. It speaks curve25519-sha256, ssh-ed25519 and chacha20-poly1305@openssh.com.
 */
import type { PacketCipher } from '@seashell/core/crypto';
import type { PrivateKey } from '@seashell/core/keys';
import { concatBytes, encodeWith, utf8Encode, type Writer } from '@seashell/core/wire';
import { crypto, hostKey, seededRandom, blob, sign } from './fixtures.ts';

/** What is attacked: a client or a server connection. */
export interface Target<Event, Command> {
  receive(bytes: Uint8Array, now: number): void;
  send(command: Command, now: number): void;
  takeOutput(): Uint8Array;
  takeEvents(): readonly Event[];
  sendable(channel: number): number;
  freeChannel(): number;
  readonly isClosed: boolean;
  readonly wantsInput: boolean;
  nextTimeout(): number | undefined;
  advance(now: number): void;
}

const cipherName = 'chacha20-poly1305@openssh.com';

/** Lists of a KEXINIT, in wire order, without the languages. */
export interface Lists {
  readonly kex: string;
  readonly hostKey: string;
  readonly cipher: string;
  readonly mac: string;
  readonly compression: string;
}

export const ordinaryLists: Lists = {
  kex: 'curve25519-sha256',
  hostKey: 'ssh-ed25519',
  cipher: cipherName,
  mac: 'hmac-sha2-256',
  compression: 'none',
};

export function payload(number: number, write: (writer: Writer) => void = () => undefined): Uint8Array {
  return encodeWith((writer) => {
    writer.byte(number);
    write(writer);
  });
}

export function text(writer: Writer, value: string): void {
  writer.string(utf8Encode(value));
}

export function kexinit(lists: Partial<Lists> = {}, follows = false): Uint8Array {
  const { kex, hostKey: keys, cipher, mac, compression } = { ...ordinaryLists, ...lists };
  return payload(20, (writer) => {
    writer.raw(new Uint8Array(16));
    for (const list of [kex, keys, cipher, cipher, mac, mac, compression, compression, '', '']) text(writer, list);
    writer.byte(follows ? 1 : 0);
    writer.uint32(0);
  });
}

/** A packet in the clear, with so much padding, or as little as there may be. */
export function plainPacket(body: Uint8Array, padding?: number): Uint8Array {
  const least = 8 - ((5 + body.length) % 8);
  const size = padding ?? (least < 4 ? least + 8 : least);
  return encodeWith((writer) => {
    writer.uint32(1 + body.length + size);
    writer.byte(size);
    writer.raw(body);
    writer.raw(new Uint8Array(size));
  });
}

function sealablePacket(body: Uint8Array): Uint8Array {
  const least = 8 - ((1 + body.length) % 8);
  return plainPacket(body, least < 4 ? least + 8 : least);
}

interface Incoming {
  readonly number: number;
  readonly payload: Uint8Array;
}

export interface RawPeerParts<Event, Command> {
  readonly target: Target<Event, Command>;
  readonly answer: (event: Event) => readonly Command[];
  readonly role: 'client' | 'server';
  readonly identification?: string;
}

/** Changes to the messages of an otherwise honest key exchange. */
export interface ExchangeChanges {
  readonly lists?: Partial<Lists>;
  /** The value that goes out in place of the honest one. */
  readonly publicValue?: Uint8Array;
  /** Server: the host key, if it is not the ordinary one. */
  readonly key?: PrivateKey;
  /** Server: changes the host key and its signature. */
  readonly reply?: (hash: Uint8Array) => { readonly hostKey: Uint8Array; readonly signature: Uint8Array };
  /** Sent at each gap: after our KEXINIT, after our value, before NEWKEYS. */
  readonly between?: (gap: 'before-kexinit' | 'after-kexinit' | 'before-newkeys') => readonly Uint8Array[];
  /** Resets sequence numbers although the other side may not. */
  readonly strict?: boolean;
}

export class RawPeer<Event extends { readonly type: string }, Command> {
  readonly target: Target<Event, Command>;
  readonly events: Event[] = [];
  /** Payloads that came and were not taken by `next`. */
  readonly incoming: Incoming[] = [];
  readonly #parts: RawPeerParts<Event, Command>;
  readonly #random = seededRandom('raw peer');
  #identification: string;
  #theirIdentification: string | undefined;
  #buffer: Uint8Array = new Uint8Array(0);
  #sealing: PacketCipher | undefined;
  #opening: PacketCipher | undefined;
  sendSequence = 0;
  #receiveSequence = 0;
  sessionId: Uint8Array | undefined;
  now = 0;

  constructor(parts: RawPeerParts<Event, Command>) {
    this.#parts = parts;
    this.target = parts.target;
    this.#identification = parts.identification ?? 'SSH-2.0-raw';
  }

  identify(): void {
    this.raw(utf8Encode(`${this.#identification}\r\n`));
  }

  /** Bytes as they are. */
  raw(bytes: Uint8Array): void {
    this.target.receive(bytes, this.now);
    this.pump();
  }

  /** One well-formed packet with this payload, under whatever keys there are. */
  send(body: Uint8Array): void {
    this.raw(this.seal(body));
  }

  /** The bytes of a packet, without sending them; it takes a sequence number. */
  seal(body: Uint8Array): Uint8Array {
    const sequence = this.sendSequence++;
    return this.#sealing === undefined ? plainPacket(body) : this.#sealing.seal(sequence, sealablePacket(body));
  }

  /** Answers events and reads what the target says, until it is quiet. */
  pump(): void {
    for (;;) {
      const events = this.target.takeEvents();
      this.events.push(...events);
      for (const command of events.flatMap((event) => this.#parts.answer(event))) this.target.send(command, this.now);
      const output = this.target.takeOutput();
      this.#buffer = concatBytes(this.#buffer, output);
      this.#parse();
      const due = this.target.nextTimeout();
      const isDue = due !== undefined && due <= this.now;
      if (isDue) this.target.advance(this.now);
      if (events.length === 0 && output.length === 0 && !isDue) return;
    }
  }

  /** Takes the next payload with this number, and drops those before it. */
  take(number: number): Uint8Array {
    for (;;) {
      const next = this.incoming.shift();
      if (next === undefined) throw new Error(`no message ${number} came`);
      if (next.number === number) return next.payload;
    }
  }

  /** How the target ended, or undefined. */
  get ending(): Event | undefined {
    return this.events.find(({ type }) => type === 'disconnected');
  }

  /** Identification and an honest key exchange, but for the changes. */
  exchange(changes: ExchangeChanges = {}): void {
    this.identify();
    this.exchangeKeys(changes);
  }

  /** One key exchange, the first or a later one. */
  exchangeKeys(changes: ExchangeChanges = {}): void {
    this.pump();
    const { between = () => [] } = changes;
    for (const each of between('before-kexinit')) this.send(each);
    const ours = kexinit(changes.lists);
    this.send(ours);
    for (const each of between('after-kexinit')) this.send(each);
    if (this.target.isClosed) return;
    const theirs = this.take(20);
    const secret = this.#random(32);
    const ownPublic = changes.publicValue ?? crypto.x25519.publicKey(secret);
    if (this.#parts.role === 'client') this.#asClient({ ours, theirs, secret, ownPublic, changes });
    else this.#asServer({ ours, theirs, secret, ownPublic, changes });
  }

  #asClient({ ours, theirs, secret, ownPublic, changes }: Half): void {
    this.send(payload(30, (writer) => writer.string(ownPublic)));
    if (this.target.isClosed) return;
    const reply = this.take(31);
    const [key, theirPublic] = readStrings(reply.subarray(1));
    if (key === undefined || theirPublic === undefined) throw new Error('a malformed reply');
    const shared = crypto.x25519.sharedSecret(secret, theirPublic) ?? new Uint8Array(32);
    const hash = this.#hash({
      clientInit: ours,
      serverInit: theirs,
      key,
      clientPublic: ownPublic,
      serverPublic: theirPublic,
      shared,
    });
    this.#finish(hash, shared, changes);
  }

  #asServer({ ours, theirs, secret, ownPublic, changes }: Half): void {
    const [theirPublic] = readStrings(this.take(30).subarray(1));
    if (theirPublic === undefined) throw new Error('a malformed value');
    const shared = crypto.x25519.sharedSecret(secret, theirPublic) ?? new Uint8Array(32);
    const { key: privateKey = hostKey } = changes;
    const key = blob(privateKey);
    const hash = this.#hash({
      clientInit: theirs,
      serverInit: ours,
      key,
      clientPublic: theirPublic,
      serverPublic: ownPublic,
      shared,
    });
    const honest = { hostKey: key, signature: sign(privateKey, hash, 'ssh-ed25519') };
    const reply = changes.reply?.(hash) ?? honest;
    this.send(
      payload(31, (writer) => {
        writer.string(reply.hostKey);
        writer.string(ownPublic);
        writer.string(reply.signature);
      }),
    );
    if (!this.target.isClosed) this.#finish(hash, shared, changes);
  }

  #finish(hash: Uint8Array, shared: Uint8Array, changes: ExchangeChanges): void {
    const { between = () => [], strict = this.#wasStrict } = changes;
    this.#wasStrict = strict;
    this.sessionId ??= hash;
    const keyFor = (letter: string): Uint8Array => this.#key(shared, hash, letter);
    const [toServer, toClient] = [keyFor('C'), keyFor('D')].map((key) =>
      crypto.packetCiphers[cipherName].open(key, new Uint8Array(0)),
    );
    for (const each of between('before-newkeys')) this.send(each);
    if (this.target.isClosed) return;
    this.#nextOpening = this.#parts.role === 'client' ? toClient : toServer;
    this.#nextIsStrict = strict;
    this.#parse();
    this.raw(this.seal(payload(21)));
    this.#sealing = this.#parts.role === 'client' ? toServer : toClient;
    if (strict) this.sendSequence = 0;
    this.pump();
  }

  #wasStrict = false;
  #nextIsStrict = false;
  #nextOpening: PacketCipher | undefined;

  #hash(parts: {
    clientInit: Uint8Array;
    serverInit: Uint8Array;
    key: Uint8Array;
    clientPublic: Uint8Array;
    serverPublic: Uint8Array;
    shared: Uint8Array;
  }): Uint8Array {
    const own = utf8Encode(this.#identification);
    const their = utf8Encode(this.#theirIdentification ?? '');
    const isClient = this.#parts.role === 'client';
    const strings = [isClient ? own : their, isClient ? their : own, parts.clientInit, parts.serverInit, parts.key];
    const bytes = encodeWith((writer) => {
      for (const each of [...strings, parts.clientPublic, parts.serverPublic]) writer.string(each);
      writer.raw(mpint(parts.shared));
    });
    return crypto.hashes.sha256.digest(bytes);
  }

  #key(shared: Uint8Array, hash: Uint8Array, letter: string): Uint8Array {
    const secret = mpint(shared);
    const first = crypto.hashes.sha256.digest(concatBytes(secret, hash, utf8Encode(letter), this.sessionId ?? hash));
    return concatBytes(first, crypto.hashes.sha256.digest(concatBytes(secret, hash, first)));
  }

  #parse(): void {
    if (this.#theirIdentification === undefined) {
      const end = this.#buffer.indexOf(10);
      if (end < 0) return;
      this.#theirIdentification = new TextDecoder().decode(this.#buffer.subarray(0, end - 1));
      this.#buffer = this.#buffer.slice(end + 1);
    }
    while (this.#parsePacket());
  }

  #parsePacket(): boolean {
    if (this.#buffer.length < 4) return false;
    const tag = this.#opening === undefined ? 0 : 16;
    const length =
      this.#opening?.readLength(this.#receiveSequence, this.#buffer.slice(0, 4)) ??
      new DataView(this.#buffer.buffer, this.#buffer.byteOffset).getUint32(0);
    if (this.#buffer.length < 4 + length + tag) return false;
    const sealed = this.#buffer.slice(0, 4 + length + tag);
    const packet = this.#opening === undefined ? sealed : this.#opening.unseal(this.#receiveSequence, sealed);
    if (packet === undefined) throw new Error('the target sent a packet that does not open');
    const body = packet.slice(5, packet.length - (packet[4] ?? 0));
    if (body[0] === 21 && this.#nextOpening === undefined) return false;
    this.#buffer = this.#buffer.slice(sealed.length);
    this.#receiveSequence = (this.#receiveSequence + 1) >>> 0;
    if (body[0] === 21) {
      this.#opening = this.#nextOpening;
      this.#nextOpening = undefined;
      if (this.#nextIsStrict) this.#receiveSequence = 0;
    }
    this.incoming.push({ number: body[0] ?? 0, payload: body });
    return true;
  }
}

interface Half {
  readonly ours: Uint8Array;
  readonly theirs: Uint8Array;
  readonly secret: Uint8Array;
  readonly ownPublic: Uint8Array;
  readonly changes: ExchangeChanges;
}

/** All strings of a payload, up to its end. */
export function readStrings(bytes: Uint8Array): readonly Uint8Array[] {
  const strings: Uint8Array[] = [];
  for (let at = 0; at + 4 <= bytes.length;) {
    const size = new DataView(bytes.buffer, bytes.byteOffset + at).getUint32(0);
    strings.push(bytes.slice(at + 4, at + 4 + size));
    at += 4 + size;
  }
  return strings;
}

function mpint(bytes: Uint8Array): Uint8Array {
  const start = bytes.findIndex((value) => value !== 0);
  const digits = start < 0 ? new Uint8Array(0) : bytes.subarray(start);
  const signed = (digits[0] ?? 0) >= 0x80 ? concatBytes(new Uint8Array(1), digits) : digits;
  return encodeWith((writer) => writer.string(signed));
}
