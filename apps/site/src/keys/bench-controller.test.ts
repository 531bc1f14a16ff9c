/** The bench's state as events make it: answers that come late, work that is cancelled, clearing, the walk. */
import { describe, expect, it } from 'vitest';
import { BenchController, type BenchPlatform } from './bench-controller.ts';
import { holdsSecret } from './bench-state.ts';
import { Desk } from './desk.ts';
import { makeExamples } from './examples.ts';
import { fileOf, type TakenFile } from './given-file.ts';

const examples = makeExamples();
const textOf = (id: string): string => examples.find((each) => each.id === id)?.text ?? '';

interface Bench {
  readonly controller: BenchController;
  readonly downloads: { readonly fileName: string; readonly text: string }[];
  readonly timers: (() => void)[];
}

function newBench(prefersStill = false): Bench {
  const downloads: Bench['downloads'] = [];
  const timers: (() => void)[] = [];
  const platform: BenchPlatform = {
    startDesk: () => new Desk({ random: (size) => new Uint8Array(size).fill(3), pause: async () => undefined }),
    download: (fileName, text) => downloads.push({ fileName, text }),
    copy: async () => undefined,
    later: (_milliseconds, callback) => timers.push(callback),
    prefersStill,
    examples,
  };
  return { controller: new BenchController(platform, () => undefined), downloads, timers };
}

const usual = { passphrase: undefined, comment: undefined, cipher: undefined, cost: 1 };

const unread = async (): Promise<ArrayBuffer> => {
  throw new Error('it was read');
};

const takenFile = (name: string, text: string): TakenFile => {
  const { buffer } = new TextEncoder().encode(text);
  return { name, size: buffer.byteLength, arrayBuffer: async () => buffer };
};

const isWiped = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);

describe('BenchController', () => {
  it('a file from PuTTY is an OpenSSH file after drop, passphrase and download', async () => {
    const { controller, downloads } = newBench();
    await controller.give(fileOf(new TextEncoder().encode(textOf('ppk')), 'work.ppk'));
    expect(controller.state.shown?.reading.lock).toBe('locked');
    await controller.open('seashell');
    expect(controller.state.said).toMatch(/^Opened\./);
    await controller.download({ ...usual, id: 'openssh' });
    expect(downloads.map(({ fileName }) => fileName)).toEqual(['work']);
    expect(downloads[0]?.text).toMatch(/^-----BEGIN OPENSSH PRIVATE KEY-----\n/);
  });

  it('a key of OpenSSH is read after a paste that lost its last line end, and with the line ends of Windows', async () => {
    const { controller } = newBench();
    await controller.type(textOf('private').trimEnd());
    expect(controller.state.shown?.reading).toMatchObject({ lock: 'locked', problem: undefined });
    await controller.give(fileOf(new TextEncoder().encode(textOf('private').replaceAll('\n', '\r\n')), 'id'));
    expect(controller.state.shown?.reading).toMatchObject({ lock: 'locked', problem: undefined });
    await controller.open('seashell');
    expect(controller.state.said).toMatch(/^Opened\./);
  });

  it('an answer to what was typed before is not shown', async () => {
    const { controller } = newBench();
    await Promise.all([controller.type(textOf('private')), controller.type(textOf('public'))]);
    expect(controller.state.shown?.reading.lock).toBe('public');
  });

  it('a wrong passphrase is refused where it was asked for', async () => {
    const { controller } = newBench();
    await controller.type(textOf('private'));
    await controller.open('no');
    expect(controller.state.refusal).toEqual({ of: 'open', reason: 'That is not the passphrase of this key.' });
    expect(controller.state.work).toBeUndefined();
  });

  it('clear wipes the bytes and forgets the file', async () => {
    const { controller } = newBench();
    const file = fileOf(new TextEncoder().encode(textOf('private')), undefined);
    await controller.give(file);
    expect(holdsSecret(controller.state)).toBe(true);
    const bodies = controller.state.shown?.reading.anatomy.bodies ?? [];
    controller.clear();
    expect(file.bytes.every((byte) => byte === 0)).toBe(true);
    expect(bodies.flatMap(({ bytes }) => [...bytes]).every((byte) => byte === 0)).toBe(true);
    expect(controller.state.file).toBeUndefined();
    expect(controller.state.shown).toBeUndefined();
  });

  it('what is given ends the work on what was there before', async () => {
    const { controller } = newBench();
    await controller.type(textOf('ppk'));
    const opening = controller.open('seashell');
    expect(controller.state.work?.name).toBe('open');
    await controller.type(textOf('public'));
    await opening;
    expect(controller.state).toMatchObject({ work: undefined, shown: { reading: { lock: 'public' } } });
  });

  it('a make that is cancelled leaves the key that was open, to be saved', async () => {
    const { controller, downloads } = newBench();
    await controller.type(textOf('private'));
    await controller.open('seashell');
    const making = controller.make({ kind: 'ssh-rsa', bits: 4096, save: { ...usual, id: 'openssh', passphrase: '' } });
    controller.cancel();
    await making;
    expect(controller.state).toMatchObject({ work: undefined, said: 'Cancelled.' });
    await controller.download({ ...usual, id: 'openssh' });
    expect(downloads).toHaveLength(1);
  });

  it('a private key is known as one before it is read, and where it cannot be', async () => {
    const { controller } = newBench();
    await controller.type('-----BEGIN ANY PRIVATE KEY-----\nAAAA\n');
    expect(controller.state.shown?.reading.problem).toBe('A block ANY PRIVATE KEY is no key that this page can read.');
    expect(holdsSecret(controller.state)).toBe(true);
  });

  it('a file that is too large is refused unread, and nothing older stands below the refusal', async () => {
    const { controller } = newBench();
    await controller.type(textOf('public'));
    await controller.take({ name: 'film', size: 2 ** 33, arrayBuffer: unread });
    expect(controller.state).toMatchObject({ refusal: { of: 'give' }, file: undefined, shown: undefined });
    await controller.give(fileOf(new Uint8Array(1024 * 1024 + 1), 'big'));
    expect(controller.state.refusal?.of).toBe('give');
    expect(controller.state.shown).toBeUndefined();
  });

  it('a file that comes late does not take the place of one that was chosen after it', async () => {
    const { controller } = newBench();
    const late = Promise.withResolvers<ArrayBuffer>();
    const slow = controller.take({ name: 'slow', size: 9, arrayBuffer: () => late.promise });
    await controller.take(takenFile('quick', textOf('public')));
    const { buffer } = new TextEncoder().encode(textOf('private'));
    late.resolve(buffer);
    await slow;
    expect(controller.state).toMatchObject({ file: { name: 'quick' }, shown: { reading: { lock: 'public' } } });
    expect(new Uint8Array(buffer)).toSatisfy(isWiped);
  });

  it('a folder, or a file that cannot be read, is refused, and nothing older stands below the refusal', async () => {
    const { controller } = newBench();
    await controller.type(textOf('public'));
    await controller.take({ name: 'folder', size: 4096, arrayBuffer: unread });
    expect(controller.state).toMatchObject({
      refusal: { of: 'give', reason: expect.stringMatching(/^The browser could not read that/) },
      file: undefined,
      shown: undefined,
    });
  });

  it('a file that cannot be read says nothing once another is there', async () => {
    const { controller } = newBench();
    const late = Promise.withResolvers<ArrayBuffer>();
    const slow = controller.take({ name: 'gone', size: 9, arrayBuffer: () => late.promise });
    await controller.type(textOf('public'));
    late.reject(new Error('gone'));
    await slow;
    expect(controller.state).toMatchObject({ refusal: undefined, shown: { reading: { lock: 'public' } } });
  });

  it('what takes the place of a key wipes its bytes, be it given or made', async () => {
    const { controller } = newBench();
    const given = fileOf(new TextEncoder().encode(textOf('private')), 'given');
    await controller.give(given);
    const bodies = controller.state.shown?.reading.anatomy.bodies ?? [];
    await controller.take(takenFile('next', textOf('ppk')));
    for (const bytes of [given.bytes, ...bodies.map((body) => body.bytes)]) expect(bytes).toSatisfy(isWiped);
    const next = controller.state.file?.bytes;
    expect(next).not.toSatisfy(isWiped);
    await controller.make({ kind: 'ssh-ed25519', bits: 256, save: { ...usual, id: 'openssh', passphrase: '' } });
    expect(next).toSatisfy(isWiped);
    expect(controller.state.file?.bytes).not.toSatisfy(isWiped);
  });

  it('a file with the line ends of Windows is wiped once it is given with others', async () => {
    const { controller } = newBench();
    const { buffer } = new TextEncoder().encode(textOf('private').replaceAll('\n', '\r\n'));
    await controller.take({ name: 'id', size: buffer.byteLength, arrayBuffer: async () => buffer });
    expect(new Uint8Array(buffer)).toSatisfy(isWiped);
    expect(controller.state.shown?.reading).toMatchObject({ lock: 'locked', problem: undefined });
  });

  it('another key of the same file spares the bytes of the file', async () => {
    const { controller } = newBench();
    await controller.type(`${textOf('public')}\n${textOf('public').replace('demo@laptop', 'second')}\n`);
    await controller.chooseEntry(1);
    expect(controller.state.shown?.reading.key?.comment).toBe('second');
    await controller.chooseEntry(0);
    expect(controller.state.shown?.reading.key?.comment).toBe('demo@laptop');
    expect(controller.state.file?.bytes).not.toSatisfy(isWiped);
  });

  it('the walk goes step by step to its end, and stops when it is asked to', async () => {
    const { controller, timers } = newBench();
    await controller.type(textOf('public'));
    controller.walk();
    expect(controller.state).toMatchObject({ step: 0, isWalking: true });
    for (let left = 127; left > 0; left -= 1) timers.shift()?.();
    expect(controller.state).toMatchObject({ step: 127, isWalking: true });
    timers.shift()?.();
    expect(controller.state).toMatchObject({ step: 128, isWalking: false });
    controller.step(5);
    controller.walk();
    controller.walk();
    timers.shift()?.();
    expect(controller.state).toMatchObject({ step: 5, isWalking: false });
  });

  it('nothing moves by itself for who prefers stillness', async () => {
    const { controller, timers } = newBench(true);
    await controller.type(textOf('public'));
    controller.walk();
    expect(controller.state).toMatchObject({ step: 128, isWalking: false });
    expect(timers).toEqual([]);
  });

  it('a selected field leads to its bytes, and a byte to its field', async () => {
    const { controller } = newBench();
    await controller.type(textOf('public'));
    const { anatomy } = controller.state.shown?.reading ?? {};
    const field = anatomy?.fields.at(-1);
    controller.select(field?.path);
    expect(controller.state).toMatchObject({ selected: field?.path, body: field?.span.body, byte: field?.span.start });
    controller.select('no such field');
    expect(controller.state.selected).toBeUndefined();
  });

  it('a made key is there with its file, and secret', async () => {
    const { controller } = newBench();
    await controller.prepareToMake();
    expect(controller.state).toMatchObject({ panel: 'make', kind: 'ssh-ed25519' });
    await controller.make({ kind: 'ssh-ed25519', bits: 256, save: { ...usual, id: 'openssh', passphrase: '' } });
    expect(controller.state).toMatchObject({
      panel: 'look',
      file: { name: 'id_ed25519' },
      shown: { reading: { lock: 'open' } },
    });
    expect(holdsSecret(controller.state)).toBe(true);
  });
});
