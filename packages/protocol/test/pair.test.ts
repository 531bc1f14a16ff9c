/** A client and a server of ours in memory: handshake, authentication, channels, rekeying. */
import { utf8Encode } from '@seashell/core/wire';
import { describe, expect, test } from 'vitest';
import { Pair } from './pair.ts';

describe('a pair', () => {
  test('exchanges keys by mlkem768x25519-sha256 and strict key exchange', () => {
    const pair = new Pair();
    pair.settle();
    const exchanged = pair.clientEvents.find((event) => event.type === 'keyExchanged');
    expect(exchanged?.algorithms).toMatchObject({ kex: 'mlkem768x25519-sha256', postQuantum: true, strict: true });
    expect(pair.clientEvents.at(-1)).toEqual({ type: 'authenticationReady' });
  });

  test('logs in by password and runs a command', () => {
    const pair = new Pair();
    pair.logIn();
    const channel = pair.openSession();
    pair.tellClient({ type: 'channelRequest', channel, request: { name: 'exec', command: 'id' }, wantReply: true });
    pair.tellServer({ type: 'data', channel, bytes: utf8Encode('uid=1000\n') });
    const data = pair.clientEvents.find((event) => event.type === 'data');
    expect(data?.bytes).toEqual(utf8Encode('uid=1000\n'));
  });
});
