/**
 * Every `@example` of a docstring runs. It may use what its package exports, and the names that `given` explains; what it compares is its
 * own affair, a name that no longer exists or an error is a failure. Each entry of the core has one, or its README's example.
 */
import { randomBytes } from 'node:crypto';
import { createContext, runInContext } from 'node:vm';
import * as anatomy from '@seashell/core/anatomy';
import * as certificates from '@seashell/core/certificates';
import * as config from '@seashell/core/config';
import * as crypto from '@seashell/core/crypto';
import * as ed25519Keys from '@seashell/core/ed25519-keys';
import * as files from '@seashell/core/files';
import * as fingerprints from '@seashell/core/fingerprint';
import * as generate from '@seashell/core/generate';
import * as keys from '@seashell/core/keys';
import * as signatures from '@seashell/core/signatures';
import * as wire from '@seashell/core/wire';
import * as protocol from '@seashell/protocol';
import { describe, expect, it } from 'vitest';
import { readTracked, sources, trackedFiles } from './source-files.ts';

const { encodePublicKey, generateKey, openPrivateKey, publicKeyOf, runAtOnce, writePrivateKey, printPublicLine } = keys;
const random = (sizeBytes: number): Uint8Array => new Uint8Array(randomBytes(sizeBytes));
const key = runAtOnce(generateKey({ type: 'ssh-ed25519', random }));
const ca = runAtOnce(generateKey({ type: 'ecdsa-sha2-nistp256', random }));
const passphrase = wire.utf8Encode('secret');
const written: Uint8Array[] = [];

/** What examples speak of as if the reader had it. */
const given = {
  random,
  /** Two private keys, and a certificate of one by the other. */
  key,
  ca,
  certificate: certificates.signWithKey(
    certificates.issueCertificate({
      key: publicKeyOf(key),
      usage: 'user',
      keyId: 'alice',
      principals: ['alice'],
      authority: publicKeyOf(ca),
      nonce: random(32),
    }),
    { key: ca, random },
  ),
  message: wire.utf8Encode('a file'),
  /** A private key file with the passphrase `secret`, and a public one. */
  file: wire.utf8Encode(runAtOnce(writePrivateKey(key, { passphrase, random }))),
  text: printPublicLine(key, 'demo@laptop'),
  knownHosts: `web1 ${printPublicLine(key)}`,
  blob: encodePublicKey(key),
  now: 1_767_225_600n,
  /** Of the other side. */
  bytes: wire.utf8Encode('SSH-2.0-OpenSSH_10.5\r\n'),
  socket: { write: (sent: Uint8Array) => written.push(sent) },
  console: { log: () => undefined },
};

/** Names that mean something else there. */
const narrower = [
  { folder: 'core/src/generate', names: generate },
  { folder: 'protocol', names: { now: 0 } },
];

const entries = {
  anatomy,
  certificates,
  config,
  crypto,
  files,
  fingerprints,
  keys,
  signatures,
  wire,
  protocol,
  ed25519Keys,
};

interface Example {
  readonly path: string;
  readonly code: string;
}

const examples: readonly Example[] = sources.flatMap(({ path, text }) =>
  [...text.matchAll(/^ *\* @example\n((?: *\* .*\n| *\*\n)+?)(?= *\* @| *\*\/)/gm)].map(([, lines = '']) => ({
    path,
    code: lines.replaceAll(/^ *\* ?/gm, ''),
  })),
);

function namesFor(path: string): object {
  const own = narrower.find(({ folder }) => path.startsWith(`packages/${folder}/`))?.names ?? {};
  return Object.assign({}, ...Object.values(entries), given, own);
}

describe('examples', () => {
  it.each(examples)('the example of $path runs', async ({ path, code }) => {
    await runInContext(`(async () => {\n${code}\n})()`, createContext(namesFor(path)));
  });

  it('the socket of the examples was written to', () => {
    expect(written.map((bytes) => wire.utf8DecodeLossy(bytes))).toEqual([
      expect.stringMatching(/^SSH-2.0-OpenSSH_10.5\r\n/),
    ]);
  });

  it('each entry of the core has an example, in a docstring of its folder or in the README', () => {
    const readme = readTracked('packages/core/README.md');
    const folders = trackedFiles.flatMap(
      (path) => /^packages\/core\/src\/([a-z0-9-]+)\/index\.ts$/.exec(path)?.[1] ?? [],
    );
    const without = folders.filter(
      (name) =>
        !readme.includes(`'@seashell/core/${name}'`) &&
        !examples.some(({ path }) => path.startsWith(`packages/core/src/${name}/`)),
    );
    expect(without).toEqual([]);
    expect(examples.length).toBeGreaterThanOrEqual(12);
  });

  it('what is given opens', () => {
    expect(runAtOnce(openPrivateKey(given.file, { passphrase }))).toMatchObject({ outcome: 'key' });
  });
});
