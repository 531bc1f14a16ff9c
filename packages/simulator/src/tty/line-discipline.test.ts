/** The line discipline against conversations with a real pty of Linux (tools/record-tty.py). */
import { hexDecode, hexEncode } from '@seashell/core/wire';
import { signalNumbers, type SignalName, type TerminalAttributes } from '@seashell/system';
import { describe, expect, test } from 'vitest';
import { makeRaw, saneAttributes } from './attributes.ts';
import recording from './fixtures/linux-pty.json' with { type: 'json' };
import { LineDiscipline } from './line-discipline.ts';

interface Step {
  readonly type?: string;
  readonly write?: string;
  readonly taken?: number;
  readonly read?: number;
  readonly got?: string | null;
  readonly set?: { readonly attributes: Partial<TerminalAttributes>; readonly flush: boolean };
  readonly echo: string;
  readonly signals: readonly string[];
}

function bytesOf(hexadecimal: string): Uint8Array {
  const bytes = hexDecode(hexadecimal);
  if (bytes === undefined) throw new Error(`not hexadecimal: ${hexadecimal}`);
  return bytes;
}

/** Types like a person with a patient program behind the buffer: what is not taken is offered again after the next read. */
class Typist {
  readonly terminal = new LineDiscipline();
  #waiting: number[] = [];

  type(bytes: Uint8Array): void {
    this.#waiting.push(...bytes);
    this.offer();
  }

  offer(): void {
    this.#waiting.splice(0, this.terminal.receive(Uint8Array.from(this.#waiting)));
  }
}

function perform(step: Step, typist: Typist): Step {
  const { terminal } = typist;
  let outcome: Partial<Step> = {};
  if (step.type !== undefined) {
    typist.type(bytesOf(step.type));
    outcome = { type: step.type };
  } else if (step.write !== undefined) {
    outcome = { write: step.write, taken: terminal.write(bytesOf(step.write)) };
  } else if (step.read !== undefined) {
    const got = terminal.read(step.read);
    typist.offer();
    outcome = { read: step.read, got: got === undefined ? null : hexEncode(got) };
  } else if (step.set !== undefined) {
    const { attributes, flush } = step.set;
    terminal.setAttributes({ ...saneAttributes, ...attributes }, { flush });
    outcome = { set: step.set };
  }
  return { ...outcome, echo: hexEncode(terminal.takeOutput()), signals: terminal.takeSignals() };
}

describe('LineDiscipline does as the pty of Linux', () => {
  const conversations: readonly (readonly Step[])[] = recording.conversations;

  test.each(conversations.map((steps, number) => ({ number, steps })))('in conversation $number', ({ steps }) => {
    const typist = new Typist();
    const performed = steps.map((step) => perform(step, typist));
    expect(performed).toEqual(steps);
  });

  test('the recording has every kind of step and signal', () => {
    const steps = conversations.flat();
    const signals = new Set(steps.flatMap((step) => step.signals));
    expect(steps.length).toBeGreaterThan(1000);
    expect([...signals].toSorted()).toEqual(['SIGINT', 'SIGQUIT', 'SIGTSTP']);
    for (const signal of signals) expect(signalNumbers).toHaveProperty<SignalName>(signal);
  });
});

describe('LineDiscipline', () => {
  const encoder = new TextEncoder();

  test('takes no more input than it can hold in raw mode, until somebody reads', () => {
    const terminal = new LineDiscipline({ attributes: makeRaw(saneAttributes) });
    expect(terminal.receive(new Uint8Array(5000).fill(0x61))).toBe(4095);
    expect(terminal.canReceive).toBe(false);
    expect(terminal.read(10)).toHaveLength(10);
    expect(terminal.receive(new Uint8Array(5000).fill(0x61))).toBe(10);
  });

  test('takes no more output than it can hold, until somebody takes it', () => {
    const terminal = new LineDiscipline();
    expect(terminal.write(new Uint8Array(100_000).fill(0x61))).toBe(65_536);
    expect(terminal.canWrite).toBe(false);
    expect(terminal.takeOutput(1000)).toHaveLength(1000);
    expect(terminal.canWrite).toBe(true);
    expect(terminal.takeOutput()).toHaveLength(64_536);
    expect(terminal.hasOutput).toBe(false);
  });

  test('tells a change of window size once', () => {
    const terminal = new LineDiscipline();
    const size = { columns: 100, rows: 30, widthPixels: 0, heightPixels: 0 };
    expect(terminal.setWindowSize(size)).toBe(true);
    expect(terminal.setWindowSize({ ...size })).toBe(false);
    expect(terminal.windowSize).toEqual(size);
  });

  test('a disabled character (0) is an ordinary one', () => {
    const characters = { ...saneAttributes.characters, VINTR: 0, VEOF: 0 };
    const terminal = new LineDiscipline({ attributes: { ...saneAttributes, characters } });
    terminal.receive(encoder.encode('a\x03\x04\0\n'));
    expect(terminal.takeSignals()).toEqual([]);
    expect(terminal.read(99)).toEqual(encoder.encode('a\x03\x04\0\n'));
  });
});
