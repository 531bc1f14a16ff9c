/** Trying which keys the other side knows already, and adding the rest to its authorized_keys: each step a run of ssh. */
import { utf8DecodeLossy } from '@seashell/core/wire';
import type { SignalName } from '@seashell/system';
import { answerLater } from '../later.ts';
import { writeAll } from '../storage/write-all.ts';
import type { CopyRun, Wishes } from './copy-run.ts';
import type { KeySource } from './identity.ts';
import { joinLines, splitLines, withoutLastNewlines } from './key-lines.ts';
import { runCommand, type CommandResult } from './run-command.ts';
import { withScratch } from './scratch.ts';
import { filtering, remaining, wouldAdd } from './texts.ts';

export interface Job {
  readonly wishes: Wishes;
  readonly source: KeySource;
  /** Words for ssh that lead to the other side, its name last. */
  readonly destination: readonly string[];
  /** The same as it is shown for trying the new key. */
  readonly shownDestination: string;
}

const keyMode = 0o600;
const defaultTarget = '.ssh/authorized_keys';

/** An exit status, or the signal that ends the run. */
type Ending = number | SignalName;

/** Does the whole job; the exit status. 10 has its scratch directory from the start, 6.6 for the trial alone. */
export async function install(run: CopyRun, job: Job): Promise<number> {
  const ending = run.isOld
    ? await installFrom(run, job, (work) => withScratch(run, work))
    : await withScratch(run, (keyFile) => installFrom(run, job, (work) => work(keyFile)));
  if (typeof ending === 'number') return ending;
  await run.system.process.kill(run.system.process.pid, ending);
  return 1;
}

type Keys = readonly Uint8Array[];
/** Runs `work` with the path of a file for one key. */
type KeyFileUser = (work: (keyFile: string) => Promise<Keys | Ending>) => Promise<Keys | Ending>;

async function installFrom(run: CopyRun, job: Job, withKeyFile: KeyFileUser): Promise<Ending> {
  const { wishes } = job;
  const greeting = await greet(run, job);
  if (greeting.signal !== undefined) return greeting.signal;
  if (/remote software version NetScreen/.test(utf8DecodeLossy(greeting.output))) {
    return answerLater(run.system, 'ssh-copy-id', 'NetScreen');
  }
  const chosen =
    wishes.forced === true ? await allKeys(job) : await withKeyFile((keyFile) => unknownKeys(run, job, keyFile));
  if (typeof chosen === 'number' || typeof chosen === 'string') return chosen;
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

const allKeys = async ({ source }: Job): Promise<Keys> => splitLines(withoutLastNewlines(await source.read()));

/** The keys with which one cannot log in yet; or how it ends, when there are none or the way there fails. */
async function unknownKeys(run: CopyRun, job: Job, keyFile: string): Promise<Keys | Ending> {
  await run.say(filtering(run.name));
  const unknown: Uint8Array[] = [];
  for (const line of splitLines(await job.source.read())) {
    const result = await tryKey(run, job, { line, keyFile });
    // Differs from OpenSSH: an error after a first key that is unknown ends it too; there its words are installed as if they were keys.
    if ('signal' in result) return result.signal;
    if ('errors' in result) return run.fail({ text: `\n${run.name}: ${result.errors}\n\n`, to: 2 });
    if (!result.accepted) unknown.push(line);
  }
  if (unknown.length === 0) {
    await run.fail(run.texts.allThere(run.name));
    return 0;
  }
  await run.say(remaining(run.name, unknown.length));
  return unknown;
}

type Trial = { readonly accepted: boolean } | { readonly errors: string } | { readonly signal: SignalName };

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
  const { status, output, signal } = await runCommand(
    run.system,
    [...ssh(run), '-i', identity, ...ownConnection(run), ...options, ...keyOnly, ...destination, 'exit'],
    { input: new Uint8Array(), gather: 'output-and-errors' },
  );
  await run.system.files.remove(keyFile, 'file');
  if (signal !== undefined) return { signal };
  if (status === 0) return { accepted: true };
  const words = utf8DecodeLossy(withoutLastNewlines(output));
  return words.includes('Permission denied')
    ? { accepted: false }
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
