/** SECURITY: packets. Attacks by a raw peer on both roles. */
import { concatBytes, encodeWith, utf8Encode } from '@seashell/core/wire';
import { describe, expect, test } from 'vitest';
import { clientLoggedIn, endingOf, rawClient, rawServer, serverLoggedIn } from './attackers.ts';
import { payload, plainPacket } from './raw-peer.ts';

const roles = [
  ['a server', () => rawClient(), () => clientLoggedIn()],
  ['a client', () => rawServer(), () => serverLoggedIn()],
] as const;

function header(length: number, padding = 4): Uint8Array {
  return encodeWith((writer) => {
    writer.uint32(length);
    writer.byte(padding);
    writer.raw(new Uint8Array(64));
  });
}

describe.each(roles)('to %s in the clear', (_name, begin) => {
  test.each([0, 1, 4, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1, 262_145])(
    'a packet_length of %d ends the connection',
    (length) => {
      const peer = begin();
      peer.identify();
      peer.raw(header(length));
      expect(endingOf(peer)).toBe('packet-length');
    },
  );

  test('a length that is no multiple of the block ends the connection', () => {
    const peer = begin();
    peer.identify();
    peer.raw(header(13));
    expect(endingOf(peer)).toBe('packet-length');
  });

  test.each([0, 3, 255, 11])('padding of %d bytes in a packet of 12 ends the connection', (padding) => {
    const peer = begin();
    peer.identify();
    peer.raw(header(12, padding));
    expect(endingOf(peer)).toBe('padding');
  });

  test.each([5, 6, 21, 30, 31, 50, 52, 80, 90, 94, 200, 255])('message %d ends the connection', (number) => {
    const peer = begin();
    peer.identify();
    peer.send(payload(number));
    expect(endingOf(peer)).toBeDefined();
    expect(peer.events.every(({ type }) => type === 'identified' || type === 'disconnected')).toBe(true);
  });
});

describe.each(roles)('to %s under keys', (_name, _begin, logIn) => {
  const ignore = payload(2, (writer) => writer.string(utf8Encode('nothing')));

  test('an honest packet is taken', () => {
    const peer = logIn();
    peer.send(ignore);
    expect(endingOf(peer)).toBeUndefined();
  });

  test('a flipped bit at each byte ends the connection, or waits for bytes that never come', () => {
    const length = logIn().seal(ignore).length;
    for (let at = 0; at < length; at++) {
      const peer = logIn();
      const packet = peer.seal(ignore);
      packet[at] = (packet[at] ?? 0) ^ (1 << (at % 8));
      const before = peer.events.length;
      peer.raw(packet);
      peer.raw(new Uint8Array(300_000));
      expect(['mac', 'packet-length']).toContain(endingOf(peer));
      expect(peer.events.length).toBe(before + 1);
    }
  });

  test('the tag of another packet ends the connection', () => {
    const peer = logIn();
    const [first, second] = [peer.seal(ignore), peer.seal(ignore)];
    peer.raw(concatBytes(first.subarray(0, -16), second.subarray(-16)));
    expect(endingOf(peer)).toBe('mac');
  });

  test('a packet that comes again ends the connection', () => {
    const peer = logIn();
    const packet = peer.seal(ignore);
    peer.raw(packet);
    expect(endingOf(peer)).toBeUndefined();
    peer.raw(concatBytes(packet, packet, new Uint8Array(300_000)));
    expect(['mac', 'packet-length']).toContain(endingOf(peer));
  });

  test('a dropped packet, and swapped ones, end the connection', () => {
    for (const order of [[1], [1, 0]]) {
      const peer = logIn();
      const packets = [peer.seal(ignore), peer.seal(ignore)];
      peer.raw(concatBytes(...order.map((index) => packets[index] ?? ignore), new Uint8Array(300_000)));
      expect(['mac', 'packet-length']).toContain(endingOf(peer));
    }
  });

  test('a valid packet of 2 MB ends the connection before it is read', () => {
    const peer = logIn();
    peer.raw(peer.seal(payload(2, (writer) => writer.string(new Uint8Array(2_000_000)))).subarray(0, 100));
    expect(endingOf(peer)).toBe('packet-length');
  });

  test('a packet cut at every byte is waited for, and its end is told', () => {
    const length = logIn().seal(ignore).length;
    for (let at = 0; at < length; at++) {
      const peer = logIn();
      peer.raw(peer.seal(ignore).subarray(0, at));
      expect(endingOf(peer)).toBeUndefined();
    }
  });

  test('a packet in the clear ends the connection', () => {
    const peer = logIn();
    peer.raw(concatBytes(plainPacket(ignore), new Uint8Array(300_000)));
    expect(['mac', 'packet-length']).toContain(endingOf(peer));
  });

  test('an empty payload ends the connection', () => {
    const peer = logIn();
    peer.send(new Uint8Array(0));
    expect(endingOf(peer)).toBe('padding');
  });
});
