/** Who and where: whoami, id, groups, hostname, uname, tty, which. */
import { isSystemError, type FileStatus } from '@seashell/system';
import { readGroups } from './accounts.ts';
import type { CommandContext, CommandDefinition } from './command.ts';
import { quoteName } from './inputs.ts';
import { joinPath, statusIfAny } from './paths.ts';
import { readTextFile } from './streams.ts';

export const whoami: CommandDefinition = {
  name: 'whoami',
  usage: ['[OPTION]...'],
  summary: 'Print the user name associated with the current effective user ID.',
  options: [],
  async run(context) {
    const [extra] = context.operands;
    if (extra !== undefined) return context.complainUsage(`extra operand ${quoteName(extra)}`);
    const { uid } = context.system.process.credentials;
    const user = await context.system.process.findUser({ uid });
    if (!user) {
      await context.complain(`cannot find name for user ID ${uid}: No such file or directory`);
      return 1;
    }
    await context.output.write(`${user.name}\n`);
    return 0;
  },
};

interface Identity {
  readonly uid: number;
  readonly name: string | undefined;
  readonly groups: readonly { readonly gid: number; readonly name: string | undefined }[];
}

async function ownIdentity(context: CommandContext): Promise<Identity> {
  const { process } = context.system;
  const known = await readGroups(context.system);
  const { uid, gid, groups } = process.credentials;
  const gids = [gid, ...groups.filter((each) => each !== gid)];
  return {
    uid,
    name: (await process.findUser({ uid }))?.name,
    groups: gids.map((each) => ({ gid: each, name: known.find((group) => group.gid === each)?.name })),
  };
}

/** The identity of an operand, or one's own; `undefined` after a message. */
async function identityOf(context: CommandContext, name: string | undefined): Promise<Identity | undefined> {
  if (name === undefined) return ownIdentity(context);
  const { process } = context.system;
  const user =
    (await process.findUser({ name })) ??
    (/^\d+$/.test(name) ? await process.findUser({ uid: Number(name) }) : undefined);
  if (user) return { uid: user.uid, name: user.name, groups: user.groups };
  await context.complain(`${quoteName(name)}: no such user`);
  return undefined;
}

const named = (number: number, name: string | undefined): string =>
  name === undefined ? String(number) : `${number}(${name})`;

function formatIdentity(context: CommandContext, identity: Identity): string {
  const { options } = context;
  const [primary] = identity.groups;
  const kind = options.last('user', 'group', 'groups');
  const show = (number: number, name: string | undefined) =>
    options.has('name') ? (name ?? String(number)) : String(number);
  if (kind === 'user') return show(identity.uid, identity.name);
  if (kind === 'group') return show(primary?.gid ?? 0, primary?.name);
  if (kind === 'groups')
    return identity.groups.map((group) => show(group.gid, group.name)).join(options.has('zero') ? '\0' : ' ');
  const groups = identity.groups.map((group) => named(group.gid, group.name)).join(',');
  return `uid=${named(identity.uid, identity.name)} gid=${named(primary?.gid ?? 0, primary?.name)} groups=${groups}`;
}

export const id: CommandDefinition = {
  name: 'id',
  usage: ['[OPTION]... [USER]...'],
  summary: 'Print user and group information for each specified USER, or for the current process.',
  options: [
    { short: 'a', help: 'ignore, for compatibility with other versions' },
    { short: 'g', long: 'group', help: 'print only the effective group ID' },
    { short: 'G', long: 'groups', help: 'print all group IDs' },
    { short: 'n', long: 'name', help: 'print a name instead of a number, for -ugG' },
    { short: 'r', long: 'real', help: 'print the real ID instead of the effective ID, with -ugG' },
    { short: 'u', long: 'user', help: 'print only the effective user ID' },
    { short: 'z', long: 'zero', help: 'delimit entries with NUL characters, not whitespace' },
  ],
  async run(context) {
    const { options } = context;
    const kinds = new Set(
      options.all.map((option) => option.key).filter((key) => ['user', 'group', 'groups'].includes(key)),
    );
    if (kinds.size > 1) {
      await context.complain('cannot print "only" of more than one choice');
      return 1;
    }
    if (kinds.size === 0 && options.has('name', 'real')) {
      await context.complain('cannot print only names or real IDs in default format');
      return 1;
    }
    const zero = options.has('zero');
    if (kinds.size === 0 && zero) {
      await context.complain('option --zero not permitted in default format');
      return 1;
    }
    let status = 0;
    for (const name of context.operands.length > 0 ? context.operands : [undefined]) {
      const identity = await identityOf(context, name);
      if (identity) await context.output.write(`${formatIdentity(context, identity)}${zero ? '\0' : '\n'}`);
      else status = 1;
    }
    return status;
  },
};

export const groups: CommandDefinition = {
  name: 'groups',
  usage: ['[OPTION]... [USERNAME]...'],
  summary: 'Print group memberships for each USERNAME or, if no USERNAME is specified, for the current process.',
  options: [],
  async run(context) {
    let status = 0;
    for (const name of context.operands.length > 0 ? context.operands : [undefined]) {
      const identity = await identityOf(context, name);
      if (!identity) {
        status = 1;
        continue;
      }
      const list = identity.groups.map((group) => group.name ?? String(group.gid)).join(' ');
      await context.output.write(name === undefined ? `${list}\n` : `${name} : ${list}\n`);
    }
    return status;
  },
};

export const hostname: CommandDefinition = {
  name: 'hostname',
  usage: ['[-s|-f|-i|-I|-d]'],
  summary: "Show the system's host name.",
  options: [
    { short: 's', long: 'short', help: 'short host name' },
    { short: 'f', long: 'fqdn', help: 'long host name (FQDN)' },
    { long: 'long' },
    { short: 'd', long: 'domain', help: 'DNS domain name' },
    { short: 'i', long: 'ip-address', help: 'addresses for the host name' },
    { short: 'I', long: 'all-ip-addresses', help: 'all addresses for the host' },
  ],
  async run(context) {
    const { options, system, operands, output } = context;
    const name = system.host.hostname;
    if (operands.length > 0) {
      await context.complain('you must be root to change the host name');
      return 1;
    }
    if (options.has('ip-address', 'all-ip-addresses')) {
      try {
        await output.write(
          `${(await system.network.resolve(name)).join(' ')}${options.has('ip-address') ? '' : ' '}\n`,
        );
        return 0;
      } catch (error) {
        if (!isSystemError(error)) throw error;
        await context.complain(error.message);
        return 1;
      }
    }
    const dot = name.indexOf('.');
    const shown =
      options.has('short') && dot !== -1
        ? name.slice(0, dot)
        : options.has('domain')
          ? name.slice(dot + 1 || name.length)
          : name;
    await output.write(`${shown}\n`);
    return 0;
  },
};

const kernelParts = [
  ['kernel-name', 's', 'print the kernel name'],
  ['nodename', 'n', 'print the network node hostname'],
  ['kernel-release', 'r', 'print the kernel release'],
  ['kernel-version', 'v', 'print the kernel version'],
  ['machine', 'm', 'print the machine hardware name'],
  ['processor', 'p', 'print the processor type (non-portable)'],
  ['hardware-platform', 'i', 'print the hardware platform (non-portable)'],
  ['operating-system', 'o', 'print the operating system'],
] as const;

export const uname: CommandDefinition = {
  name: 'uname',
  usage: ['[OPTION]...'],
  summary: 'Print certain system information. With no OPTION, same as -s.',
  options: [
    { short: 'a', long: 'all', help: 'print all information' },
    ...kernelParts.map(([long, short, help]) => ({ long, short, help })),
  ],
  async run(context) {
    const { options, system, operands } = context;
    const [extra] = operands;
    if (extra !== undefined) return context.complainUsage(`extra operand ${quoteName(extra)}`);
    const values: Readonly<Record<string, string>> = {
      'kernel-name': 'Linux',
      nodename: system.host.hostname,
      'kernel-release': '6.8.0-31-generic',
      'kernel-version': '#31-Ubuntu SMP PREEMPT_DYNAMIC Sat Apr 20 00:40:06 UTC 2024',
      machine: 'x86_64',
      processor: 'x86_64',
      'hardware-platform': 'x86_64',
      'operating-system': 'GNU/Linux',
    };
    const wanted = kernelParts.map(([long]) => long).filter((long) => options.has('all') || options.has(long));
    await context.output.write(
      `${(wanted.length > 0 ? wanted : ['kernel-name']).map((part) => values[part]).join(' ')}\n`,
    );
    return 0;
  },
};

export const tty: CommandDefinition = {
  name: 'tty',
  usage: ['[OPTION]...'],
  summary: 'Print the file name of the terminal connected to standard input.',
  usageStatus: 2,
  options: [{ short: 's', long: 'silent', help: 'print nothing, only return an exit status' }, { long: 'quiet' }],
  async run(context) {
    const silent = context.options.has('silent', 'quiet');
    try {
      const name = await context.system.terminal.terminalName(0);
      if (!silent) await context.output.write(`${name}\n`);
      return 0;
    } catch (error) {
      if (!isSystemError(error)) throw error;
      if (!silent) await context.output.write('not a tty\n');
      return 1;
    }
  },
};

function executable(status: FileStatus | undefined): boolean {
  return status?.type === 'file' && (status.mode & 0o111) !== 0;
}

export const which: CommandDefinition = {
  name: 'which',
  usage: ['[-a] args'],
  summary: 'Locate a command by PATH.',
  options: [{ short: 'a', help: 'print all matching pathnames of each argument' }],
  async run(context) {
    const { system, operands, options, output } = context;
    let status = operands.length === 0 ? 1 : 0;
    for (const name of operands) {
      const directories = name.includes('/') ? [''] : (system.process.environment['PATH'] ?? '').split(':');
      let found = false;
      for (const directory of directories) {
        const path = directory === '' ? name : joinPath(directory, name);
        if ((found && !options.has('a')) || !executable(await statusIfAny(system, path))) continue;
        found = true;
        await output.write(`${path}\n`);
      }
      if (!found) status = 1;
    }
    return status;
  },
};

/** uptime(1): needs only /proc. */
export const uptime: CommandDefinition = {
  name: 'uptime',
  usage: ['[options]'],
  summary: 'Tell how long the system has been running.',
  options: [{ short: 'p', long: 'pretty', help: 'show uptime in pretty format' }],
  async run(context) {
    const { system } = context;
    const seconds = Math.floor(Number((await readTextFile(system, '/proc/uptime')).split(' ')[0] ?? 0));
    const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
    if (context.options.has('pretty'))
      await context.output.write(`up ${hours > 0 ? `${hours} hours, ` : ''}${minutes} minutes\n`);
    else {
      const clock = new Date(system.clock.now()).toISOString().slice(11, 19);
      const span = hours > 0 ? `${String(hours).padStart(2)}:${String(minutes).padStart(2, '0')}` : `${minutes} min`;
      await context.output.write(` ${clock} up ${span},  1 user,  load average: 0.00, 0.00, 0.00\n`);
    }
    return 0;
  },
};
