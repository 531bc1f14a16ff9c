/** SECURITY: channels. Attacks by a raw peer on a server and on a client. */
import { describe, expect, test } from 'vitest';
import {
  channelConfirmation,
  channelOpen,
  clientInSession,
  clientLoggedIn,
  endingOf,
  onChannel,
  serverInSession,
  serverLoggedIn,
  type RawClient,
  type RawServer,
} from './attackers.ts';
import { kexinit, payload, text } from './raw-peer.ts';

const sessions: readonly (readonly [string, () => RawClient | RawServer])[] = [
  ['a server', () => clientInSession()],
  ['a client', () => serverInSession()],
];

const request = (name: string, fields: readonly (number | string)[] | Uint8Array, wantReply = 1): Uint8Array =>
  payload(98, (writer) => {
    writer.uint32(0);
    text(writer, name);
    writer.byte(wantReply);
    if (fields instanceof Uint8Array) writer.raw(fields);
    else {
      for (const each of fields) {
        if (typeof each === 'number') writer.uint32(each);
        else text(writer, each);
      }
    }
  });

describe.each(sessions)('on a channel of %s', (_name, begin) => {
  test.each<[string, Uint8Array[]]>([
    ['data past the maximum packet size', [onChannel(94, new Uint8Array(32_769))]],
    ['data past the window', Array.from({ length: 65 }, () => onChannel(94, new Uint8Array(32_768)))],
    ['data after EOF', [onChannel(96), onChannel(94, new Uint8Array(1))]],
    ['EOF twice', [onChannel(96), onChannel(96)]],
    ['data after CLOSE', [onChannel(97), onChannel(94, new Uint8Array(1))]],
    ['CLOSE twice', [onChannel(97), onChannel(97)]],
    ['a request after CLOSE', [onChannel(97), request('x', [])]],
    ['a window past 2^32-1', [onChannel(93, 2 ** 32 - 1), onChannel(93, 2 ** 32 - 1)]],
    ['CONFIRMATION for an open channel', [channelConfirmation()]],
    ['OPEN_FAILURE for an open channel', [onChannel(92, 1, '', '')]],
    ['SUCCESS that nothing asked for', [onChannel(99)]],
    ['FAILURE that nothing asked for', [onChannel(100)]],
    ['REQUEST_SUCCESS that nothing asked for', [payload(81)]],
    ['REQUEST_FAILURE that nothing asked for', [payload(82)]],
    ['data with trailing bytes', [onChannel(94, 'x', 0)]],
    ['data whose length lies', [onChannel(94, 1000)]],
    ['an adjustment without bytes', [onChannel(93)]],
    ['extended data of type 2', [onChannel(95, 2, 'x')]],
  ])('%s ends the connection', (_case, messages) => {
    const peer = begin();
    for (const each of messages) peer.send(each);
    expect(endingOf(peer)).toMatch(/^(channel|decode)$/);
  });

  test('64 MB past the window never reach the owner', () => {
    const peer = begin();
    for (let sent = 0; sent < 2048 && !peer.target.isClosed; sent++) peer.send(onChannel(94, new Uint8Array(32_768)));
    const given = peer.events.map((event) => (event.type === 'data' ? event.bytes.length : 0));
    expect(given.reduce((sum, size) => sum + size, 0)).toBe(2 * 1024 * 1024);
    expect(endingOf(peer)).toBe('channel');
  });

  test.each([93, 94, 96, 97, 98, 99, 100])('message %d to no channel ends the connection', (number) => {
    const peer = begin();
    peer.send(
      payload(number, (writer) => {
        writer.uint32(7);
        if (number === 93) writer.uint32(1);
        if (number === 94) text(writer, 'x');
        if (number === 98) {
          text(writer, 'shell');
          writer.byte(1);
        }
      }),
    );
    expect(endingOf(peer)).toBe('channel');
  });

  test('an unknown request is refused, and ignored when it wants no reply', () => {
    const peer = begin();
    const before = peer.events.length;
    peer.send(request('unknown@example.com', new Uint8Array(40)));
    expect(peer.take(100)).toBeDefined();
    peer.send(request('unknown@example.com', new Uint8Array(40), 0));
    expect(peer.incoming).toEqual([]);
    expect(peer.events.length).toBe(before);
  });

  test('keepalive@openssh.com is answered with a failure', () => {
    const peer = begin();
    peer.send(request('keepalive@openssh.com', []));
    expect(peer.take(100)).toBeDefined();
    peer.send(payload(80, (writer) => [text(writer, 'keepalive@openssh.com'), writer.byte(1)]));
    expect(peer.take(82)).toBeDefined();
  });

  test('during a rekey only key exchange may come', () => {
    for (const message of [
      onChannel(94, 'x'),
      payload(80, (writer) => [text(writer, 'x'), writer.byte(1)]),
      payload(5),
    ]) {
      const peer = begin();
      peer.send(kexinit());
      peer.send(message);
      expect(endingOf(peer)).toBe('unexpected-message');
    }
  });

  test('100 global requests that nobody reads are answered in order', () => {
    const peer = begin();
    for (let sent = 0; sent < 100; sent++) peer.send(payload(80, (writer) => [text(writer, 'x'), writer.byte(1)]));
    expect(peer.incoming.filter(({ number }) => number === 82).length).toBe(100);
  });

  test('global requests whose refusals nobody takes stop the reading', () => {
    const peer = begin();
    const unknown = payload(80, (writer) => [text(writer, 'x'), writer.byte(1)]);
    let sent = 0;
    while (peer.target.wantsInput && sent < 300_000) {
      peer.target.receive(peer.seal(unknown), 0);
      peer.target.takeEvents();
      sent += 1;
    }
    expect(peer.target.wantsInput).toBe(false);
    expect(peer.target.takeOutput().length).toBeLessThan(2 ** 24);
  });
});

describe('on a channel of a server', () => {
  test.each<[string, Uint8Array]>([
    ['pty-req', request('pty-req', ['xterm', 80])],
    ['pty-req with trailing bytes', request('pty-req', ['xterm', 80, 24, 0, 0, '', 0])],
    ['pty-req with a mode cut off', request('pty-req', ['xterm', 80, 24, 0, 0, '\u0001\u0000'])],
    ['env', request('env', ['LANG'])],
    ['shell with fields', request('shell', ['x'])],
    ['exec', request('exec', new Uint8Array([0, 0, 1, 0]))],
    ['exec that is no UTF-8', request('exec', new Uint8Array([0, 0, 0, 1, 0xff]))],
    ['subsystem', request('subsystem', [])],
    ['window-change', request('window-change', [80, 24])],
    ['signal', request('signal', [''])],
    ['break', request('break', [])],
  ])('a malformed %s ends the connection', (_name, message) => {
    const peer = clientInSession();
    peer.send(message);
    expect(endingOf(peer)).toBe('decode');
    expect(peer.events.some(({ type }) => type === 'channelRequest')).toBe(false);
  });

  test('extended data from a client ends the connection', () => {
    const peer = clientInSession();
    peer.send(onChannel(95, 1, 'x'));
    expect(endingOf(peer)).toBe('channel');
  });

  test.each(['exit-status', 'exit-signal'])('%s from a client is refused', (name) => {
    const peer = clientInSession();
    peer.send(request(name, [0]));
    expect(peer.take(100)).toBeDefined();
    expect(peer.events.some(({ type }) => type === 'channelRequest')).toBe(false);
  });

  test('a maximum packet size of 0 ends the connection', () => {
    const peer = clientLoggedIn();
    peer.send(channelOpen({ maximumPacket: 0 }));
    expect(endingOf(peer)).toBe('channel');
  });

  test('a maximum packet size of 1 is obeyed', () => {
    const peer = clientInSession({}, { maximumPacket: 1, window: 5000 });
    const size = peer.target.sendable(0);
    expect(size).toBe(1024);
    peer.target.send({ type: 'data', channel: 0, bytes: new Uint8Array(size) }, 0);
    peer.pump();
    expect(peer.incoming.filter(({ number }) => number === 94).length).toBe(1024);
    expect(peer.target.sendable(0)).toBe(1024);
  });

  test('a window of 0 is obeyed until it is opened', () => {
    const peer = clientInSession({}, { window: 0 });
    expect(peer.target.sendable(0)).toBe(0);
    expect(() => peer.target.send({ type: 'data', channel: 0, bytes: new Uint8Array(1) }, 0)).toThrow(
      /assertion failed/,
    );
    peer.send(onChannel(93, 10));
    expect(peer.target.sendable(0)).toBe(10);
  });

  test('the eleventh session is refused, and the number of one that was closed is used again', () => {
    const peer = clientLoggedIn();
    for (let sender = 0; sender < 11; sender++) peer.send(channelOpen({ sender }));
    expect(peer.incoming.filter(({ number }) => number === 91).length).toBe(10);
    expect(peer.incoming.filter(({ number }) => number === 92).length).toBe(1);
    expect(endingOf(peer)).toBeUndefined();
    peer.send(payload(97, (writer) => writer.uint32(3)));
    peer.target.send({ type: 'closeChannel', channel: 3 }, 0);
    expect(peer.target.freeChannel()).toBe(3);
  });

  test.each(['x11', 'forwarded-tcpip', 'auth-agent@openssh.com', 'unknown'])(
    'a channel of type %s is refused',
    (type) => {
      const peer = clientLoggedIn();
      peer.send(channelOpen({ type }));
      expect(peer.take(92)).toBeDefined();
      expect(endingOf(peer)).toBeUndefined();
    },
  );

  test('a session after no-more-sessions@openssh.com ends the connection', () => {
    const peer = clientLoggedIn();
    peer.send(payload(80, (writer) => [text(writer, 'no-more-sessions@openssh.com'), writer.byte(0)]));
    peer.send(channelOpen());
    expect(endingOf(peer)).toBe('channel');
  });

  test('data before the owner has confirmed the channel ends the connection', () => {
    const peer = clientLoggedIn();
    peer.target.receive(peer.seal(channelOpen()), 0);
    peer.target.receive(peer.seal(onChannel(94, 'x')), 0);
    peer.pump();
    expect(endingOf(peer)).toBe('channel');
  });

  test('requests that the owner does not answer stop the reading', () => {
    const peer = clientInSession();
    let sent = 0;
    while (peer.target.wantsInput && sent < 10_000) {
      peer.target.receive(peer.seal(request('env', ['A', 'B'])), 0);
      peer.target.takeEvents();
      sent += 1;
    }
    expect(sent).toBe(1024);
  });
});

describe('to a client that is logged in', () => {
  test.each(['session', 'x11', 'forwarded-tcpip', 'direct-tcpip', 'auth-agent@openssh.com', 'unknown'])(
    'a channel of type %s that nobody asked for is refused',
    (type) => {
      const peer = serverLoggedIn();
      peer.send(channelOpen({ type }));
      expect(peer.take(92)).toBeDefined();
      expect(endingOf(peer)).toBeUndefined();
      expect(peer.target.freeChannel()).toBe(0);
    },
  );

  test('CONFIRMATION for nothing ends the connection', () => {
    const peer = serverLoggedIn();
    peer.send(channelConfirmation());
    expect(endingOf(peer)).toBe('channel');
  });

  test('CONFIRMATION with a maximum packet size of 0 ends the connection', () => {
    const peer = serverLoggedIn();
    peer.target.send({ type: 'openChannel', channel: 0, channelType: { type: 'session' } }, 0);
    peer.pump();
    peer.send(channelConfirmation(0, 100, 0));
    expect(endingOf(peer)).toBe('channel');
  });

  test('data before the confirmation ends the connection', () => {
    const peer = serverLoggedIn();
    peer.target.send({ type: 'openChannel', channel: 0, channelType: { type: 'session' } }, 0);
    peer.pump();
    peer.send(onChannel(94, 'x'));
    expect(endingOf(peer)).toBe('channel');
  });

  test.each(['shell', 'exec', 'pty-req', 'env'])('a %s request to a client is refused', (name) => {
    const peer = serverInSession();
    peer.send(request(name, ['x']));
    expect(peer.take(100)).toBeDefined();
    expect(peer.events.some(({ type }) => type === 'channelRequest')).toBe(false);
  });

  test('host keys in a malformed list end the connection', () => {
    const peer = serverLoggedIn();
    peer.send(payload(80, (writer) => [text(writer, 'hostkeys-00@openssh.com'), writer.byte(0), writer.uint32(999)]));
    expect(endingOf(peer)).toBe('decode');
  });

  test('host keys that are announced are not proved by a refusal or by empty signatures', () => {
    for (const reply of [payload(82), payload(81), payload(81, (writer) => text(writer, ''))]) {
      const peer = serverLoggedIn();
      peer.target.send({ type: 'proveHostKeys', keys: [new Uint8Array(5)] }, 0);
      peer.pump();
      peer.take(80);
      peer.send(reply);
      expect(peer.events.at(-1)).toEqual({ type: 'hostKeysProved', keys: [] });
    }
  });
});
