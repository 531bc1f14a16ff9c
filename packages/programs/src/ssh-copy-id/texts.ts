/** What ssh-copy-id says, by OpenSSH version: contrib/ssh-copy-id, lists-6.6/differences.tsv. `name` is the path by which it was called. */
import type { HostFacts } from '@seashell/system';

/** A message and the stream it goes to. */
export interface Message {
  readonly text: string;
  readonly to: 1 | 2;
}

export interface CopyIdTexts {
  usage(name: string): string;
  readonly usedTwice: (name: string) => Message;
  readonly invalidOption: (name: string, option: string) => Message;
  readonly missingArgument: (flag: string) => Message;
  cannotOpen(name: string, file: string, why: string): Message;
  /** What is added when it is the private half that cannot be opened. */
  forceHint(file: string): string;
  tooMany(name: string, operands: string): Message;
  /** What mktemp(1) and the script say when there is no room for the files of the trial. */
  noScratch(name: string, home: string, why: string): string;
  allThere(name: string): Message;
  /** The last lines; `target` is what stands behind `ssh`. */
  added(count: number, target: string): string;
}

const usage10 = (name: string): string => `Usage: ${name} [-h|-?|-f|-n|-s|-x] [-i [identity_file]] [-t target_path] \
[-F ssh_config] [[-o ssh_option] ...] [-p port] [user@]hostname
\t-f: force mode -- copy keys without trying to check if they are already installed
\t-n: dry run    -- no keys are actually copied
\t-s: use sftp   -- use sftp instead of executing remote-commands. Can be useful if the remote only allows sftp
\t-x: debug      -- enables -x in this shell, for debugging
\t-h|-?: print this help
`;

const usage66 = (name: string): string =>
  `Usage: ${name} [-h|-?|-n] [-i [identity_file]] [-p port] [[-o <ssh -o options>] ...] [user@]hostname\n`;

const skipped = (name: string): string =>
  `\n${name}: WARNING: All keys were skipped because they already exist on the remote system.\n`;
const tooMany = (name: string, operands: string): Message => ({
  text: `${name}: ERROR: Too many arguments.  Expecting a target hostname, got: ${operands}\n\n`,
  to: 2,
});
const twice = (name: string): string => `\n${name}: ERROR: -i option must not be specified more than once\n\n`;
const installed = (count: number, command: string): string =>
  `\nNumber of key(s) added: ${count}\n\nNow try logging into the machine, with:${command}\n` +
  'and check to make sure that only the key(s) you wanted were added.\n\n';
const noArgument = (flag: string): Message => ({ text: `No arg for -${flag} option\n`, to: 2 });

const texts10: CopyIdTexts = {
  usage: usage10,
  usedTwice: (name) => ({ text: twice(name), to: 2 }),
  // getopts of /bin/sh says it.
  invalidOption: (_name, option) => ({ text: `Illegal option ${option}\n`, to: 2 }),
  missingArgument: noArgument,
  cannotOpen: (name, file, why) => ({ text: `\n${name}: ERROR: failed to open ID file '${file}': ${why}\n`, to: 2 }),
  forceHint: (file) => `\n\t(to install the contents of '${file}' anyway, look at the -f option)`,
  // The variable that it would name them from is never set.
  tooMany: (name) => tooMany(name, ''),
  noScratch: (name, home, why) =>
    `mktemp: failed to create directory via template '${home}/.ssh/ssh-copy-id.XXXXXXXXXX': ${why}\n` +
    `${name}: ERROR: failed to create required temporary directory under ~/.ssh (HOME="${home}")\n`,
  allThere: (name) => ({
    text: `${skipped(name)}\t\t(if you think this is a mistake, you may want to use -f option)\n\n`,
    to: 2,
  }),
  added: (count, target) => installed(count, ` "ssh ${target}"`),
};

const texts66: CopyIdTexts = {
  usage: usage66,
  usedTwice: (name) => ({ text: twice(name), to: 1 }),
  invalidOption: (name, option) => ({ text: `\n${name}: ERROR: invalid option (${option})\n\n`, to: 1 }),
  missingArgument: noArgument,
  cannotOpen: (name, file, why) => ({ text: `\n${name}: ERROR: failed to open ID file '${file}': ${why}\n\n`, to: 1 }),
  forceHint: () => '',
  tooMany,
  noScratch: (_name, home, why) =>
    `mktemp: failed to create file via template '${home}/.ssh/ssh-copy-id_id.XXXXXXXXXX': ${why}\nmktemp failed\n`,
  allThere: (name) => ({ text: `${skipped(name)}\n`, to: 2 }),
  added: (count, target) => installed(count, `   "ssh ${target}"`),
};

export const texts: Readonly<Record<HostFacts['openSsh'], CopyIdTexts>> = { '10': texts10, '6.6': texts66 };

export const source = (name: string, from: string): string =>
  `${name}: INFO: Source of key(s) to be installed: ${from}\n`;
export const noIdentities = (name: string): string => `${name}: ERROR: No identities found\n`;
export const filtering = (name: string): string =>
  `${name}: INFO: attempting to log in with the new key(s), to filter out any that are already installed\n`;
export const remaining = (name: string, count: number): string =>
  `${name}: INFO: ${count} key(s) remain to be installed -- if you are prompted now it is to install the new keys\n`;
export const missingHost = (name: string, word: string): string =>
  `\n${name}: ERROR: Missing hostname. Use "-i -- ${word}" if you really mean to use this as the hostname\n\n`;
const rule = '=-=-=-=-=-=-=-=';
export const wouldAdd = (keys: string): string =>
  `${rule}\nWould have added the following key(s):\n\n${keys}\n${rule}\n`;
