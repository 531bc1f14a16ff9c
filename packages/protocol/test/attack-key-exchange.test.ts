/** SECURITY: before and in key exchange. Attacks by a raw peer on both roles. */
import { concatBytes, utf8Encode, type Writer } from '@seashell/core/wire';
import { describe, expect, test } from 'vitest';
import {
  clientLoggedIn,
  endingOf,
  rawClient,
  rawServer,
  serverLoggedIn,
  type RawClient,
  type RawServer,
} from './attackers.ts';
import { blob, crypto, hostKey, hostRsaKey, makeKey, preferences, sign } from './fixtures.ts';
import { kexinit, ordinaryLists, payload, text, type ExchangeChanges, type Lists } from './raw-peer.ts';

const roles: readonly (readonly [string, () => RawClient | RawServer])[] = [
  ['a server', () => rawClient()],
  ['a client', () => rawServer()],
];
const strictOf: Readonly<Record<string, string>> = {
  'a server': 'kex-strict-c-v00@openssh.com',
  'a client': 'kex-strict-s-v00@openssh.com',
};
const something = (writer: Writer): void => text(writer, 'x');
const number0 = (writer: Writer): void => writer.uint32(0);
const asString = (bytes: Uint8Array): Uint8Array => payload(0, (writer) => writer.string(bytes)).subarray(1);
const zeros = (algorithm: string): Uint8Array =>
  concatBytes(...[utf8Encode(algorithm), new Uint8Array(64)].map(asString));
const relabel = (hash: Uint8Array, label: string): Uint8Array => {
  const honest = sign(hostKey, hash, 'ssh-ed25519');
  return concatBytes(asString(utf8Encode(label)), honest.subarray(4 + 'ssh-ed25519'.length));
};
const exchanged = (peer: RawClient | RawServer): boolean => peer.events.some(({ type }) => type === 'keyExchanged');

describe('identification to a server', () => {
  test.each([
    ['an endless line', `SSH-2.0-${'x'.repeat(300)}`],
    ['SSH-1', 'SSH-1.5-old\r\n'],
    ['NUL', 'SSH-2.0-a\0b\r\n'],
    ['escapes', 'SSH-2.0-\u001b[2J\r\n'],
    ['an HTTP request', 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['no software version', 'SSH-2.0\r\n'],
  ])('%s ends the connection in plain text', (_name, line) => {
    const peer = rawClient();
    peer.raw(utf8Encode(line));
    expect(endingOf(peer)).toBe('identification');
    expect(peer.incoming).toEqual([]);
  });

  test.each(['SSH-2.0-x\n', 'SSH-1.99-x\r\n'])('%j is taken', (line) => {
    const peer = rawClient();
    peer.raw(utf8Encode(line));
    expect(peer.events.map(({ type }) => type)).toEqual(['identified']);
  });
});

describe('identification to a client', () => {
  test('lines before it are told, without their ends', () => {
    const peer = rawServer();
    peer.raw(utf8Encode('hello\r\nthere\nSSH-2.0-x\r\n'));
    expect(peer.events).toMatchObject([{ line: 'hello' }, { line: 'there' }, { identification: 'SSH-2.0-x' }]);
  });

  test.each([
    ['1,025 lines', 'x\r\n'.repeat(1025)],
    ['a line of 8 KiB', 'x'.repeat(8192)],
    ['NUL', 'a\0b\r\n'],
    ['an endless identification', `SSH-2.0-${'x'.repeat(300)}`],
  ])('%s before it ends the connection', (_name, lines) => {
    const peer = rawServer();
    peer.raw(utf8Encode(lines));
    expect(endingOf(peer)).toBe('identification');
  });
});

describe.each(roles)('KEXINIT to %s', (name, begin) => {
  const honest = kexinit();

  function sendInit(init: Uint8Array): RawClient | RawServer {
    const peer = begin();
    peer.identify();
    peer.send(init);
    return peer;
  }

  test('truncated at each byte ends the connection', () => {
    for (let size = 1; size < honest.length; size++) {
      expect(endingOf(sendInit(honest.subarray(0, size)))).toBe('decode');
    }
  });

  test('with trailing bytes ends the connection', () => {
    expect(endingOf(sendInit(concatBytes(honest, new Uint8Array(1))))).toBe('decode');
  });

  test('twice ends the connection', () => {
    const peer = sendInit(honest);
    peer.send(honest);
    expect(endingOf(peer)).toBe('unexpected-message');
  });

  test('with 32,000 commas ends the connection', () => {
    expect(endingOf(sendInit(kexinit({ kex: ','.repeat(32_000) })))).toBe('decode');
  });

  test.each(['kex', 'hostKey', 'cipher', 'compression'] satisfies (keyof Lists)[])(
    'without a common %s tells what was offered',
    (kind) => {
      const ending = sendInit(kexinit({ [kind]: 'x,y' })).events.at(-1);
      expect(ending).toMatchObject({
        type: 'disconnected',
        reason: 3,
        error: { code: 'no-common-algorithm', detail: { algorithmKind: kind, theirOffer: 'x,y' } },
      });
    },
  );

  test('without a common MAC ends the connection only where the cipher needs one', () => {
    expect(endingOf(sendInit(kexinit({ mac: 'x', cipher: 'aes128-ctr' })))).toBe('no-common-algorithm');
    expect(endingOf(sendInit(kexinit({ mac: 'x' })))).toBeUndefined();
  });

  test('that lists a pseudo-algorithm of the other side does not make it a key exchange', () => {
    const pseudo = 'ext-info-c,ext-info-s,kex-strict-c-v00@openssh.com,kex-strict-s-v00@openssh.com';
    expect(endingOf(sendInit(kexinit({ kex: pseudo })))).toBe('no-common-algorithm');
  });

  test('NEWKEYS before any secret ends the connection', () => {
    const peer = sendInit(honest);
    peer.send(payload(21));
    expect(endingOf(peer)).toBe('unexpected-message');
    expect(exchanged(peer)).toBe(false);
  });

  test('IGNORE and DEBUG in the gaps are taken without strict key exchange', () => {
    const peer = begin();
    const noise = [payload(2, (writer) => text(writer, 'x'))];
    peer.exchange({ between: () => noise });
    expect(exchanged(peer)).toBe(true);
    expect(peer.events.find((event) => event.type === 'keyExchanged')).toMatchObject({ algorithms: { strict: false } });
  });

  test('strict key exchange is agreed upon when both offer it', () => {
    const peer = begin();
    peer.exchange({ lists: { kex: `${ordinaryLists.kex},${strictOf[name]}` }, strict: true });
    expect(peer.events.find((event) => event.type === 'keyExchanged')).toMatchObject({ algorithms: { strict: true } });
    peer.send(payload(2, (writer) => text(writer, 'x')));
    expect(endingOf(peer)).toBeUndefined();
  });

  const messages = {
    IGNORE: payload(2, something),
    UNIMPLEMENTED: payload(3, number0),
    DEBUG: payload(4, (writer) => {
      writer.byte(0);
      text(writer, 'x');
      text(writer, '');
    }),
    SERVICE_REQUEST: payload(5, something),
    SERVICE_ACCEPT: payload(6, something),
    EXT_INFO: payload(7, number0),
    USERAUTH_SUCCESS: payload(52),
    unknown: payload(200),
  };
  const gaps = ['before-kexinit', 'after-kexinit', 'before-newkeys'] as const;
  const cases = gaps.flatMap((gap) => Object.entries(messages).map(([message, noise]) => ({ gap, message, noise })));

  test.each(cases)('with strict key exchange $message $gap ends the connection', ({ gap, noise }) => {
    const peer = begin();
    const changes: ExchangeChanges = {
      lists: { kex: `${ordinaryLists.kex},${strictOf[name]}` },
      strict: true,
      between: (at) => (at === gap ? [noise] : []),
    };
    peer.exchange(changes);
    expect(['strict-kex', 'unexpected-message']).toContain(endingOf(peer));
    expect(exchanged(peer)).toBe(false);
  });

  test.each([true, false])('Terrapin (CVE-2023-48795): a packet taken out, with strict=%s', (strict) => {
    const peer = begin();
    const noise = payload(2, (writer) => text(writer, 'x'));
    peer.exchange({
      strict,
      ...(strict ? { lists: { kex: `${ordinaryLists.kex},${strictOf[name]}` } } : {}),
      between: (gap) => (gap === 'before-newkeys' && !strict ? [noise] : []),
    });
    // The attacker put one packet in before NEWKEYS, and takes out the first one after it.
    peer.seal(noise);
    peer.raw(concatBytes(peer.seal(noise), new Uint8Array(300_000)));
    expect(['mac', 'packet-length']).toContain(endingOf(peer));
  });
});

const wrongGuess = (kex: string = ordinaryLists.kex): RawClient => {
  const peer = rawClient();
  peer.identify();
  peer.send(kexinit({ kex: `mlkem768x25519-sha256x,${kex}` }, true));
  return peer;
};

describe('a guess of the client', () => {
  test('that is wrong is ignored', () => {
    const peer = rawClient();
    peer.identify();
    peer.send(kexinit({ kex: `mlkem768x25519-sha256x,${ordinaryLists.kex}` }, true));
    peer.send(payload(30, (writer) => writer.string(new Uint8Array(3))));
    expect(endingOf(peer)).toBeUndefined();
    peer.send(payload(30, (writer) => writer.string(crypto.x25519.publicKey(new Uint8Array(32).fill(7)))));
    expect(peer.incoming.map(({ number }) => number)).toContain(31);
  });

  const honestValue = payload(30, (writer) => writer.string(crypto.x25519.publicKey(new Uint8Array(32).fill(7))));

  test('that is wrong is no cover for DISCONNECT', () => {
    const peer = wrongGuess();
    peer.send(payload(1, (writer) => [writer.uint32(11), text(writer, 'bye'), text(writer, '')]));
    expect(endingOf(peer)).toBe('remote');
  });

  test.each([
    ['KEXINIT', kexinit()],
    ['NEWKEYS', payload(21)],
    ['SERVICE_REQUEST', payload(5, something)],
    ['an unknown message', payload(200)],
  ])('that is wrong is no cover for %s', (_name, message) => {
    const peer = wrongGuess();
    peer.send(message);
    expect(endingOf(peer)).toBe('unexpected-message');
  });

  test('that is wrong is still to come after IGNORE, and IGNORE does not use it up', () => {
    const peer = wrongGuess();
    peer.send(payload(2, something));
    peer.send(payload(30, (writer) => writer.string(new Uint8Array(3))));
    peer.send(honestValue);
    expect(peer.incoming.map(({ number }) => number)).toContain(31);
  });

  test.each([
    ['IGNORE', payload(2, something)],
    ['UNIMPLEMENTED', payload(3, number0)],
  ])('that is wrong is no cover for %s in strict key exchange', (_name, message) => {
    const peer = wrongGuess(`${ordinaryLists.kex},kex-strict-c-v00@openssh.com`);
    peer.send(message);
    expect(endingOf(peer)).toBe('strict-kex');
  });

  test('that is right is used', () => {
    const algorithms = preferences('10', { kex: [ordinaryLists.kex] });
    const peer = rawClient({ algorithms });
    peer.identify();
    peer.send(kexinit({}, true));
    peer.send(payload(30, (writer) => writer.string(crypto.x25519.publicKey(new Uint8Array(32).fill(7)))));
    expect(peer.incoming.map(({ number }) => number)).toContain(31);
  });
});

const rekeyingRoles: readonly (readonly [string, () => RawClient | RawServer])[] = [
  ['a server', () => clientLoggedIn()],
  ['a client', () => serverLoggedIn()],
];

const ping = (size: number): Uint8Array => payload(192, (writer) => writer.string(new Uint8Array(size)));

describe.each(rekeyingRoles)('while the rekey of %s waits for the peer', (_name, begin) => {
  const rekeying = (): RawClient | RawServer => {
    const peer = begin();
    peer.target.send({ type: 'rekey' }, 0);
    peer.pump();
    return peer;
  };

  test('pings are answered after it, in their order', () => {
    const peer = rekeying();
    const sizes = [10_000, 90_000, 20_000, 80_000];
    for (const size of sizes) peer.send(ping(size));
    expect(peer.target.wantsInput).toBe(true);
    expect(peer.incoming.map(({ number }) => number)).not.toContain(193);
    peer.exchangeKeys();
    const pongs = peer.incoming.filter(({ number }) => number === 193);
    expect(pongs.map((pong) => pong.payload.length - 5)).toEqual(sizes);
    expect(endingOf(peer)).toBeUndefined();
  });

  test('more pings than may wait end the connection and never stall it', () => {
    const peer = rekeying();
    for (let sent = 0; sent < 100 && !peer.target.isClosed; sent++) {
      expect(peer.target.wantsInput).toBe(true);
      peer.send(ping(10_000));
    }
    expect(endingOf(peer)).toBe('limit');
  });

  test('answers that nobody took before it do not stall it', () => {
    const peer = begin();
    for (let sent = 0; sent < 100 && peer.target.wantsInput; sent++) peer.target.receive(peer.seal(ping(10_000)), 0);
    expect(peer.target.wantsInput).toBe(false);
    peer.target.send({ type: 'rekey' }, 0);
    peer.pump();
    expect(peer.target.wantsInput).toBe(true);
    peer.exchangeKeys();
    expect(peer.events.filter(({ type }) => type === 'keyExchanged').length).toBe(2);
  });
});

/** Points of small order on curve25519 and its twist (RFC 7748 6.1, and the list of its authors' paper), little-endian. */
const lowOrderPoints = [
  '00'.repeat(32),
  `01${'00'.repeat(31)}`,
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  `ec${'ff'.repeat(30)}7f`,
  `ed${'ff'.repeat(30)}7f`,
  `ee${'ff'.repeat(30)}7f`,
];
const fromHex = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));

describe.each(roles)('the public value to %s', (_name, begin) => {
  const values: readonly (readonly [string, Uint8Array])[] = [
    ['empty', new Uint8Array(0)],
    ['short', new Uint8Array(31).fill(9)],
    ['long', new Uint8Array(33).fill(9)],
    ['of 30 KB', new Uint8Array(30_000).fill(9)],
    ...lowOrderPoints.map((hex) => [`of low order ${hex.slice(0, 8)}`, fromHex(hex)] as const),
  ];
  test.each(values)('%s ends the connection', (_kind, publicValue) => {
    const peer = begin();
    peer.exchange({ publicValue });
    expect(endingOf(peer)).toBe('key-exchange');
    expect(exchanged(peer)).toBe(false);
  });
});

describe('mlkem768x25519-sha256', () => {
  const lists = { kex: 'mlkem768x25519-sha256' };
  const point = crypto.x25519.publicKey(new Uint8Array(32).fill(7));

  function toServer(value: Uint8Array): RawClient {
    const peer = rawClient();
    peer.identify();
    peer.send(kexinit(lists));
    peer.send(payload(30, (writer) => writer.string(value)));
    return peer;
  }

  test.each([
    ['empty', new Uint8Array(0)],
    ['of ML-KEM alone', new Uint8Array(1184)],
    ['one byte short', new Uint8Array(1215)],
    ['one byte long', new Uint8Array(1217)],
    ['with a key that is not reduced', concatBytes(new Uint8Array(1184).fill(0xff), point)],
    [
      'with a curve25519 half of zeros',
      concatBytes(crypto.mlkem768.keyPair(new Uint8Array(64)).publicKey, new Uint8Array(32)),
    ],
  ])('a client value %s ends the connection of a server', (_kind, value) => {
    expect(endingOf(toServer(value))).toBe('key-exchange');
  });

  test.each([
    ['empty', new Uint8Array(0)],
    ['with a ciphertext one byte short', concatBytes(new Uint8Array(1087), point)],
    ['with a curve25519 half of zeros', new Uint8Array(1120)],
  ])('a server value %s ends the connection of a client', (_kind, value) => {
    const peer = rawServer();
    peer.identify();
    peer.send(kexinit(lists));
    peer.send(
      payload(31, (writer) => {
        writer.string(blob(hostKey));
        writer.string(value);
        writer.string(sign(hostKey, value, 'ssh-ed25519'));
      }),
    );
    expect(endingOf(peer)).toBe('key-exchange');
  });
});

describe('the host key and its signature to a client', () => {
  const other = makeKey('ssh-ed25519', 'another host');
  const replies: Readonly<Record<string, NonNullable<ExchangeChanges['reply']>>> = {
    'an empty signature': () => ({ hostKey: blob(hostKey), signature: new Uint8Array(0) }),
    'a signature of zeros': () => ({ hostKey: blob(hostKey), signature: zeros('ssh-ed25519') }),
    'a wrong signature': (hash) => ({ hostKey: blob(hostKey), signature: flip(sign(hostKey, hash, 'ssh-ed25519')) }),
    'a signature by another key': (hash) => ({ hostKey: blob(hostKey), signature: sign(other, hash, 'ssh-ed25519') }),
    'a signature over another hash': () => ({
      hostKey: blob(hostKey),
      signature: sign(hostKey, utf8Encode('x'), 'ssh-ed25519'),
    }),
    'the label of another algorithm': (hash) => ({ hostKey: blob(hostKey), signature: relabel(hash, 'rsa-sha2-512') }),
    'a key of another type': (hash) => ({
      hostKey: blob(hostRsaKey),
      signature: sign(hostRsaKey, hash, 'rsa-sha2-512'),
    }),
    'a key with a trailing byte': (hash) => ({
      hostKey: concatBytes(blob(hostKey), new Uint8Array(1)),
      signature: sign(hostKey, hash, 'ssh-ed25519'),
    }),
    'an empty key': (hash) => ({ hostKey: new Uint8Array(0), signature: sign(hostKey, hash, 'ssh-ed25519') }),
  };

  test.each(Object.keys(replies))('%s ends the connection without a question', (kind) => {
    const peer = rawServer();
    const reply = replies[kind];
    peer.exchange(reply === undefined ? {} : { reply });
    expect(['host-key-signature', 'decode']).toContain(endingOf(peer));
    expect(peer.events.some(({ type }) => type === 'hostKeyReceived')).toBe(false);
  });

  test('ssh-rsa where rsa-sha2-512 was agreed ends the connection', () => {
    const peer = rawServer({ algorithms: preferences('10', { hostKey: ['rsa-sha2-512', 'ssh-rsa'] }) });
    peer.exchange({
      lists: { hostKey: 'rsa-sha2-512' },
      reply: (hash) => ({ hostKey: blob(hostRsaKey), signature: sign(hostRsaKey, hash, 'ssh-rsa') }),
    });
    expect(endingOf(peer)).toBe('host-key-signature');
  });

  test('another host key in a rekey ends the connection', () => {
    const peer = rawServer();
    peer.exchange();
    expect(exchanged(peer)).toBe(true);
    peer.exchangeKeys({ key: other });
    expect(endingOf(peer)).toBe('host-key-changed');
  });

  test('the same host key in a rekey is not asked about again', () => {
    const peer = rawServer();
    peer.exchange();
    peer.exchangeKeys();
    expect(peer.events.filter(({ type }) => type === 'keyExchanged').length).toBe(2);
    expect(peer.events.filter(({ type }) => type === 'hostKeyReceived').length).toBe(1);
  });
});

function flip(bytes: Uint8Array): Uint8Array {
  const flipped = bytes.slice();
  flipped[flipped.length - 1] = (flipped.at(-1) ?? 0) ^ 1;
  return flipped;
}
