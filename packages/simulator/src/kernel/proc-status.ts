/** The two tables of a process in /proc, proc_pid_status(5) and proc_pid_stat(5), as far as this kernel knows their fields. */
import { signalNumbers, type SignalName } from '@seashell/system';
import type { Process } from './process.ts';

/** As ps(1) shows it: running or ready, waiting, stopped, ended and not yet waited for. */
export function stateOf(process: Process): 'R' | 'S' | 'T' | 'Z' {
  if (process.endStatus !== undefined) return 'Z';
  const { stopped, operation, attemptDue } = process.task;
  if (stopped) return 'T';
  if (operation === undefined) return process.pid === 1 ? 'S' : 'R';
  return operation.blocked && !attemptDue ? 'S' : 'R';
}

const stateWords = { R: 'running', S: 'sleeping', T: 'stopped', Z: 'zombie' } as const;

export function commandName(process: Process): string {
  return process.executable.replace(/^.*\//u, '').slice(0, 15);
}

export function formatStatus(process: Process): string {
  const state = stateOf(process);
  const { uid, gid, groups } = process.credentials;
  const rows: readonly (readonly [string, string])[] = [
    ['Name', commandName(process)],
    ['Umask', process.fileCreationMask.toString(8).padStart(4, '0')],
    ['State', `${state} (${stateWords[state]})`],
    ['Tgid', String(process.pid)],
    ['Pid', String(process.pid)],
    ['PPid', String(process.parentPid)],
    ['Uid', [uid, uid, uid, uid].join('\t')],
    ['Gid', [gid, gid, gid, gid].join('\t')],
    ['FDSize', String(process.descriptors.entries().length)],
    ['Groups', groups.join(' ')],
    ['NSsid', String(process.sessionId)],
    ['NSpgid', String(process.processGroup)],
    ['SigPnd', signalMask(process.pendingSignals)],
    ['SigIgn', signalMask(signalsThatAre(process, 'ignore'))],
    ['SigCgt', signalMask(signalsThatAre(process, 'handle'))],
  ];
  return rows.map(([name, value]) => `${name}:\t${value}\n`).join('');
}

function signalsThatAre(process: Process, disposition: 'ignore' | 'handle'): readonly SignalName[] {
  return [...process.dispositions].filter(([, each]) => each === disposition).map(([signal]) => signal);
}

function signalMask(signals: readonly SignalName[]): string {
  const mask = signals.reduce((sum, signal) => sum | (1n << BigInt(signalNumbers[signal] - 1)), 0n);
  return mask.toString(16).padStart(16, '0');
}

/** USER_HZ of Linux: clock ticks in a second. */
const ticksPerSecond = 100;
const terminalMajor = 136;
const fieldsAfterStart = 30;

/** The 52 fields; those that this kernel has nothing for are 0. */
export function formatStat(process: Process): string {
  const terminal = process.controllingTerminal;
  const device = terminal === undefined ? 0 : terminalMajor * 256 + terminal.number;
  const known = [
    process.pid,
    `(${commandName(process)})`,
    stateOf(process),
    process.parentPid,
    process.processGroup,
    process.sessionId,
    device,
    terminal?.foreground ?? -1,
    '0 0 0 0 0',
    ticks(process.task.cpuMicroseconds),
    '0 0 0 20 0 1 0',
    ticks(process.startMicroseconds),
  ];
  return `${known.join(' ')}${' 0'.repeat(fieldsAfterStart)}\n`;
}

function ticks(microseconds: number): number {
  return Math.floor((microseconds * ticksPerSecond) / 1_000_000);
}
