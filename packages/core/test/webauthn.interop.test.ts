/** Signatures as browsers make them, shown to ssh-keygen: what it takes we take, and nothing else. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  armourSshsig,
  decodeSshsig,
  dearmourSshsig,
  checkSshsig,
  signerOfKey,
  signSshsig,
} from '../src/signatures/index.ts';
import { utf8Encode } from '../src/wire/index.ts';
import { signAsBrowser, webauthnCases, webauthnKey } from './webauthn-cases.ts';

const isMissing = spawnSync('ssh-keygen', ['-?']).error !== undefined;
if (isMissing && process.env['CI'] !== undefined) throw new Error('ssh-keygen is missing');

const folder = mkdtempSync(join(tmpdir(), 'seashell-webauthn-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe.skipIf(isMissing)('webauthn-sk-ecdsa-sha2-nistp256@openssh.com', () => {
  const text = 'a file\n';
  const message = utf8Encode(text);

  it.each(webauthnCases)('with $name: ssh-keygen and ours agree', (each) => {
    const work = signSshsig({ signer: signerOfKey(webauthnKey), message, namespace: 'file' });
    const asked = work.next();
    if (asked.done === true) throw new Error('no request');
    const made = work.next(signAsBrowser(asked.value.message, each));
    if (made.done !== true) throw new Error('two requests');
    const armoured = armourSshsig(made.value);
    writeFileSync(join(folder, 'sig'), armoured);
    const words = ['-Y', 'check-novalidate', '-n', 'file', '-s', 'sig'];
    const { status, stdout } = spawnSync('ssh-keygen', words, { cwd: folder, input: text, encoding: 'utf8' });
    expect(status === 0, stdout).toBe(each.verifies);
    const signature = decodeSshsig(dearmourSshsig(armoured));
    const { outcome } = checkSshsig({ signature, message, namespace: 'file' });
    expect(outcome === 'refused').toBe(!each.verifies);
  });
});
