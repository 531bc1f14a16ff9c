/** The contract of `TerminalOperations`, over a new pseudo-terminal. */
import { describe, expect, test } from 'vitest';
import type { System } from '../system.ts';
import type { WindowSize } from '../terminal.ts';
import { codeOf, readExactly, spawnShell, writeAll } from './asking.ts';
import { inside, type ContractSubject } from './subject.ts';

const size: WindowSize = { columns: 90, rows: 30, widthPixels: 0, heightPixels: 0 };

export function describeTerminals(subject: ContractSubject): void {
  describe('terminals', () => {
    test(
      'what is no terminal is ENOTTY',
      inside(subject, async (system, at) => {
        const file = await system.files.open(`${at}/f`, { access: 'readWrite', create: true });
        expect(await codeOf(system.terminal.getAttributes(file))).toBe('ENOTTY');
        expect(await codeOf(system.terminal.getWindowSize(file))).toBe('ENOTTY');
      }),
    );
    describe.skipIf(!subject.capabilities.pseudoTerminal)('a pseudo-terminal', () => {
      describeLines(subject);
      describeSessions(subject);
    });
  });
}

function describeLines(subject: ContractSubject): void {
  test(
    'echoes and delivers whole lines, edited',
    inside(subject, async (system) => {
      const { controller, terminal } = await system.terminal.openPseudoTerminal(size);
      await writeAll(system, controller, 'abx\x7fc\r');
      expect(await readExactly(system, terminal, 4)).toBe('abc\n');
      expect(await readExactly(system, controller, 9)).toBe('abx\b \bc\r\n');
      await writeAll(system, terminal, 'out\n');
      expect(await readExactly(system, controller, 5)).toBe('out\r\n');
    }),
  );

  test(
    'raw mode delivers each byte, without echo',
    inside(subject, async (system) => {
      const { controller, terminal } = await system.terminal.openPseudoTerminal(size);
      const before = await system.terminal.getAttributes(terminal);
      const raw = { ...before, ICANON: false, ECHO: false, ISIG: false, ICRNL: false, OPOST: false };
      await system.terminal.setAttributes(terminal, raw);
      await writeAll(system, controller, 'a\x03\r');
      expect(await readExactly(system, terminal, 3)).toBe('a\x03\r');
      await writeAll(system, terminal, '\n');
      expect(await readExactly(system, controller, 1)).toBe('\n');
      expect(await system.terminal.getAttributes(terminal)).toEqual(raw);
    }),
  );

  test(
    'has a size and a name',
    inside(subject, async (system) => {
      const { controller, terminal, path } = await system.terminal.openPseudoTerminal(size);
      expect(await system.terminal.getWindowSize(terminal)).toEqual(size);
      await system.terminal.setWindowSize(controller, { ...size, columns: 100 });
      expect((await system.terminal.getWindowSize(terminal)).columns).toBe(100);
      expect(await system.terminal.terminalName(terminal)).toBe(path);
    }),
  );
}

/** A shell that leads a session on the terminal. */
async function spawnOn(system: System, terminal: number, commandLine: string): Promise<number> {
  return system.process.spawn({
    path: '/bin/sh',
    argv: ['sh', '-c', commandLine],
    environment: { PATH: '/usr/bin:/bin' },
    descriptors: { 0: terminal, 1: terminal, 2: terminal },
    newSession: { controllingTerminal: 0 },
  });
}

function describeSessions(subject: ContractSubject): void {
  test(
    '^C is SIGINT for its foreground group',
    inside(subject, async (system) => {
      const { controller, terminal } = await system.terminal.openPseudoTerminal(size);
      const pid = await spawnOn(system, terminal, 'echo ready; exec sleep 60');
      expect(await readExactly(system, controller, 7)).toBe('ready\r\n');
      await writeAll(system, controller, '\x03');
      expect(await system.process.wait({ pid })).toEqual({ type: 'signaled', pid, signal: 'SIGINT' });
    }),
  );

  test(
    'a closed controller is SIGHUP for its session',
    inside(subject, async (system) => {
      const { controller, terminal } = await system.terminal.openPseudoTerminal(size);
      const pid = await spawnOn(system, terminal, 'echo ready; exec sleep 60');
      await system.streams.close(terminal);
      expect(await readExactly(system, controller, 7)).toBe('ready\r\n');
      await system.streams.close(controller);
      expect(await system.process.wait({ pid })).toEqual({ type: 'signaled', pid, signal: 'SIGHUP' });
    }),
  );

  test(
    'a child without the terminal is not on it',
    inside(subject, async (system) => {
      const pid = await spawnShell(system, 'test -t 0');
      expect(await system.process.wait({ pid })).toMatchObject({ type: 'exited', status: 1 });
    }),
  );
}
