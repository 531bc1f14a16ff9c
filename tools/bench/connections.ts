/** Handshake with login, and data over a channel: @seashell/protocol with noble against ssh2 with Node's own cryptography. */
import { time, type Comparison } from './compare.ts';
import { SeashellPair } from './seashell-pair.ts';
import { Ssh2Pair } from './ssh2-pair.ts';

const mebibyte = 1024 * 1024;
const totalBytes = 32 * mebibyte;
const piece = new Uint8Array(32_768).fill(0x61);
const peer = "ssh2 (OpenSSL's cryptography)";

const handshake: Comparison = {
  what: 'handshake and password login',
  peer,
  ours: () => time(() => new SeashellPair('chacha20-poly1305@openssh.com').logIn()),
  theirs: async () => {
    const pair = new Ssh2Pair('chacha20-poly1305@openssh.com');
    const milliseconds = await time(() => pair.logIn());
    pair.end();
    return milliseconds;
  },
};

function transfer(cipher: string): Comparison {
  return {
    what: `32 MiB one way, ${cipher.replace('@openssh.com', '')}`,
    peer,
    work: { amount: totalBytes / mebibyte, unit: 'MiB' },
    ours: () => {
      const pair = new SeashellPair(cipher);
      pair.logIn();
      pair.openSession();
      return time(() => pair.send(piece, totalBytes));
    },
    theirs: async () => {
      const pair = new Ssh2Pair(cipher);
      await pair.logIn();
      const milliseconds = await time(() => pair.send(piece, totalBytes));
      pair.end();
      return milliseconds;
    },
  };
}

export const connections: readonly Comparison[] = [
  handshake,
  transfer('chacha20-poly1305@openssh.com'),
  transfer('aes256-gcm@openssh.com'),
];
