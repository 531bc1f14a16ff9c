/** A client and a server of ours in memory: handshake, authentication, channels, rekeying, trace. */
import { simulatedAuthenticator } from '@seashell/core/keys';
import { concatBytes, utf8Encode } from '@seashell/core/wire';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ClientAuthenticationMethod, ServerEvent, TraceEntry } from '../src/index.ts';
import { blob, hostKeys, makeClient, makeServer, preferences, userKey } from './fixtures.ts';
import { ordinaryServer, Pair } from './pair.ts';
import { play, recordVisit, visitor } from './recording.ts';

const key = blob(userKey);
const publickey = (step: 'query' | 'sign', algorithm = 'ssh-ed25519'): ClientAuthenticationMethod => ({
  type: 'publickey',
  step,
  algorithm,
  key,
});

function attempt(pair: Pair, method: ClientAuthenticationMethod): void {
  pair.tellClient({ type: 'authenticate', user: 'demo', method });
}

const random = (sizeBytes: number) => new Uint8Array(sizeBytes).fill(7);

const exchanges = (pair: Pair): number => pair.clientEvents.filter(({ type }) => type === 'keyExchanged').length;

/** Each piece is cut by itself: what answers our words cannot come before them. */
function cut(whole: readonly Uint8Array[], sizes: readonly number[]): readonly Uint8Array[] {
  let index = 0;
  return whole.flatMap((bytes) => {
    const pieces: Uint8Array[] = [];
    for (let at = 0; at < bytes.length;) {
      const size = sizes[index++ % sizes.length] ?? 1;
      pieces.push(bytes.subarray(at, at + size));
      at += size;
    }
    return pieces;
  });
}

describe('key exchange', () => {
  test('of two 10s is strict, by mlkem768x25519-sha256 and chacha20-poly1305, with extensions both ways', () => {
    const pair = new Pair();
    pair.settle();
    const exchanged = pair.clientEvents.find((event) => event.type === 'keyExchanged');
    expect(exchanged?.algorithms).toMatchObject({
      kex: 'mlkem768x25519-sha256',
      hostKey: 'ssh-ed25519',
      clientToServer: { cipher: 'chacha20-poly1305@openssh.com', mac: '<implicit>' },
      postQuantum: true,
      strict: true,
    });
    expect(pair.clientEvents.find((event) => event.type === 'extensions')).toMatchObject({
      serverSignatureAlgorithms: ['ssh-ed25519', 'sk-ssh-ed25519@openssh.com', 'rsa-sha2-512', 'rsa-sha2-256'],
    });
    expect(pair.serverEvents.find((event) => event.type === 'extensions')?.entries[0]?.name).toBe(
      'ext-info-in-auth@openssh.com',
    );
  });

  test('of a 10 and a 6.6 is not strict, not post-quantum, and knows no extensions', () => {
    const algorithms = preferences('6.6');
    const pair = new Pair({ server: makeServer({ algorithms, identification: 'SSH-2.0-OpenSSH_6.6' }) });
    pair.settle();
    expect(pair.clientEvents.find((event) => event.type === 'keyExchanged')?.algorithms).toMatchObject({
      kex: 'curve25519-sha256@libssh.org',
      postQuantum: false,
      strict: false,
    });
    expect(pair.clientEvents.some(({ type }) => type === 'extensions')).toBe(false);
  });

  test('waits for the owner: no answer about the host key, no further word', () => {
    const pair = new Pair({ answerClient: () => [] });
    pair.settle();
    expect(pair.clientEvents.at(-1)?.type).toBe('hostKeyReceived');
    expect(pair.client.wantsInput).toBe(false);
    expect(pair.client.nextTimeout()).toBeUndefined();
    pair.tellClient({ type: 'acceptHostKey' });
    expect(pair.clientEvents.at(-1)?.type).toBe('authenticationReady');
  });

  test('a refused host key ends both sides with its reason', () => {
    const pair = new Pair({ answerClient: () => [] });
    pair.settle();
    pair.tellClient({ type: 'disconnect', reason: 9, description: 'no' });
    expect(pair.clientEvents.at(-1)).toMatchObject({ type: 'disconnected', by: 'local', reason: 9 });
    expect(pair.serverEvents.at(-1)).toMatchObject({
      type: 'disconnected',
      by: 'remote',
      reason: 9,
      description: 'no',
    });
  });

  test('a line or a packet that is not whole asks for no timeout', () => {
    const server = makeServer();
    server.receive(utf8Encode('SSH-2.0-x'), 5);
    expect(server.nextTimeout()).toBeUndefined();
    server.receive(utf8Encode('\r\n\0\0\0'), 6);
    expect(server.nextTimeout()).toBeUndefined();
    expect(server.wantsInput).toBe(true);
  });
});

describe('authentication', () => {
  test('none tells the methods', () => {
    const pair = new Pair();
    pair.settle();
    attempt(pair, { type: 'none' });
    expect(pair.clientEvents.at(-1)).toMatchObject({ methods: ['publickey', 'password'], partialSuccess: false });
  });

  test('a key is asked about, then signs', () => {
    const pair = new Pair();
    pair.settle();
    attempt(pair, publickey('query'));
    expect(pair.clientEvents.at(-1)).toMatchObject({ type: 'publicKeyAccepted', algorithm: 'ssh-ed25519' });
    attempt(pair, publickey('sign'));
    expect(pair.clientEvents.at(-1)).toEqual({ type: 'authenticationSucceeded', user: 'demo', method: 'publickey' });
    expect(pair.serverEvents.at(-1)).toEqual({ type: 'authenticationSucceeded', user: 'demo', method: 'publickey' });
  });

  test('a signature that is not to be had gives the attempt up, and another may follow', () => {
    const pair = new Pair({
      answerClient: (event) =>
        event.type === 'hostKeyReceived'
          ? [{ type: 'acceptHostKey' }]
          : event.type === 'signatureWanted'
            ? [{ type: 'refuseSignature' }]
            : [],
    });
    pair.settle();
    attempt(pair, publickey('sign'));
    expect(pair.serverEvents.some(({ type }) => type === 'authenticationRequested')).toBe(false);
    attempt(pair, { type: 'password', password: 'seashell' });
    expect(pair.clientEvents.at(-1)?.type).toBe('authenticationSucceeded');
  });

  test.each([0, 1, 5])('what an authenticator says goes with its signature: flags %i', (flags) => {
    const device = simulatedAuthenticator(random(32));
    const held = { ...device.enroll({ type: 'sk-ssh-ed25519@openssh.com', random }), flags };
    const pair = new Pair({
      answerClient(event) {
        if (event.type === 'hostKeyReceived') return [{ type: 'acceptHostKey' }];
        if (event.type !== 'signatureWanted') return [];
        const signature = device.sign({ key: held, message: event.data, counter: 3 });
        return signature === undefined ? [] : [{ type: 'provideSignature', signature }];
      },
    });
    pair.settle();
    attempt(pair, { type: 'publickey', step: 'sign', algorithm: held.type, key: blob(held) });
    const requested = pair.serverEvents.find(({ type }) => type === 'authenticationRequested');
    const statement = { userPresent: (flags & 1) !== 0, userVerified: (flags & 4) !== 0, counter: 3 };
    expect(requested).toMatchObject({ offered: { method: 'publickey', step: 'signature', statement } });
  });

  test('a banner comes before the answer', () => {
    const pair = new Pair({
      answerServer: (event: ServerEvent) =>
        event.type === 'authenticationRequested'
          ? [{ type: 'banner', message: 'welcome\n' }, ...ordinaryServer(event)]
          : ordinaryServer(event),
    });
    pair.logIn();
    expect(pair.clientEvents.slice(-2)).toMatchObject([{ message: 'welcome\n' }, { type: 'authenticationSucceeded' }]);
  });
});

describe('a session', () => {
  const requests = [
    {
      name: 'pty-req',
      terminal: 'xterm',
      columns: 80,
      rows: 24,
      widthPixels: 0,
      heightPixels: 0,
      modes: [{ opcode: 53, value: 1 }],
    },
    { name: 'env', variable: 'LANG', value: 'C.UTF-8' },
    { name: 'shell' },
    { name: 'exec', command: 'echo é' },
    { name: 'subsystem', subsystem: 'sftp' },
    { name: 'window-change', columns: 100, rows: 30, widthPixels: 0, heightPixels: 0 },
    { name: 'signal', signal: 'INT' },
    { name: 'break', lengthMilliseconds: 500 },
    { name: 'eow@openssh.com' },
  ] as const;

  test.each(requests)('carries the request $name', (request) => {
    const pair = new Pair();
    pair.logIn();
    const channel = pair.openSession();
    pair.tellClient({ type: 'channelRequest', channel, request, wantReply: true });
    expect(pair.serverEvents.at(-1)).toEqual({ type: 'channelRequest', channel, request, wantReply: true });
    expect(pair.clientEvents.at(-1)).toEqual({ type: 'channelRequestAnswered', channel, success: true });
  });

  test('carries the exit status or signal, then closes on both sides', () => {
    const pair = new Pair();
    pair.logIn();
    const channel = pair.openSession();
    const exit = { name: 'exit-signal', signal: 'KILL', coreDumped: false, message: '', language: '' } as const;
    pair.tellServer({ type: 'channelRequest', channel, request: exit, wantReply: false });
    pair.tellServer({ type: 'eof', channel });
    pair.tellServer({ type: 'closeChannel', channel });
    pair.tellClient({ type: 'closeChannel', channel });
    expect(pair.clientEvents.slice(-4)).toEqual([
      { type: 'channelRequest', channel, request: exit, wantReply: false },
      { type: 'eof', channel },
      { type: 'closeReceived', channel },
      { type: 'channelClosed', channel },
    ]);
    expect(pair.serverEvents.at(-1)).toEqual({ type: 'channelClosed', channel });
  });

  test('sends what the window allows, and more once the peer has consumed it', () => {
    const pair = new Pair();
    pair.logIn();
    const channel = pair.openSession();
    const window = pair.server.sendable(channel);
    expect(window).toBe(2 * 1024 * 1024);
    pair.tellServer({ type: 'data', channel, bytes: new Uint8Array(window) });
    expect(pair.server.sendable(channel)).toBe(0);
    pair.tellClient({ type: 'consume', channel, bytes: window });
    expect(pair.server.sendable(channel)).toBe(window);
    expect(pair.serverEvents.at(-1)).toEqual({ type: 'sendable', channel, bytes: window });
  });

  test('stderr arrives apart from stdout', () => {
    const pair = new Pair();
    pair.logIn();
    const channel = pair.openSession();
    pair.tellServer({ type: 'data', channel, bytes: utf8Encode('e'), stream: 'stderr' });
    pair.tellServer({ type: 'data', channel, bytes: utf8Encode('o') });
    expect(pair.clientEvents.slice(-2)).toMatchObject([{ stream: 'stderr' }, { stream: 'stdout' }]);
  });

  test('keepalive is answered, ping too, and host keys are announced and proved', () => {
    const pair = new Pair();
    pair.logIn();
    pair.tellClient({ type: 'keepalive' });
    expect(pair.clientEvents.at(-1)).toEqual({ type: 'keepaliveAnswered' });
    pair.tellClient({ type: 'ping', data: utf8Encode('x') });
    expect(pair.clientEvents.at(-1)).toEqual({ type: 'pong', data: utf8Encode('x') });
    const keys = hostKeys.map((each) => blob(each));
    pair.tellServer({ type: 'announceHostKeys', keys });
    expect(pair.clientEvents.at(-1)).toEqual({ type: 'hostKeysAnnounced', keys });
    pair.tellClient({ type: 'proveHostKeys', keys });
    expect(pair.clientEvents.at(-1)).toEqual({ type: 'hostKeysProved', keys });
    pair.tellClient({ type: 'proveHostKeys', keys: [key] });
    expect(pair.clientEvents.at(-1)).toEqual({ type: 'hostKeysProved', keys: [] });
  });
});

describe('the end of the stream', () => {
  test('comes after what was said before it, however much that is', () => {
    const pair = new Pair({ client: makeClient({ limits: { waitingEvents: 10 } }) });
    pair.logIn();
    const channel = pair.openSession();
    for (let sent = 0; sent < 100; sent++) {
      pair.server.send({ type: 'data', channel, bytes: utf8Encode('x') }, pair.now);
    }
    pair.server.send({ type: 'disconnect', reason: 11, description: 'bye' }, pair.now);
    pair.client.receive(pair.server.takeOutput(), pair.now);
    pair.client.receiveEnd(pair.now);
    expect(pair.client.isClosed).toBe(false);
    pair.settle();
    expect(pair.clientEvents.filter(({ type }) => type === 'data').length).toBe(100);
    expect(pair.clientEvents.at(-1)).toMatchObject({ type: 'disconnected', by: 'remote', description: 'bye' });
  });

  test('waits while a question is open and more has come', () => {
    const pair = new Pair({ answerClient: () => [] });
    pair.settle();
    pair.client.receiveEnd(pair.now);
    pair.client.takeOutput();
    const last = pair.client.takeEvents().at(-1);
    expect(last).toBeUndefined();
    pair.tellClient({ type: 'acceptHostKey' });
    expect(pair.clientEvents.at(-1)).toMatchObject({ type: 'disconnected', by: 'transport' });
  });

  test('is told at once when the peer has said nothing', () => {
    const client = makeClient();
    client.receiveEnd(0);
    expect(client.takeEvents()).toMatchObject([{ type: 'disconnected', error: { code: 'connection-lost' } }]);
  });
});

describe('data under way', () => {
  test('that nobody takes does not stop the reading', () => {
    const pair = new Pair();
    pair.logIn();
    const channel = pair.openSession();
    pair.client.send({ type: 'data', channel, bytes: new Uint8Array(1_000_000) }, pair.now);
    expect(pair.client.wantsInput).toBe(true);
  });
});

describe('rekeying', () => {
  test.each(['client', 'server', 'both'])('by %s keeps the session and its data', (who) => {
    const pair = new Pair();
    pair.logIn();
    const channel = pair.openSession();
    if (who !== 'server') pair.client.send({ type: 'rekey' }, pair.now);
    if (who !== 'client') pair.server.send({ type: 'rekey' }, pair.now);
    pair.settle();
    expect(exchanges(pair)).toBe(2);
    const [first, second] = pair.clientEvents.filter((event) => event.type === 'keyExchanged');
    expect(second?.sessionId).toEqual(first?.sessionId);
    pair.tellClient({ type: 'data', channel, bytes: utf8Encode('after') });
    expect(pair.serverEvents.at(-1)).toMatchObject({ type: 'data', bytes: utf8Encode('after') });
  });

  test('holds data back while it runs, and requests keep their order', () => {
    const pair = new Pair();
    pair.logIn();
    const channel = pair.openSession();
    pair.client.send({ type: 'rekey' }, pair.now);
    expect(pair.client.sendable(channel)).toBe(0);
    const request = { name: 'shell' } as const;
    pair.client.send({ type: 'channelRequest', channel, request, wantReply: true }, pair.now);
    pair.settle();
    expect(pair.client.sendable(channel)).toBeGreaterThan(0);
    expect(pair.serverEvents.at(-1)).toMatchObject({ type: 'channelRequest', request });
  });

  test('begins by itself after so many bytes', () => {
    const pair = new Pair({ client: makeClient({ rekeyBytes: 100_000 }) });
    pair.logIn();
    const channel = pair.openSession();
    pair.tellClient({ type: 'data', channel, bytes: new Uint8Array(150_000) });
    expect(exchanges(pair)).toBe(2);
  });

  test('begins by itself after so much time', () => {
    const pair = new Pair({ server: makeServer({ rekeyMilliseconds: 3_600_000 }) });
    pair.logIn();
    const due = pair.server.nextTimeout() ?? 0;
    expect(due).toBeGreaterThanOrEqual(3_600_000);
    pair.now = due;
    pair.server.advance(due);
    pair.settle();
    expect(exchanges(pair)).toBe(2);
  });
});

describe('bytes', () => {
  test('the same seeds and inputs give the same bytes', () => {
    const [one, two] = [recordVisit({}), recordVisit({})];
    expect(concatBytes(...one.client)).toEqual(concatBytes(...two.client));
    expect(concatBytes(...one.server)).toEqual(concatBytes(...two.server));
  });

  test('any chunking gives the same events, on both sides', () => {
    const algorithms = preferences('10', { kex: ['curve25519-sha256'] });
    const client = (): ReturnType<typeof makeClient> => makeClient({ algorithms });
    const server = (): ReturnType<typeof makeServer> => makeServer({ algorithms });
    const visit = recordVisit({ client: client(), server: server() });
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 20 }), (sizes) => {
        expect(play(client(), cut(visit.server, sizes), visitor)).toEqual(visit.pair.clientEvents);
        expect(play(server(), cut(visit.client, sizes), ordinaryServer)).toEqual(visit.pair.serverEvents);
      }),
      { numRuns: 40 },
    );
    expect(play(server(), cut(visit.client, [1]), ordinaryServer)).toEqual(visit.pair.serverEvents);
  });
});

describe('the trace', () => {
  test('has every packet with its number, name, keys and spans, on both sides alike', () => {
    const traces: Record<'client' | 'server', TraceEntry[]> = { client: [], server: [] };
    recordVisit({
      client: makeClient({ trace: (entry) => traces.client.push(entry) }),
      server: makeServer({ trace: (entry) => traces.server.push(entry) }),
    });
    const packets = (role: 'client' | 'server', direction: 'sent' | 'received'): unknown[] =>
      traces[role].flatMap((entry) =>
        entry.type === 'packet' && entry.direction === direction
          ? [[entry.sequenceNumber, entry.name, entry.cipher, entry.plain, entry.sealed]]
          : [],
      );
    expect(packets('client', 'sent')).toEqual(packets('server', 'received'));
    expect(packets('server', 'sent')).toEqual(packets('client', 'received'));
    const names = traces.client.flatMap((entry) => (entry.type === 'packet' ? [entry.name] : []));
    expect(names.slice(0, 6)).toEqual(['KEXINIT', 'KEXINIT', 'KEX_ECDH_INIT', 'KEX_ECDH_REPLY', 'NEWKEYS', 'EXT_INFO']);
    const kexinit = traces.client.find((entry) => entry.type === 'packet');
    expect(kexinit?.type === 'packet' ? kexinit.spans().map(({ path }) => path) : []).toContain('kexinit.cookie');
    const states = traces.client.flatMap((entry) => (entry.type === 'state' ? [`${entry.layer} ${entry.state}`] : []));
    expect(states.slice(0, 3)).toEqual(['transport identification', 'transport key-exchange', 'transport encrypted']);
  });

  test('does not change the bytes', () => {
    const traced = recordVisit({ client: makeClient({ trace: () => undefined }) });
    expect(traced.client).toEqual(recordVisit({}).client);
  });
});
