/** The key worker's work, without the worker: every format opens, converts and opens again; what is wrong is said with its byte. */
import { emptyKrl, encodeKrl, revoke } from '@seashell/core/files';
import { sha256 as sha256Hash } from '@seashell/core/crypto/sha256';
import { encodePublicKey, fingerprint, generateKey, privateKeyFormats, runAtOnce } from '@seashell/core/keys';
import { armourSshsig, signerOfKey, signSshsig, signWithKey } from '@seashell/core/signatures';
import { utf8Encode } from '@seashell/core/wire';
import { describe, expect, it } from 'vitest';
import { Desk } from './desk.ts';
import { makeExamples } from './examples.ts';
import type { Reading, SaveRequest } from './surface.ts';

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
const fileOf = (text: string, name?: string) => ({ bytes: new TextEncoder().encode(text), name, entry: 0 });
const usual: Omit<SaveRequest, 'id'> = {
  passphrase: undefined,
  comment: undefined,
  cipher: undefined,
  rounds: undefined,
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
      const saved = await desk.save({ ...usual, id, rounds: 1 }, silent);
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
    const changed = await desk.save({ ...usual, id: 'openssh', passphrase: 'new', rounds: 1 }, silent);
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
    const answer = await desk.open('seashell', ({ done, total }) => {
      shares.push(done / total);
      desk.cancel();
    });
    expect(answer).toEqual({ outcome: 'cancelled' });
    expect(shares.at(-1)).toBeLessThan(1);
    expect(await desk.open('seashell', silent)).toMatchObject({ outcome: 'open' });
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
    expect(first.entries.map(({ line: at, comment }) => [at, comment])).toEqual([
      [2, 'demo@laptop'],
      [4, 'second'],
    ]);
    expect(first.key?.details).toEqual([{ name: 'options', values: ['restrict'] }]);
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
    expect(cut).toMatchObject({ key: undefined, problem: 'The signature is damaged.' });
    expect(cut.anatomy.fault).toBeDefined();
  });

  it('read of a revocation list shows its fields, and says if it is damaged', async () => {
    const key = runAtOnce(generateKey({ type: 'ssh-ed25519', random: seededBytes() }));
    const bytes = encodeKrl(revoke(emptyKrl({ generated: 1n }), [{ type: 'key', blob: encodePublicKey(key) }]));
    const file = { bytes, name: 'revoked', entry: 0 };
    expect(await newDesk().read(file)).toMatchObject({ anatomy: { kind: 'krl' }, key: undefined, problem: undefined });
    const cut = await newDesk().read({ ...file, bytes: bytes.subarray(0, -1) });
    expect(cut).toMatchObject({ anatomy: { kind: 'krl' }, problem: 'The list is damaged.' });
  });

  it('read of a fingerprint alone has its walk, and of something else says so', async () => {
    const [facts] = (await newDesk().read(fileOf(example('public')))).key?.fingerprints ?? [];
    const alone = await newDesk().read(fileOf(`${facts?.text}\n`));
    expect(alone.key?.fingerprints[0]).toEqual({ ...facts, art: '' });
    expect((await newDesk().read(fileOf('hello'))).problem).toBe('No key was found in it.');
  });
});
