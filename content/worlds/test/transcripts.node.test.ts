/** Recorded sessions of OpenSSH 10.5, done again in the world `lab`. */
import { createWorld, standardPrograms } from '@seashell/simulator';
import { describe, expect, it } from 'vitest';
import { differences } from './differences.ts';
import { labFor, type Preparation } from './lab-for.ts';
import { normalise } from './normalise.ts';
import { readTranscript, replay, type Exchange } from './transcript.ts';

const lockedKey = 'ssh-keygen -q -t ed25519 -N hunter2hunter2 -f ~/.ssh/locked';
const webNames = ['web1.example.com', 'web1', '203.0.113.10'].map((name) => ({ name, host: 'web1' }));
const bastionNames = ['bastion.example.com', 'bastion', '203.0.113.20'].map((name) => ({ name, host: 'bastion' }));

/** What each recording started from, read off its text. */
const preparations: Readonly<Record<string, Preparation>> = {
  '01-keygen-default': { installedKey: false, knownHosts: false },
  '02-keygen-rsa-passphrase': { installedKey: false, knownHosts: false },
  '03-keygen-bits-types': { installedKey: false, knownHosts: false },
  '04-keygen-overwrite': { installedKey: false, keys: ['ed25519'], knownHosts: false },
  '05-keygen-change-passphrase': {
    installedKey: false,
    keys: ['rsa'],
    knownHosts: false,
    commands: ['ssh-keygen -q -t ed25519 -N hunter2hunter2 -f ~/.ssh/id_ed25519'],
  },
  '06-keygen-fingerprint': {
    installedKey: false,
    keys: ['ed25519', 'rsa'],
    knownHosts: false,
    knownNames: webNames,
    rootCommands: ['ssh-keygen -q -t ed25519 -N "" -f /etc/ssh/ssh_host_ed25519_key'],
    commands: [
      lockedKey,
      'ssh-keygen -q -t ecdsa -N "" -f ~/.ssh/id_ecdsa',
      'rm ~/.ssh/locked.pub',
      'cat ~/.ssh/id_rsa.pub ~/.ssh/id_ed25519.pub > ~/.ssh/authorized_keys',
    ],
  },
  '07-keygen-misc': {
    installedKey: false,
    keys: ['ed25519', 'rsa'],
    knownHosts: false,
    knownNames: [...webNames, ...bastionNames],
    commands: [lockedKey],
  },
  '08-ssh-copy-id': { installedKey: false, keys: ['ed25519'], knownHosts: false },
  '10-copy-key-by-pipe': { installedKey: false, keys: ['rsa'], knownHosts: false },
  '11-manual-authorized-keys': { installedKey: false, keys: ['ed25519'], knownHosts: true },
  '12-first-connect': { installedKey: true, knownHosts: false },
  '13-wrong-password': { installedKey: false, knownHosts: true },
  '19-single-command': { installedKey: true, knownHosts: true },
};

const isEqual = ({ recorded, simulated }: Exchange): boolean => normalise(recorded) === normalise(simulated);
const side = (exchanges: readonly Exchange[], which: 'recorded' | 'simulated') =>
  exchanges.map((exchange) => ({
    index: exchange.index,
    command: exchange.command,
    output: normalise(exchange[which]),
  }));

describe('transcripts', () => {
  it.each(Object.entries(preparations))(
    '%s: every exchange is as recorded, or stands in the list',
    async (name, preparation) => {
      const world = await labFor(preparation, { seed: 1, programs: standardPrograms, createWorld });
      const exchanges = await replay(world, readTranscript(name));
      const listed = new Set(differences.filter((row) => row.transcript === name).flatMap((row) => row.at));
      const unexpected = exchanges.filter((exchange) => !isEqual(exchange) && !listed.has(exchange.index));
      expect(side(unexpected, 'simulated')).toEqual(side(unexpected, 'recorded'));
      const mended = exchanges.filter((exchange) => isEqual(exchange) && listed.has(exchange.index));
      expect(
        mended.map((exchange) => exchange.index),
        'rows to be taken off the list',
      ).toEqual([]);
    },
  );
});
