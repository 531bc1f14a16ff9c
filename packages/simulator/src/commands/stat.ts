/** stat(1). */
import { isSystemError, type FileStatus } from '@seashell/system';
import { AccountNames } from './accounts.ts';
import type { CommandContext, CommandDefinition } from './command.ts';
import { expandFormatEscapes } from './escapes.ts';
import { formatMode } from './file-mode.ts';
import { quoteName } from './inputs.ts';
import { formatDate } from './times.ts';

const kinds = {
  file: 'regular file',
  directory: 'directory',
  symlink: 'symbolic link',
  fifo: 'fifo',
  socket: 'socket',
  characterDevice: 'character special file',
} as const;

function kindOf(status: FileStatus): string {
  return status.type === 'file' && status.sizeBytes === 0 ? 'regular empty file' : kinds[status.type];
}

const typeBits = {
  file: 0o100000,
  directory: 0o040000,
  symlink: 0o120000,
  fifo: 0o010000,
  socket: 0o140000,
  characterDevice: 0o020000,
} as const;

const stamp = (milliseconds: number): string => formatDate(new Date(milliseconds), '%F %T.%N %z');
const seconds = (milliseconds: number): string => String(Math.floor(milliseconds / 1000));

interface Subject {
  readonly path: string;
  readonly status: FileStatus;
  readonly target: string | undefined;
  readonly user: string;
  readonly group: string;
}

const directives: Readonly<Record<string, (subject: Subject) => string>> = {
  a: ({ status }) => status.mode.toString(8),
  A: ({ status }) => formatMode(status),
  b: ({ status }) => String(Math.ceil(status.sizeBytes / 4096) * 8),
  B: () => '512',
  d: () => '1',
  f: ({ status }) => (typeBits[status.type] | status.mode).toString(16),
  F: ({ status }) => kindOf(status),
  g: ({ status }) => String(status.gid),
  G: ({ group }) => group,
  h: ({ status }) => String(status.links),
  i: ({ status }) => String(status.inode),
  n: ({ path }) => path,
  N: ({ path, target }) => (target === undefined ? quoteName(path) : `${quoteName(path)} -> ${quoteName(target)}`),
  o: () => '4096',
  s: ({ status }) => String(status.sizeBytes),
  u: ({ status }) => String(status.uid),
  U: ({ user }) => user,
  w: () => '-',
  W: () => '0',
  x: ({ status }) => stamp(status.accessedMilliseconds),
  X: ({ status }) => seconds(status.accessedMilliseconds),
  y: ({ status }) => stamp(status.modifiedMilliseconds),
  Y: ({ status }) => seconds(status.modifiedMilliseconds),
  z: ({ status }) => stamp(status.changedMilliseconds),
  Z: ({ status }) => seconds(status.changedMilliseconds),
  '%': () => '%',
};

function format(subject: Subject, text: string): string {
  return text.replace(/%([-#0 +]*)(\d*)([a-zA-Z%])/g, (...match: readonly string[]) => {
    const [whole = '', flags = '', width = '', letter = ''] = match;
    const value = directives[letter]?.(subject);
    if (value === undefined) return whole === '%' ? '%' : '?';
    return flags.includes('-')
      ? value.padEnd(Number(width))
      : value.padStart(Number(width), flags.includes('0') ? '0' : ' ');
  });
}

const defaultFormat =
  '  File: %N\n  Size: %-10s\tBlocks: %-10b IO Block: %-6o %F\nDevice: 0,1\tInode: %-11i Links: %h\n' +
  'Access: (%04a/%10A)  Uid: (%5u/%8U)   Gid: (%5g/%8G)\nAccess: %x\nModify: %y\nChange: %z\n Birth: %w\n';

async function describe(context: CommandContext, accounts: AccountNames, path: string): Promise<Subject> {
  const { files } = context.system;
  const status = await files.status(path, { follow: context.options.has('dereference') });
  return {
    path,
    status,
    target: status.type === 'symlink' ? await files.readLink(path) : undefined,
    user: await accounts.user(status.uid),
    group: await accounts.group(status.gid),
  };
}

export const stat: CommandDefinition = {
  name: 'stat',
  usage: ['[OPTION]... FILE...'],
  summary: 'Display file status.',
  options: [
    { short: 'L', long: 'dereference', help: 'follow links' },
    {
      short: 'c',
      long: 'format',
      argument: 'required',
      help: 'use the specified FORMAT; output a newline after each use',
    },
    {
      long: 'printf',
      argument: 'required',
      help: 'like --format, but interpret backslash escapes, and do not output a newline',
    },
  ],
  async run(context) {
    const { operands, options, output, system } = context;
    if (operands.length === 0) return context.complainUsage('missing operand');
    const accounts = new AccountNames(system);
    const printf = options.value('printf');
    const own = options.value('format');
    const text = printf === undefined ? (own === undefined ? defaultFormat : `${own}\n`) : expandFormatEscapes(printf);
    let exitStatus = 0;
    for (const path of operands) {
      try {
        await output.write(format(await describe(context, accounts, path), text));
      } catch (error) {
        if (!isSystemError(error) || error.operation === 'write') throw error;
        await context.complain(`cannot statx ${quoteName(path)}: ${error.message}`);
        exitStatus = 1;
      }
    }
    return exitStatus;
  },
};
