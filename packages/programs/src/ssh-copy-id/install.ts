/** Trying which keys the other side knows already, and adding the rest to its authorized_keys: each step a run of ssh. */
import { utf8DecodeLossy } from '@seashell/core/wire';
import { isSystemError } from '@seashell/system';
import { answerLater } from '../later.ts';
import { writeAll } from '../storage/write-all.ts';
import type { CopyRun, Wishes } from './copy-run.ts';
import type { KeySource } from './identity.ts';
import { joinLines, splitLines, withoutLastNewlines } from './key-lines.ts';
import { runCommand, type CommandResult } from './run-command.ts';
import { filtering, noScratch, remaining, wouldAdd } from './texts.ts';

export interface Job {
  readonly wishes: Wishes;
  readonly source: KeySource;
  /** Words for ssh that lead to the other side, its name last. */
  readonly destination: readonly string[];
  /** The same as it is shown for trying the new key. */
  readonly shownDestination: string;
}

const interruptedStatus = 130;
const scratchMode = 0o700;
const keyMode = 0o600;
const defaultTarget = '.ssh/authorized_keys';

/** Does the whole job; the exit status. */
export async function install(run: CopyRun, job: Job): Promise<number> {
  const scratch = `${run.home}/.ssh/ssh-copy-id.${randomSuffix(run)}`;
  try {
    await run.system.files.makeDirectory(scratch, scratchMode);
    await run.system.files.changeMode(scratch, scratchMode);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return run.fail({ text: noScratch(run.name, run.home), to: 2 });
  }
  try {
    return await installFrom(run, job, `${scratch}/key`);
  } finally {
    await run.system.files.remove(scratch, 'directory');
  }
}

async function installFrom(run: CopyRun, job: Job, keyFile: string): Promise<number> {
  const { wishes } = job;
  const greeting = await greet(run, job);
  if (greeting.interrupted) return interruptedStatus;
  if (/remote software version NetScreen/.test(utf8DecodeLossy(greeting.output))) {
    return answerLater(run.system, 'ssh-copy-id', 'NetScreen');
  }
  const chosen = wishes.forced === true ? await allKeys(job) : await unknownKeys(run, job, keyFile);
  if (typeof chosen === 'number') return chosen;
  const keys = withoutLastNewlines(joinLines(chosen));
  if (wishes.dryRun === true) {
    await run.print(wouldAdd(utf8DecodeLossy(keys)));
    return 0;
  }
  const added = await runCommand(run.system, [...ssh(run), ...job.destination, remoteCommand(run, wishes)], {
    input: joinLines([keys]),
  });
  if (added.status !== 0) return 1;
  await run.print(run.texts.added(splitLines(keys).length, job.shownDestination));
  return 0;
}

/** 6.6 uses ssh as it is; 10 has no agent and no X11 forwarded meanwhile. */
const ssh = (run: CopyRun): readonly string[] => (run.isOld ? ['ssh'] : ['ssh', '-a', '-x']);
const ownConnection = (run: CopyRun): readonly string[] => (run.isOld ? [] : ['-o', 'ControlPath=none']);

/** A first connection without any way to log in: it asks for the host key, and tells what the other side is. */
const greet = (run: CopyRun, { destination }: Job): Promise<CommandResult> =>
  runCommand(
    run.system,
    [...ssh(run), '-v', '-o', 'PreferredAuthentications=,', ...ownConnection(run), ...destination],
    { gather: 'output-and-errors' },
  );

const allKeys = async ({ source }: Job): Promise<readonly Uint8Array[]> =>
  splitLines(withoutLastNewlines(await source.read()));

/** The keys with which one cannot log in yet; or the exit status, when there are none or the way there fails. */
async function unknownKeys(run: CopyRun, job: Job, keyFile: string): Promise<readonly Uint8Array[] | number> {
  await run.say(filtering(run.name));
  const unknown: Uint8Array[] = [];
  for (const line of splitLines(await job.source.read())) {
    const result = await tryKey(run, job, { line, keyFile });
    // Differs from OpenSSH: an error after a first key that is unknown ends it too; there its words are installed as if they were keys.
    if (result === 'interrupted') return interruptedStatus;
    if (typeof result === 'object') return run.fail({ text: `\n${run.name}: ${result.errors}\n\n`, to: 2 });
    if (result === 'refused') unknown.push(line);
  }
  if (unknown.length === 0) {
    await run.fail(run.texts.allThere(run.name));
    return 0;
  }
  await run.say(remaining(run.name, unknown.length));
  return unknown;
}

type Trial = 'accepted' | 'refused' | 'interrupted' | { readonly errors: string };

/** Whether one can log in with the key, or what went wrong, each line after `ERROR: `. */
async function tryKey(
  run: CopyRun,
  { wishes, destination }: Job,
  { line, keyFile }: { readonly line: Uint8Array; readonly keyFile: string },
): Promise<Trial> {
  await writeKey(run, keyFile, line);
  const identity = wishes.identity?.privatePath ?? keyFile;
  const options = run.isOld ? [] : ['-o', 'LogLevel=INFO'];
  const keyOnly = ['-o', 'PreferredAuthentications=publickey', '-o', 'IdentitiesOnly=yes'];
  const { status, output, interrupted } = await runCommand(
    run.system,
    [...ssh(run), '-i', identity, ...ownConnection(run), ...options, ...keyOnly, ...destination, 'exit'],
    { input: new Uint8Array(), gather: 'output-and-errors' },
  );
  await run.system.files.remove(keyFile, 'file');
  if (interrupted) return 'interrupted';
  if (status === 0) return 'accepted';
  const words = utf8DecodeLossy(withoutLastNewlines(output));
  return words.includes('Permission denied')
    ? 'refused'
    : {
        errors: words
          .split('\n')
          .map((said) => `ERROR: ${said}`)
          .join('\n'),
      };
}

async function writeKey({ system }: CopyRun, path: string, line: Uint8Array): Promise<void> {
  const descriptor = await system.files.open(path, { access: 'write', create: true, truncate: true, mode: keyMode });
  await writeAll(system.streams, descriptor, joinLines([line]));
  await system.streams.close(descriptor);
}

/** Ten letters, as mktemp(1) takes them. */
function randomSuffix({ system }: CopyRun): string {
  const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
  return Array.from(system.random.bytes(10), (byte) => letters.charAt(byte % letters.length)).join('');
}

/**
 * What the other side runs, with the keys on its standard input. One line for sh(1), whatever the login shell is; a last line of
 * authorized_keys without a newline gets one, which 6.6 did not see to; SELinux's labels are put right where it has them.
 */
function remoteCommand(run: CopyRun, { target = defaultTarget }: Wishes): string {
  if (run.isOld) {
    return (
      `umask 077; mkdir -p .ssh && cat >> ${defaultTarget} || exit 1; ` +
      `if type restorecon >/dev/null 2>&1; then restorecon -F .ssh ${defaultTarget}; fi`
    );
  }
  const script = [
    'cd',
    'umask 077',
    `file="${target}"`,
    '[ -f /etc/openwrt_release ] && [ "$(id -u)" = 0 ] && file=/etc/dropbear/authorized_keys',
    '[ "$(uname -s)" = Haiku ] && file=config/settings/ssh/authorized_keys',
    'directory=$(dirname "$file")',
    'mkdir -p "$directory" || exit 1',
    '[ -z "$(tail -c 1 "$file" 2>/dev/null)" ] || echo >> "$file" || exit 1',
    'cat >> "$file" || exit 1',
    'if type restorecon >/dev/null 2>&1; then restorecon -F "$directory" "$file"; fi',
  ];
  return `exec sh -c '${script.join('; ')}'`;
}
