import type { LogEntry } from '@seashell/system';
import { describe, expect, test } from 'vitest';
import { Log, parseLogLevel, type LogDestination, type LogLevel } from './log.ts';
import { makeSafe, makeVisible } from './visible.ts';

const unused = () => Promise.reject(new Error('not expected'));

function recording(level: LogLevel, destination: LogDestination) {
  const lines: string[] = [];
  const entries: LogEntry[] = [];
  const system = {
    streams: {
      write: (_: number, bytes: Uint8Array) => {
        lines.push(String.fromCharCode(...bytes));
        return Promise.resolve(bytes.length);
      },
    },
    process: {
      log: (entry: LogEntry) => {
        entries.push(entry);
        return Promise.resolve();
      },
      exit: unused,
    },
  };
  const log = new Log(system, { identity: 'sshd', level, destination });
  return { log, lines, entries };
}

describe('Log', () => {
  test('ends lines on stderr with CR LF, and gives debug lines their prefix', async () => {
    const { log, lines } = recording('DEBUG1', { type: 'descriptor', descriptor: 2 });
    await log.error('Bad');
    await log.debug1('one');
    await log.debug2('two');
    expect(lines).toEqual(['Bad\r\n', 'debug1: one\r\n']);
  });

  test('marks errors in syslog, and makes line ends visible', async () => {
    const { log, entries } = recording('INFO', { type: 'syslog', facility: 'auth' });
    log.suffix = ' [preauth]';
    await log.error('a\nb');
    await log.info('c');
    expect(entries.map(({ severity, message }) => [severity, message])).toEqual([
      ['error', 'error: a\\nb [preauth]'],
      ['info', 'c [preauth]'],
    ]);
  });

  test('raise and change move within QUIET and DEBUG3', () => {
    const { log } = recording('INFO', { type: 'descriptor', descriptor: 2 });
    log.raise();
    expect(log.level).toBe('DEBUG1');
    log.change(9);
    expect(log.level).toBe('DEBUG3');
    log.change(-20);
    expect(log.level).toBe('QUIET');
  });

  test('parseLogLevel knows DEBUG and any case', () => {
    expect([parseLogLevel('debug'), parseLogLevel('Error'), parseLogLevel('loud')]).toEqual([
      'DEBUG1',
      'ERROR',
      undefined,
    ]);
  });
});

describe('makeSafe and makeVisible', () => {
  test('a peer cannot drive the terminal', () => {
    expect(makeSafe('\u001b]0;x\u0007 é\n')).toBe('\\033]0;x\u0007 \\303\\251\n');
  });

  test('nor forge a line of the log', () => {
    expect(makeVisible('x\r\nAccepted\\')).toBe('x\\r\\nAccepted\\\\');
  });
});
