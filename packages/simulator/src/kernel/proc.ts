/** /proc and /dev/pts of a host, proc(5), pts(4): trees computed from its processes and terminals when somebody looks. */
import { utf8Encode } from '@seashell/core/wire';
import type { Caller } from '../filesystem/caller.ts';
import type { SynthesizedDirectory, SynthesizedFile, SynthesizedNode } from '../filesystem/synthesized.ts';
import { commandName, formatStat, formatStatus } from './proc-status.ts';
import type { Host } from './host.ts';
import type { Process } from './process.ts';

/** The root of /proc: a directory for each process, and what ps(1), free and uptime read. */
export function procTree(host: Host): SynthesizedDirectory {
  return {
    type: 'directory',
    inode: 1,
    mode: 0o555,
    uid: 0,
    gid: 0,
    names: () => [...host.processes.list().map(({ pid }) => String(pid)), 'self', 'uptime', 'version', 'loadavg'],
    lookup: (name, caller) => lookUpRoot(host, name, caller),
  };
}

function lookUpRoot(host: Host, name: string, caller: Caller): SynthesizedNode | undefined {
  const pid = /^[1-9]\d*$/u.test(name) ? Number(name) : 0;
  const process = host.processes.get(pid);
  if (process !== undefined) return processDirectory(process);
  switch (name) {
    case 'self':
      return { type: 'symlink', inode: 2, mode: 0o777, uid: 0, gid: 0, target: String(caller.pid) };
    case 'uptime':
      return textFile(3, () => `${seconds(host.scheduler.now)} ${seconds(host.scheduler.now)}\n`);
    case 'version':
      return textFile(4, () => 'Linux version 6.8.0 (seashell)\n');
    case 'loadavg':
      return textFile(5, () => `0.00 0.00 0.00 1/${host.processes.list().length} ${caller.pid}\n`);
    default:
      return undefined;
  }
}

function seconds(microseconds: number): string {
  return (microseconds / 1_000_000).toFixed(2);
}

function textFile(inode: number, text: () => string): SynthesizedFile {
  return { type: 'file', inode, mode: 0o444, uid: 0, gid: 0, read: () => utf8Encode(text()) };
}

/** Inodes of /proc: a thousand and more for each process. */
function processInode(pid: number, entry: number): number {
  return 10_000 + pid * 2000 + entry;
}

type Entry = (process: Process, inode: number) => SynthesizedNode;

const processEntries: Readonly<Record<string, Entry>> = {
  status: (process, inode) => textFile(inode, () => formatStatus(process)),
  stat: (process, inode) => textFile(inode, () => formatStat(process)),
  comm: (process, inode) => textFile(inode, () => `${commandName(process)}\n`),
  cmdline: (process, inode) =>
    textFile(inode, () => (process.endStatus === undefined ? process.argv.map((word) => `${word}\0`).join('') : '')),
  environ: (process, inode) => ({
    ...textFile(inode, () =>
      Object.entries(process.environment)
        .map(([name, value]) => `${name}=${value}\0`)
        .join(''),
    ),
    ...ownedBy(process, 0o400),
  }),
  exe: (process, inode) => link(process, inode, process.executable),
  cwd: (process, inode) => link(process, inode, process.workingDirectory),
  root: (process, inode) => link(process, inode, '/'),
  fd: (process, inode) => descriptorDirectory(process, inode),
};

function processDirectory(process: Process): SynthesizedDirectory {
  const names = Object.keys(processEntries);
  return {
    type: 'directory',
    inode: processInode(process.pid, 0),
    ...ownedBy(process, 0o555),
    names: () => names,
    lookup: (name) => {
      const at = names.indexOf(name);
      return at === -1 ? undefined : processEntries[name]?.(process, processInode(process.pid, at + 1));
    },
  };
}

function descriptorDirectory(process: Process, inode: number): SynthesizedDirectory {
  return {
    type: 'directory',
    inode,
    ...ownedBy(process, 0o500),
    names: () => process.descriptors.entries().map(([descriptor]) => String(descriptor)),
    lookup: (name) => {
      const found = process.descriptors.entries().find(([descriptor]) => String(descriptor) === name);
      return found === undefined
        ? undefined
        : link(process, processInode(process.pid, 100 + found[0]), found[1].target);
    },
  };
}

function link(process: Process, inode: number, target: string): SynthesizedNode {
  return { type: 'symlink', inode, ...ownedBy(process, 0o777), target };
}

function ownedBy(
  process: Process,
  mode: number,
): { readonly mode: number; readonly uid: number; readonly gid: number } {
  return { mode, uid: process.credentials.uid, gid: process.credentials.gid };
}

/** The root of /dev/pts: a device for each terminal. */
export function terminalTree(host: Host): SynthesizedDirectory {
  return {
    type: 'directory',
    inode: 1,
    mode: 0o755,
    uid: 0,
    gid: 0,
    names: () => host.terminals().map(({ number }) => String(number)),
    lookup: (name) => {
      const terminal = host.terminals().find(({ number }) => String(number) === name);
      if (terminal === undefined) return undefined;
      const { uid, gid, mode, createdMilliseconds } = terminal;
      const device = { type: 'characterDevice', device: terminal.name } as const;
      return { ...device, inode: terminal.number + 3, mode, uid, gid, timeMilliseconds: createdMilliseconds };
    },
  };
}
