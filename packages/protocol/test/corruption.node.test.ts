/**
 * Every packet of a recorded handshake, corrupted at each byte in turn, ends in a clean disconnect: never a hang, a crash or an accepted
 * packet. Padding before NEWKEYS is not protected by SSH. Where a length grows, more bytes are waited for, and the clock or the end of
 * the stream ends that.
 */
import { concatBytes } from '@seashell/core/wire';
import { describe, expect, test } from 'vitest';
import type { AlgorithmPreferences, ClientEvent, ServerCommand, ServerEvent } from '../src/index.ts';
import { makeClient, makeServer, preferences } from './fixtures.ts';
import { ordinaryServer } from './pair.ts';
import { mapStream, play, recordVisit, visitor } from './recording.ts';
import { rememberingCrypto } from './remembering-crypto.ts';

const etm = 'hmac-sha2-256-etm@openssh.com';
const plain = { kex: ['curve25519-sha256'], hostKey: ['ssh-ed25519'], mac: [etm] };
const hybrid = { ...plain, kex: ['mlkem768x25519-sha256'] };
const cases: readonly (readonly [string, Partial<AlgorithmPreferences>])[] = [
  ['chacha20-poly1305@openssh.com', { ...plain, cipher: ['chacha20-poly1305@openssh.com'] }],
  ['aes128-gcm@openssh.com', { ...plain, cipher: ['aes128-gcm@openssh.com'] }],
  ['aes128-ctr and encrypt-then-MAC', { ...plain, cipher: ['aes128-ctr'] }],
  ['aes128-ctr and a plain MAC', { ...plain, cipher: ['aes128-ctr'], mac: ['hmac-sha2-256'] }],
  ['mlkem768x25519-sha256', { ...hybrid, cipher: ['aes128-ctr'] }],
  ['rsa-sha2-512', { ...plain, hostKey: ['rsa-sha2-512'], cipher: ['aes128-ctr'] }],
];

const graceMilliseconds = 120_000;

interface Ended {
  readonly type: string;
}

/** What the events of an honest visit are without those that a corrupted byte at `position` may still leave. */
function expectCleanEnd(events: readonly Ended[], honest: readonly Ended[], position: string): void {
  expect(events.at(-1)?.type, position).toBe('disconnected');
  const taken = events.slice(0, -1).map(({ type }) => type);
  expect(taken, position).toEqual(honest.slice(0, taken.length).map(({ type }) => type));
}

function corrupt(pieces: readonly Uint8Array[], position: number): readonly Uint8Array[] {
  let start = 0;
  return pieces.map((piece) => {
    const at = position - start;
    start += piece.length;
    if (at < 0 || at >= piece.length) return piece;
    const damaged = piece.slice();
    damaged[at] = (damaged[at] ?? 0) ^ (1 << (position % 8));
    return damaged;
  });
}

/** Each byte of a stream but what nothing protects. */
function positions(stream: Uint8Array): readonly number[] {
  const { padding } = mapStream(stream);
  return Array.from(stream.keys()).filter((position) => !padding.has(position));
}

/** Signs once for each algorithm: a server sends what its owner gives, and no client sees it here. */
const signatures = new Map<string, readonly ServerCommand[]>();
const quickServer = (event: ServerEvent): readonly ServerCommand[] => {
  if (event.type !== 'hostKeySignatureWanted') return ordinaryServer(event);
  const known = signatures.get(event.algorithm) ?? ordinaryServer(event);
  signatures.set(event.algorithm, known);
  return known;
};

describe.each(cases)('a handshake with %s', (_name, lists) => {
  const algorithms = preferences('10', lists);
  const crypto = rememberingCrypto();
  const server = (): ReturnType<typeof makeServer> =>
    makeServer({ algorithms, crypto, loginGraceMilliseconds: graceMilliseconds });
  const client = (): ReturnType<typeof makeClient> => makeClient({ algorithms, crypto });
  const recording = recordVisit({ client: client(), server: server() });

  test('is honest when nothing is changed', () => {
    const events = play(client(), recording.server, visitor);
    expect(events.map(({ type }) => type)).toEqual(recording.pair.clientEvents.map(({ type }) => type));
    expect(events.some(({ type }) => type === 'channelRequestAnswered')).toBe(true);
  });

  test('corrupted on its way to the server never gets further than the damage', () => {
    const stream = concatBytes(...recording.client);
    const { sealedFrom } = mapStream(stream);
    const honest = recording.pair.serverEvents;
    for (const position of positions(stream)) {
      const side = server();
      const events: ServerEvent[] = [...play(side, corrupt(recording.client, position), quickServer)];
      side.advance(graceMilliseconds);
      if (!side.isClosed) side.receiveEnd(graceMilliseconds);
      events.push(...side.takeEvents());
      if (position >= sealedFrom) expectCleanEnd(events, honest, `byte ${position}`);
      expect(events.at(-1)?.type, `byte ${position}`).toBe('disconnected');
      const isIn = events.some(({ type }) => type === 'authenticationRequested');
      if (position < sealedFrom) expect(isIn, `byte ${position}`).toBe(false);
    }
  });

  test('corrupted on its way to the client never gets further than the damage', () => {
    const stream = concatBytes(...recording.server);
    const { sealedFrom } = mapStream(stream);
    const honest = recording.pair.clientEvents;
    for (const position of positions(stream)) {
      const side = client();
      const events: ClientEvent[] = [...play(side, corrupt(recording.server, position), visitor)];
      side.receiveEnd(1);
      events.push(...side.takeEvents());
      if (position >= sealedFrom) expectCleanEnd(events, honest, `byte ${position}`);
      expect(events.at(-1)?.type, `byte ${position}`).toBe('disconnected');
      const isIn = events.some(({ type }) => type === 'authenticationReady');
      if (position < sealedFrom) expect(isIn, `byte ${position}`).toBe(false);
    }
  });
});
