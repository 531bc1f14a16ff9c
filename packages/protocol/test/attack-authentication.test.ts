/** SECURITY: authentication. Attacks by a raw peer on a server and on a client. */
import { encodeWith, utf8Encode } from '@seashell/core/wire';
import { describe, expect, test } from 'vitest';
import {
  channelOpen,
  clientInService,
  clientLoggedIn,
  endingOf,
  passwordRequest,
  rawClient,
  rawServer,
  serverInService,
  serverLoggedIn,
  serviceRequest,
  type RawClient,
} from './attackers.ts';
import { blob, hostRsaKey, makeKey, sign, userKey } from './fixtures.ts';
import { payload, text } from './raw-peer.ts';

const isIn = (peer: { readonly events: readonly { readonly type: string }[] }): boolean =>
  peer.events.some(({ type }) => type === 'authenticationSucceeded');

function request(method: string, fields: Uint8Array, user = 'demo', service = 'ssh-connection'): Uint8Array {
  return payload(50, (writer) => {
    for (const each of [user, service, method]) text(writer, each);
    writer.raw(fields);
  });
}

interface Signing {
  readonly sessionId?: Uint8Array;
  readonly user?: string;
  readonly service?: string;
  readonly signedUser?: string;
  readonly algorithm?: string;
  readonly signedAlgorithm?: string;
  readonly key?: Uint8Array;
  readonly damage?: boolean;
}

/** A publickey request with a signature, honest but for what is named. */
function signedRequest(peer: RawClient, changes: Signing = {}): Uint8Array {
  const { user = 'demo', service = 'ssh-connection', algorithm = 'ssh-ed25519', key = blob(userKey) } = changes;
  const data = encodeWith((writer) => {
    writer.string(changes.sessionId ?? peer.sessionId ?? new Uint8Array(0));
    writer.byte(50);
    for (const each of [changes.signedUser ?? user, service, 'publickey']) text(writer, each);
    writer.byte(1);
    text(writer, changes.signedAlgorithm ?? algorithm);
    writer.string(key);
  });
  const signature = sign(userKey, data, 'ssh-ed25519');
  if (changes.damage === true) signature[signature.length - 40] = (signature.at(-40) ?? 0) ^ 1;
  const fields = encodeWith((writer) => {
    writer.byte(1);
    text(writer, algorithm);
    writer.string(key);
    writer.string(signature);
  });
  return request('publickey', fields, user, service);
}

/** A raw client after key exchange. */
function inKeys(): RawClient {
  const peer = rawClient();
  peer.exchange();
  return peer;
}

describe('to a server before authentication', () => {
  test.each([
    ['CHANNEL_OPEN (CVE-2025-32433)', channelOpen()],
    ['a global request', payload(80, (writer) => [text(writer, 'tcpip-forward'), writer.byte(1)])],
    [
      'a channel request (CVE-2025-32433)',
      payload(98, (writer) => [writer.uint32(0), text(writer, 'exec'), writer.byte(1), text(writer, 'id')]),
    ],
    ['channel data', payload(94, (writer) => [writer.uint32(0), text(writer, 'id')])],
    ['USERAUTH_SUCCESS (CVE-2018-10933)', payload(52)],
    ['USERAUTH_FAILURE', payload(51, (writer) => [text(writer, ''), writer.byte(0)])],
    ['INFO_RESPONSE unasked', payload(61, (writer) => writer.uint32(0))],
    ['INFO_RESPONSE with 2^32-1 answers', payload(61, (writer) => writer.uint32(2 ** 32 - 1))],
    ['SERVICE_ACCEPT', payload(6, (writer) => text(writer, 'ssh-userauth'))],
    ['PK_OK', payload(60, (writer) => [text(writer, 'ssh-ed25519'), writer.string(blob(userKey))])],
  ])('%s does not let in', (_name, message) => {
    for (const begin of [clientInService, inKeys]) {
      const peer = begin();
      peer.send(message);
      expect(isIn(peer)).toBe(false);
      expect(peer.events.some(({ type }) => type === 'channelOpenRequested' || type === 'channelRequest')).toBe(false);
      expect(peer.incoming.every(({ number }) => number < 80 && number !== 52)).toBe(true);
    }
  });

  test('a request without service ends the connection', () => {
    const peer = inKeys();
    peer.send(passwordRequest('demo', 'seashell'));
    expect(endingOf(peer)).toBe('authentication');
    expect(isIn(peer)).toBe(false);
  });

  test.each(['ssh-connection', 'ssh-other', 'x'])('the service %s at once ends the connection', (service) => {
    const peer = inKeys();
    peer.send(serviceRequest(service));
    expect(endingOf(peer)).toBe('authentication');
  });

  test.each(['ssh-userauth', 'ssh-other'])(
    'a request for the service %s is refused, with the right password',
    (service) => {
      const peer = clientInService();
      peer.send(passwordRequest('demo', 'seashell', service));
      expect(isIn(peer)).toBe(false);
      expect(endingOf(peer)).toBe('authentication');
    },
  );

  test('another user in a later request ends the connection, in OpenSSH words', () => {
    const peer = clientInService();
    peer.send(passwordRequest('demo', 'wrong'));
    peer.send(passwordRequest('root', 'seashell'));
    expect(isIn(peer)).toBe(false);
    expect(peer.events.at(-1)).toMatchObject({
      description: 'Change of username or service not allowed: (demo,ssh-connection) -> (root,ssh-connection)',
    });
  });

  test('the sixth failure ends the connection; 500 attempts are never asked about', () => {
    const peer = clientInService();
    for (let attempt = 0; attempt < 500; attempt++) peer.send(passwordRequest('demo', 'wrong'));
    expect(endingOf(peer)).toBe('too-many-attempts');
    expect(peer.events.filter(({ type }) => type === 'authenticationRequested').length).toBe(6);
    expect(peer.events.at(-1)).toMatchObject({ reason: 2, description: 'Too many authentication failures' });
  });

  test('none as the first request is not counted, later it is', () => {
    const peer = clientInService({ maximumAuthenticationAttempts: 1 });
    peer.send(request('none', new Uint8Array(0)));
    expect(endingOf(peer)).toBeUndefined();
    peer.send(request('none', new Uint8Array(0)));
    expect(endingOf(peer)).toBe('too-many-attempts');
  });

  test('an unknown method is refused', () => {
    const peer = clientInService();
    peer.send(request('magic', new Uint8Array(5)));
    expect(peer.events.at(-1)).toMatchObject({ type: 'authenticationRefused', cause: 'unknown-method' });
    expect(peer.take(51)).toBeDefined();
  });

  test('malformed method fields end the connection', () => {
    for (const method of ['none', 'password', 'publickey']) {
      const peer = clientInService();
      peer.send(request(method, new Uint8Array([0, 0, 0])));
      expect(endingOf(peer)).toBe('decode');
    }
  });

  test('an honest signature lets in', () => {
    const peer = clientInService();
    peer.send(signedRequest(peer));
    expect(isIn(peer)).toBe(true);
  });

  test.each<[string, Signing]>([
    ['over another session', { sessionId: new Uint8Array(32) }],
    ['over another user', { signedUser: 'root' }],
    ['over another algorithm', { signedAlgorithm: 'rsa-sha2-512' }],
    ['that is damaged', { damage: true }],
    ['of an algorithm that is not allowed', { algorithm: 'ssh-rsa' }],
    ['of an algorithm of another key type', { algorithm: 'rsa-sha2-512' }],
    ['by a key that it does not belong to', { key: blob(makeKey('ssh-ed25519', 'other')) }],
    ['by an RSA key with an Ed25519 label', { key: blob(hostRsaKey) }],
    ['by a malformed key', { key: new Uint8Array(20) }],
  ])('a signature %s does not let in', (_name, changes) => {
    const peer = clientInService();
    peer.send(signedRequest(peer, changes));
    expect(isIn(peer)).toBe(false);
    expect(peer.events.at(-1)).toMatchObject({ type: 'authenticationRefused' });
    expect(peer.take(51)).toBeDefined();
  });

  test('a query alone does not let in, however often', () => {
    const peer = clientInService();
    const fields = encodeWith((writer) => {
      writer.byte(0);
      text(writer, 'ssh-ed25519');
      writer.string(blob(userKey));
    });
    for (let attempt = 0; attempt < 20; attempt++) {
      peer.send(request('publickey', fields));
      expect(peer.take(60)).toBeDefined();
    }
    peer.send(channelOpen());
    expect(isIn(peer)).toBe(false);
    expect(endingOf(peer)).toBe('unexpected-message');
  });

  test('requests after the user is in are ignored', () => {
    const peer = clientLoggedIn();
    const before = peer.events.length;
    peer.send(passwordRequest('root', 'seashell'));
    expect(peer.events.length).toBe(before);
    expect(endingOf(peer)).toBeUndefined();
  });

  test('the grace time ends the connection on the caller’s clock', () => {
    const peer = clientInService({ loginGraceMilliseconds: 120_000 });
    expect(peer.target.nextTimeout()).toBe(120_000);
    peer.target.advance(119_999);
    peer.pump();
    expect(endingOf(peer)).toBeUndefined();
    peer.target.advance(120_000);
    peer.pump();
    expect(endingOf(peer)).toBe('timeout');
  });
});

/** As many extensions as one message may have, with names of its own. */
function manyExtensions(seed: number): Uint8Array {
  return payload(7, (writer) => {
    writer.uint32(1024);
    for (let index = 0; index < 1024; index++) {
      text(writer, `${seed}-${index}@example.com`);
      text(writer, '');
    }
  });
}

describe('floods to a server', () => {
  const ping = payload(192, (writer) => writer.string(new Uint8Array(64)));

  test('100,000 pings whose answers nobody takes stop the reading (CVE-2025-26466)', () => {
    const peer = clientInService();
    let sent = 0;
    while (peer.target.wantsInput && sent < 100_000) {
      peer.target.receive(peer.seal(ping), 0);
      sent += 1;
    }
    expect(peer.target.wantsInput).toBe(false);
    expect(sent).toBeLessThan(10_000);
    expect(peer.target.takeOutput().length).toBeLessThan(2 * 256 * 1024);
    expect(peer.target.wantsInput).toBe(true);
  });

  test('16 MB of IGNORE leave nothing behind', () => {
    const peer = clientInService();
    const noise = payload(2, (writer) => writer.string(new Uint8Array(200_000)));
    for (let sent = 0; sent < 80; sent++) peer.send(noise);
    expect(peer.incoming).toEqual([]);
    expect(endingOf(peer)).toBeUndefined();
  });

  test('20,000 service requests end the connection', () => {
    const peer = clientInService();
    for (let sent = 0; sent < 20_000 && !peer.target.isClosed; sent++) peer.send(serviceRequest('ssh-userauth'));
    expect(endingOf(peer)).toBe('limit');
  });

  test('EXT_INFO is taken once, then until the end it is unknown and leaves nothing behind', () => {
    const peer = clientInService();
    for (let sent = 0; sent < 100; sent++) peer.send(manyExtensions(sent));
    expect(peer.events.filter(({ type }) => type === 'extensions').length).toBe(1);
    expect(peer.incoming.filter(({ number }) => number === 3).length).toBe(99);
    expect(endingOf(peer)).toBeUndefined();
  });

  test('EXT_INFO after login is unknown', () => {
    const peer = clientLoggedIn();
    peer.send(manyExtensions(0));
    expect(peer.incoming.map(({ number }) => number)).toEqual([3]);
    expect(peer.events.some(({ type }) => type === 'extensions')).toBe(false);
  });

  test('debug messages that nobody takes stop the reading', () => {
    const peer = clientLoggedIn();
    const debug = payload(4, (writer) => [writer.byte(0), text(writer, 'x'), text(writer, '')]);
    let sent = 0;
    while (peer.target.wantsInput && sent < 100_000) {
      peer.target.receive(peer.seal(debug), 0);
      sent += 1;
    }
    expect(sent).toBe(4096);
  });
});

describe('to a client', () => {
  const success = payload(52);

  test('SUCCESS before any request ends the connection', () => {
    const peer = serverInService();
    peer.send(success);
    expect(isIn(peer)).toBe(false);
    expect(endingOf(peer)).toBe('unexpected-message');
  });

  test('SUCCESS instead of SERVICE_ACCEPT ends the connection', () => {
    const peer = rawServer();
    peer.exchange();
    peer.send(success);
    expect(isIn(peer)).toBe(false);
    expect(endingOf(peer)).toBe('unexpected-message');
  });

  test('ACCEPT for another service ends the connection', () => {
    const peer = rawServer();
    peer.exchange();
    peer.send(payload(6, (writer) => text(writer, 'ssh-connection')));
    expect(endingOf(peer)).toBe('authentication');
  });

  test('endless partial success asks the owner each time, and lets nobody in', () => {
    const peer = serverInService();
    for (let attempt = 0; attempt < 50; attempt++) {
      peer.target.send({ type: 'authenticate', user: 'demo', method: { type: 'password', password: 'x' } }, 0);
      peer.pump();
      peer.send(payload(51, (writer) => [text(writer, 'password'), writer.byte(1)]));
    }
    const failures = peer.events.filter((event) => event.type === 'authenticationFailed');
    expect(failures.length).toBe(50);
    expect(isIn(peer)).toBe(false);
  });

  test('EXT_INFO is taken twice, then until the end it is unknown and leaves nothing behind', () => {
    const peer = serverInService();
    for (let sent = 0; sent < 100; sent++) peer.send(manyExtensions(sent));
    expect(peer.events.filter(({ type }) => type === 'extensions').length).toBe(2);
    expect(peer.incoming.filter(({ number }) => number === 3).length).toBe(98);
    expect(endingOf(peer)).toBeUndefined();
  });

  test('EXT_INFO after login is unknown', () => {
    const peer = serverLoggedIn();
    peer.send(manyExtensions(0));
    expect(peer.incoming.map(({ number }) => number)).toEqual([3]);
    expect(peer.events.some(({ type }) => type === 'extensions')).toBe(false);
  });

  test('a banner is told as it came, escapes and all, for the owner to make harmless', () => {
    const peer = serverInService();
    peer.send(payload(53, (writer) => [text(writer, '\u001b]0;x\u0007'), text(writer, '')]));
    expect(peer.events.at(-1)).toEqual({ type: 'banner', message: '\u001b]0;x\u0007', language: '' });
  });

  test('a banner after login ends the connection', () => {
    const peer = serverLoggedIn();
    peer.send(payload(53, (writer) => [text(writer, 'x'), text(writer, '')]));
    expect(endingOf(peer)).toBe('unexpected-message');
  });

  test('PK_OK for another key ends the connection', () => {
    const peer = serverInService();
    const method = { type: 'publickey', step: 'query', algorithm: 'ssh-ed25519', key: blob(userKey) } as const;
    peer.target.send({ type: 'authenticate', user: 'demo', method }, 0);
    peer.pump();
    peer.send(payload(60, (writer) => [text(writer, 'ssh-ed25519'), writer.string(utf8Encode('another'))]));
    expect(endingOf(peer)).toBe('authentication');
    expect(peer.events.some(({ type }) => type === 'signatureWanted')).toBe(false);
  });

  test.each([
    [
      'INFO_REQUEST with 2^32-1 prompts',
      payload(60, (writer) => [text(writer, ''), text(writer, ''), text(writer, ''), writer.uint32(2 ** 32 - 1)]),
    ],
    ['a channel open', channelOpen()],
    ['channel data', payload(94, (writer) => [writer.uint32(0), text(writer, 'x')])],
    ['USERAUTH_REQUEST', passwordRequest('demo', 'x')],
  ])('%s during authentication ends the connection', (_name, message) => {
    const peer = serverInService();
    peer.target.send({ type: 'authenticate', user: 'demo', method: { type: 'none' } }, 0);
    peer.pump();
    peer.send(message);
    expect(endingOf(peer)).toBe('unexpected-message');
    expect(isIn(peer)).toBe(false);
  });
});
