/** The key worker's work, without the worker: every format opens, converts and opens again; what is wrong is said with its byte. */
import { emptyKrl, encodeKrl, revoke } from '@seashell/core/files';
import { sha256 as sha256Hash } from '@seashell/core/crypto/sha256';
import { generateKey as generateByPlatform } from '@seashell/core/generate';
import { encodePublicKey, fingerprint, generateKey, privateKeyFormats, runAtOnce } from '@seashell/core/keys';
import { armourSshsig, signerOfKey, signSshsig, signWithKey } from '@seashell/core/signatures';
import { utf8Encode } from '@seashell/core/wire';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Desk } from './desk.ts';
import { makeExamples } from './examples.ts';
import { fileOf as givenFile } from './given-file.ts';
import type { Reading, SaveRequest } from './surface.ts';

vi.mock('@seashell/core/generate', { spy: true });

/** Random bytes that are the same on every run: SHA-256 of a counter. */
function seededBytes(): (size: number) => Uint8Array<ArrayBuffer> {
  let count = 0;
  return (size) => {
    const bytes = new Uint8Array(size);
    for (let at = 0; at < size; at += 32) {
      bytes.set(sha256Hash.digest(utf8Encode(`desk ${count}`)).subarray(0, size - at), at);
      count += 1;
    }
    return bytes;
  };
}

const newDesk = (): Desk => new Desk({ random: seededBytes(), pause: async () => undefined });
const silent = (): void => undefined;
const fileOf = (text: string, name?: string) => givenFile(new TextEncoder().encode(text), name);
const usual: Omit<SaveRequest, 'id'> = {
  passphrase: undefined,
  comment: undefined,
  cipher: undefined,
  cost: undefined,
};
const sha256 = ({ key }: Reading): string | undefined => key?.fingerprints[0]?.text;

const examples = makeExamples();
const example = (id: string): string => examples.find((each) => each.id === id)?.text ?? '';

async function openedDesk(): Promise<{ readonly desk: Desk; readonly reading: Reading }> {
  const desk = newDesk();
  await desk.read(fileOf(example('private')));
  const answer = await desk.open('seashell', silent);
  if (answer.outcome !== 'open') throw new Error(answer.outcome);
  return { desk, reading: answer.reading };
}

describe('Desk', () => {
  it('read of a public line tells type, bits, comment and the formats of the public half', async () => {
    const reading = await newDesk().read(fileOf(example('public')));
    expect(reading.lock).toBe('public');
    expect(reading.key).toMatchObject({ type: 'ssh-ed25519', bits: 256, comment: 'demo@laptop' });
    expect(reading.targets.every(({ secret }) => !secret)).toBe(true);
  });

  it('read of an encrypted file shows the public half and how the rest is sealed', async () => {
    const desk = newDesk();
    const reading = await desk.read(fileOf(example('private')));
    expect(reading).toMatchObject({ lock: 'locked', seal: { cipher: 'aes256-ctr', derivation: 'bcrypt, 24 rounds' } });
    expect(sha256(reading)).toBe(sha256(await newDesk().read(fileOf(example('public')))));
  });

  it('open tells a wrong passphrase from a damaged file, and the right one opens', async () => {
    const desk = newDesk();
    await desk.read(fileOf(example('private')));
    expect(await desk.open('wrong', silent)).toEqual({ outcome: 'wrong-passphrase' });
    const steps: number[] = [];
    const answer = await desk.open('seashell', ({ done }) => steps.push(done));
    expect(answer).toMatchObject({ outcome: 'open', reading: { lock: 'open', key: { comment: 'demo@laptop' } } });
    expect(steps.length).toBeGreaterThan(1);
  });

  it('read of damaged and of truncated files says which, with the byte', async () => {
    const text = example('private');
    const truncated = await newDesk().read(fileOf(text.slice(0, 200)));
    expect(truncated).toMatchObject({ lock: 'unreadable', key: undefined });
    expect(truncated.problem).toMatch(/^The file is cut off at byte \d+/);
    const damaged = await newDesk().read(fileOf(text.replace('b3BlbnNz', 'b3BlbnNy')));
    expect(damaged.problem).toMatch(/^The file is damaged at byte \d+/);
  });

  it.each(privateKeyFormats.filter((row) => row.holds('ssh-ed25519')).map(({ name }) => name))(
    'save as %s keeps the key, the passphrase and, where the format has one, the comment',
    async (id) => {
      const { desk, reading } = await openedDesk();
      const cost = reading.targets.find((target) => target.id === id)?.cost?.minimum;
      const saved = await desk.save({ ...usual, id, cost }, silent);
      if (saved.outcome !== 'saved') throw new Error(saved.outcome);
      expect(saved.encrypted).toBe(true);
      const other = newDesk();
      expect(await other.read(fileOf(saved.text, saved.fileName))).toMatchObject({ lock: 'locked' });
      const again = await other.open('seashell', silent);
      if (again.outcome !== 'open') throw new Error(again.outcome);
      expect(sha256(again.reading)).toBe(sha256(reading));
    },
    60_000,
  );

  it('save with an empty passphrase takes the encryption away, with another one changes it', async () => {
    const { desk } = await openedDesk();
    const plain = await desk.save({ ...usual, id: 'openssh', passphrase: '' }, silent);
    if (plain.outcome !== 'saved') throw new Error(plain.outcome);
    expect(await newDesk().read(fileOf(plain.text))).toMatchObject({ lock: 'open', seal: undefined });
    const changed = await desk.save({ ...usual, id: 'openssh', passphrase: 'new', cost: 1 }, silent);
    if (changed.outcome !== 'saved') throw new Error(changed.outcome);
    const other = newDesk();
    await other.read(fileOf(changed.text));
    expect(await other.open('seashell', silent)).toEqual({ outcome: 'wrong-passphrase' });
    expect(await other.open('new', silent)).toMatchObject({ outcome: 'open' });
  });

  it.each(['public-line', 'rfc4716', 'public-pem'])('save as %s is read again as the same key', async (id) => {
    const desk = newDesk();
    const reading = await desk.read(fileOf(example('public')));
    const saved = await desk.save({ ...usual, id }, silent);
    if (saved.outcome !== 'saved') throw new Error(saved.outcome);
    expect(sha256(await newDesk().read(fileOf(saved.text)))).toBe(sha256(reading));
  });

  it('unseal adds the private section as bytes of their own', async () => {
    const { desk } = await openedDesk();
    const answer = await desk.unseal(silent);
    if (answer.outcome !== 'open') throw new Error(answer.outcome);
    expect(answer.reading.anatomy.bodies.some(({ origin }) => origin.encoding === 'decrypted')).toBe(true);
  });

  it('make gives a key that reads as it was asked for, in every kind', async () => {
    const desk = newDesk();
    for (const kind of await desk.kinds()) {
      const save = { ...usual, id: kind.formats[0]?.id ?? '', passphrase: '', comment: 'made' };
      const bits = Math.max(kind.bits.minimum, Math.min(kind.bits.usual, 1024));
      const answer = await desk.make({ kind: kind.id, bits, save }, silent);
      expect(answer).toMatchObject({
        outcome: 'made',
        reading: { lock: 'open', key: { type: kind.id, bits, comment: 'made' } },
      });
    }
  }, 120_000);

  it('cancel drops an RSA key that the platform makes, and the next one is made', async () => {
    const desk = newDesk();
    const request = { kind: 'ssh-rsa', save: { ...usual, id: 'openssh' } };
    const dropped = desk.make({ ...request, bits: 4096 }, silent);
    desk.cancel();
    expect(await dropped).toEqual({ outcome: 'cancelled' });
    const made = await desk.make({ ...request, bits: 1024 }, silent);
    expect(made).toMatchObject({ outcome: 'made', reading: { key: { shortName: 'RSA', bits: 1024 } } });
  });

  it.each(['private', 'ppk'])('cancel ends long work on %s, and the file can be opened afterwards', async (id) => {
    const desk = newDesk();
    await desk.read(fileOf(example(id)));
    const shares: number[] = [];
    const answer = await desk.open('seashell', (progress) => {
      // It goes to the page as a message.
      const { done, total } = structuredClone(progress);
      shares.push(done / total);
      desk.cancel();
    });
    expect(answer).toEqual({ outcome: 'cancelled' });
    expect(shares.at(-1)).toBeLessThan(1);
    expect(await desk.open('seashell', silent)).toMatchObject({ outcome: 'open' });
  });

  it('a make that is cancelled, or refused, leaves the open key open', async () => {
    const { desk } = await openedDesk();
    const making = desk.make({ kind: 'ssh-rsa', bits: 4096, save: { ...usual, id: 'openssh' } }, silent);
    desk.cancel();
    expect(await making).toEqual({ outcome: 'cancelled' });
    const none = await desk.make({ kind: 'ssh-rsa', bits: 999, save: { ...usual, id: 'openssh' } }, silent);
    expect(none).toEqual({ outcome: 'refused', reason: 'RSA keys have 1024 to 16384 bits.' });
    expect(await desk.save({ ...usual, id: 'openssh', passphrase: '' }, silent)).toMatchObject({ outcome: 'saved' });
  });

  it('make in a format that does not hold the key is refused in words, and nothing is lost', async () => {
    const { desk } = await openedDesk();
    const answer = await desk.make({ kind: 'ssh-ed25519', bits: 256, save: { ...usual, id: 'pkcs1' } }, silent);
    expect(answer).toEqual({ outcome: 'refused', reason: 'No such format holds this key.' });
    expect(await desk.save({ ...usual, id: 'public-line' }, silent)).toMatchObject({ outcome: 'saved' });
  });

  it('kinds begin with what to take, and warn of what not to', async () => {
    const kinds = await newDesk().kinds();
    expect(kinds.map(({ shortName }) => shortName)).toEqual([
      'ED25519',
      'ECDSA',
      'ECDSA',
      'ECDSA',
      'RSA',
      'MLDSA44-ED25519',
      'DSA',
    ]);
    expect(kinds.filter(({ mark }) => mark !== '').map(({ mark }) => mark)).toEqual([
      'experimental, OpenSSH 10.5',
      'for old machines only',
    ]);
  });

  it.each([
    ['openssh', 'aes128-gcm@openssh.com', 3, { cipher: 'aes128-gcm@openssh.com', derivation: 'bcrypt, 3 rounds' }],
    ['pkcs8', 'AES-256-CBC', 1000, { cipher: 'AES-256-CBC', derivation: 'PBKDF2 with sha256, 1,000 iterations' }],
    ['ppk3', undefined, 2, { cipher: 'aes256-cbc', derivation: 'argon2id, 2 passes over 8 mebibytes' }],
  ])('save as %s takes the cipher and the cost that were chosen', async (id, cipher, cost, seal) => {
    const { desk } = await openedDesk();
    const saved = await desk.save({ ...usual, id, cipher, cost }, silent);
    if (saved.outcome !== 'saved') throw new Error(saved.outcome);
    expect((await newDesk().read(fileOf(saved.text))).seal).toEqual(seal);
  });

  it.each([
    [{ id: 'openssh', cost: 0 }, 'OpenSSH takes 1 to 1,024 rounds, as a whole number.'],
    [{ id: 'openssh', cost: 99_999 }, 'OpenSSH takes 1 to 1,024 rounds, as a whole number.'],
    [{ id: 'pkcs8', cost: 1.5 }, 'PKCS#8 PEM takes 1 to 10,000,000 iterations, as a whole number.'],
    [{ id: 'ppk2', cost: 7 }, 'PuTTY (PPK 2) files leave no choice of a cost.'],
    [{ id: 'openssh', cipher: 'AES-256-CBC' }, 'OpenSSH files are not encrypted with AES-256-CBC.'],
    [{ id: 'openssh', cipher: 'none' }, 'OpenSSH files are not encrypted with none.'],
  ])('save of %o is refused in words', async (request, reason) => {
    const { desk } = await openedDesk();
    expect(await desk.save({ ...usual, ...request }, silent)).toEqual({ outcome: 'refused', reason });
  });

  it('read of a cut encrypted file never calls it open, and shows what is there', async () => {
    for (const id of ['private', 'ppk']) {
      const text = example(id);
      for (const size of [40, 60, 90, 160, 250]) {
        const { anatomy, lock } = await newDesk().read(fileOf(text.slice(0, size)));
        expect([lock, anatomy.isEncrypted], `${id} ${size}`).not.toContain(false);
        expect(anatomy.title).not.toContain('not encrypted');
      }
    }
    const { anatomy } = await newDesk().read(fileOf(example('private').slice(0, 250)));
    expect(anatomy).toMatchObject({ isEncrypted: true, title: 'OpenSSH private key, encrypted' });
    expect(JSON.stringify(anatomy.fields)).toContain('aes256-ctr');
  });

  it('read of a cut file still has its public key, to be compared and saved', async () => {
    const whole = await newDesk().read(fileOf(example('private')));
    const desk = newDesk();
    const cut = await desk.read(fileOf(example('private').slice(0, 250)));
    expect(cut).toMatchObject({
      lock: 'unreadable',
      problem: expect.stringMatching(/^The file is cut off at byte \d+/),
    });
    expect(sha256(cut)).toBe(sha256(whole));
    expect(cut.targets.some(({ secret }) => secret)).toBe(false);
    const saved = await desk.save({ ...usual, id: 'public-line' }, silent);
    expect(saved).toMatchObject({ outcome: 'saved', text: expect.stringMatching(/^ssh-ed25519 AAAA/) });
  });

  it('save writes the public key of a file that is still locked', async () => {
    const desk = newDesk();
    expect((await desk.read(fileOf(example('private')))).lock).toBe('locked');
    const saved = await desk.save({ ...usual, id: 'public-line' }, silent);
    expect(saved).toMatchObject({ outcome: 'saved', text: expect.stringMatching(/^ssh-ed25519 AAAA/) });
  });

  it('read of a changed PuTTY file says so, and in one sentence', async () => {
    const { desk } = await openedDesk();
    const saved = await desk.save({ ...usual, id: 'ppk3', passphrase: '' }, silent);
    if (saved.outcome !== 'saved') throw new Error(saved.outcome);
    const { problem } = await newDesk().read(fileOf(saved.text.replace('demo@laptop', 'evil@laptop')));
    expect(problem).toBe('The file was changed after it was written. Its MAC does not fit what stands in it.');
  });

  it('forget leaves nothing to save', async () => {
    const { desk } = await openedDesk();
    desk.forget();
    expect(await desk.save({ ...usual, id: 'openssh' }, silent)).toMatchObject({ outcome: 'refused' });
    expect(await desk.save({ ...usual, id: 'public-line' }, silent)).toMatchObject({ outcome: 'refused' });
  });

  it('read of authorized_keys lists its keys, each with its own place', async () => {
    const line = example('public');
    const text = `# people\nrestrict ${line}\n\n${line.replace('demo@laptop', 'second')}\n`;
    const desk = newDesk();
    const first = await desk.read(fileOf(text));
    expect(first.entries.map(({ line: at, about }) => [at, about])).toEqual([
      [2, 'demo@laptop'],
      [4, 'second'],
    ]);
    expect(first.key?.details).toEqual([
      { name: 'options', values: [expect.stringMatching(/^restrict: Takes away every permission/)] },
    ]);
    const second = await desk.read({ ...fileOf(text), entry: 1 });
    expect(second.key?.comment).toBe('second');
    expect(text.slice(second.startBytes)).toMatch(/^ssh-ed25519 /);
  });

  it('read of a signature of a file tells who signed it, and that a damaged one is damaged', async () => {
    const random = seededBytes();
    const key = runAtOnce(generateKey({ type: 'ssh-ed25519', random }));
    const request = { signer: signerOfKey(key), message: utf8Encode('hello'), namespace: 'file' };
    const text = armourSshsig(signWithKey(signSshsig(request), { key, random }));
    const reading = await newDesk().read(fileOf(text));
    expect(reading).toMatchObject({ lock: 'public', anatomy: { kind: 'sshsig' }, problem: undefined });
    expect(sha256(reading)).toBe(fingerprint(encodePublicKey(key)));
    expect(reading.targets.map(({ secret }) => secret)).not.toContain(true);
    const cut = await newDesk().read(fileOf(text.replace(/\n[^\n]*\n-----END/, '\n-----END')));
    expect(cut).toMatchObject({
      key: undefined,
      problem: expect.stringMatching(/^The signature is damaged at byte \d+ of /),
    });
    expect(cut.anatomy.fault).toBeDefined();
  });

  it('read of a revocation list shows its fields, and says if it is damaged', async () => {
    const key = runAtOnce(generateKey({ type: 'ssh-ed25519', random: seededBytes() }));
    const bytes = encodeKrl(revoke(emptyKrl({ generated: 1n }), [{ type: 'key', blob: encodePublicKey(key) }]));
    const file = givenFile(bytes, 'revoked');
    expect(await newDesk().read(file)).toMatchObject({ anatomy: { kind: 'krl' }, key: undefined, problem: undefined });
    const cut = await newDesk().read({ ...file, bytes: bytes.subarray(0, -1) });
    expect(cut).toMatchObject({
      anatomy: { kind: 'krl' },
      problem: expect.stringMatching(/^The list is damaged at byte \d+ of /),
    });
  });

  it('read of known_hosts shows hosts and markers, in the list and of the line', async () => {
    const line = example('public').trim();
    const hashed = '|1|BwcHBwcHBwcHBwcHBwcHBwcHBwc=|BwcHBwcHBwcHBwcHBwcHBwcHBwc=';
    const text = `web1,10.0.0.1 ${line}\n@revoked * ${line}\n@cert-authority *.org ${line}\n${hashed} ${line}\n`;
    const desk = newDesk();
    const first = await desk.read(fileOf(text));
    expect(first.entries.map(({ mark, about }) => `${mark} ${about}`.trim())).toEqual([
      'web1, 10.0.0.1',
      '@revoked *',
      '@cert-authority *.org',
      'a hashed name',
    ]);
    expect(first).toMatchObject({ kind: 'known-hosts-line', problem: undefined });
    const second = await desk.read({ ...fileOf(text), entry: 1 });
    expect(second.anatomy.title).toBe('Line of known_hosts, ssh-ed25519');
    expect(second.key?.details).toEqual([
      { name: '@revoked', values: [expect.stringContaining('never accepted')] },
      { name: 'host', values: ['*'] },
    ]);
  });

  it('read of an authority in authorized_keys marks it, and explains its options', async () => {
    const line = example('public').trim();
    const text = `cert-authority,principals="anna" ${line}\n${line}\n`;
    const { entries, key } = await newDesk().read(fileOf(text));
    expect(entries.map(({ mark }) => mark)).toEqual(['cert-authority', '']);
    expect(key?.details[0]?.values).toEqual([
      expect.stringMatching(/^cert-authority: The key is an authority/),
      expect.stringMatching(/^principals="anna": For an authority/),
    ]);
  });

  it('read of the base64 of a key alone is that key', async () => {
    const [, base64 = ''] = example('public').split(' ');
    const desk = newDesk();
    const reading = await desk.read(fileOf(`${base64}\n`));
    expect(reading).toMatchObject({ kind: 'public-blob', key: { type: 'ssh-ed25519', bits: 256 }, problem: undefined });
    expect(await desk.save({ ...usual, id: 'public-line' }, silent)).toMatchObject({ outcome: 'saved' });
  });

  it('read of a line whose word is not the type of its key says which two types', async () => {
    const { problem } = await newDesk().read(fileOf(example('public').replace('ssh-ed25519', 'ssh-rsa')));
    expect(problem).toBe('The line says ssh-rsa, and the key in it says ssh-ed25519: OpenSSH takes it for no key.');
  });

  it.each([
    ['256 %s demo@laptop (ED25519)', { bits: 256, shortName: 'ED25519', comment: 'demo@laptop' }],
    ['256 %s no comment (ED25519)', { bits: 256, shortName: 'ED25519', comment: '' }],
    ['ED25519 key fingerprint is %s.', { bits: undefined, shortName: 'ED25519' }],
    ['ED25519 key fingerprint is: %s', { bits: undefined, shortName: 'ED25519' }],
  ])('read of a line that ssh-keygen or ssh prints: %s', async (line, facts) => {
    const { key } = await newDesk().read(fileOf(example('public')));
    for (const { text } of key?.fingerprints.slice(0, 2) ?? []) {
      const reading = await newDesk().read(fileOf(`${line.replace('%s', text)}\n`));
      expect(reading).toMatchObject({ kind: 'fingerprint-line', problem: undefined, key: facts });
      expect(reading.key?.fingerprints[0]?.text).toBe(text);
    }
  });

  it('read of a fingerprint alone has its walk, and of something else says so', async () => {
    const [facts] = (await newDesk().read(fileOf(example('public')))).key?.fingerprints ?? [];
    const alone = await newDesk().read(fileOf(`${facts?.text}\n`));
    expect(alone.key?.fingerprints[0]).toEqual({ ...facts, art: '' });
    expect(alone).toMatchObject({ kind: 'fingerprint', key: { type: undefined, bits: undefined } });
    expect((await newDesk().read(fileOf('hello'))).problem).toBe('No key was found in it.');
  });
});

const isWiped = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);

/** Of the last key that the platform made. */
async function lastSeed(): Promise<Uint8Array> {
  const key = await vi.mocked(generateByPlatform).mock.results.at(-1)?.value;
  if (key?.type !== 'ssh-ed25519') throw new Error('no such key was made');
  return key.seed;
}

/** Hears of every text that becomes bytes from now on: whether each time its bytes are wiped by now. */
function wipedOf(): (text: string) => readonly boolean[] {
  const { calls, results } = vi.spyOn(TextEncoder.prototype, 'encode').mock;
  return (text) =>
    calls.flatMap(([given], index) => {
      const result = results[index];
      return given === text && result?.type === 'return' ? [isWiped(result.value)] : [];
    });
}

describe('secrets that are no longer needed', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('open keeps the passphrase that opens, and wipes one that is wrong, refused or cancelled', async () => {
    const desk = newDesk();
    const wiped = wipedOf();
    await desk.read(fileOf(example('private')));
    await desk.open('wrong', silent);
    expect(wiped('wrong')).toEqual([true]);
    await desk.open('seashell', () => desk.cancel());
    expect(wiped('seashell')).toEqual([true]);
    await desk.open('seashell', silent);
    expect(wiped('seashell')).toEqual([true, false]);
    await desk.open('seashell', silent);
    expect(wiped('seashell')).toEqual([true, true, false]);
    await desk.read(fileOf('no key'));
    await desk.open('refused', silent);
    expect(wiped('refused')).toEqual([true]);
  });

  it('save wipes a new passphrase, cancelled too, and spares the one of the open key', async () => {
    const { desk } = await openedDesk();
    const wiped = wipedOf();
    await desk.save({ ...usual, id: 'openssh', passphrase: 'new', cost: 1 }, silent);
    expect(wiped('new')).toEqual([true]);
    await desk.save({ ...usual, id: 'openssh', passphrase: 'newer', cost: 9 }, () => desk.cancel());
    expect(wiped('newer')).toEqual([true]);
    const kept = await desk.save({ ...usual, id: 'openssh', cost: 1 }, silent);
    const again = await desk.save({ ...usual, id: 'openssh', cost: 1 }, silent);
    expect([kept, again]).toMatchObject([{ encrypted: true }, { encrypted: true }]);
    const other = newDesk();
    await other.read(fileOf(again.outcome === 'saved' ? again.text : ''));
    expect(await other.open('seashell', silent)).toMatchObject({ outcome: 'open' });
  });

  it.each([
    ['refused', 'pkcs1', silent],
    ['cancelled', 'openssh', (desk: Desk) => desk.cancel()],
  ])('make that is %s after the key was made wipes the key', async (outcome, id, hear) => {
    const desk = newDesk();
    const wiped = wipedOf();
    const save = { ...usual, id, passphrase: 'new' };
    expect(await desk.make({ kind: 'ssh-ed25519', bits: 256, save }, () => hear(desk))).toMatchObject({ outcome });
    expect(wiped('new')).not.toContain(false);
    expect(await lastSeed()).toSatisfy(isWiped);
  });

  it('make that is cancelled as the key is there wipes it, and one that succeeds does not', async () => {
    const desk = newDesk();
    const request = { kind: 'ssh-ed25519', bits: 256, save: { ...usual, id: 'openssh', passphrase: '' } };
    const making = desk.make(request, silent);
    desk.cancel();
    expect(await making).toEqual({ outcome: 'cancelled' });
    expect(await lastSeed()).toSatisfy(isWiped);
    expect(await desk.make(request, silent)).toMatchObject({ outcome: 'made' });
    expect(await lastSeed()).not.toSatisfy(isWiped);
  });
});
