/** ssh-copy-id(1): adds public keys to authorized_keys on another machine. OpenSSH's is a shell script; this one runs the same ssh. */
import { isSystemError } from '@seashell/system';
import { answerLater } from '../later.ts';
import { readTextFile } from '../storage/read-file.ts';
import { CopyRun, type CopyIdSystem, type Wishes } from './copy-run.ts';
import { agentSource, fileSource, identityOf, isEmpty, newestPublicKey, type KeySource } from './identity.ts';
import { install, type Job } from './install.ts';
import { parseCommandLine, type CopyIdOption } from './options.ts';
import { findCommand } from './run-command.ts';
import { missingHost, noIdentities, source as sourceLine } from './texts.ts';

/** ssh-copy-id as a program. */
export async function sshCopyId(system: CopyIdSystem, argv: readonly string[]): Promise<number> {
  const called = argv[0] ?? 'ssh-copy-id';
  const run = new CopyRun(system, (await findCommand(system, called)) ?? called);
  await system.process.setDisposition('SIGPIPE', 'ignore');
  const { options, operands } = parseCommandLine[system.host.openSsh](argv.slice(1));
  const wishes = await obeyAll(run, options);
  if (typeof wishes === 'number') return wishes;
  const [host, ...more] = operands;
  if (host === undefined) return run.misused();
  if (more.length > 0) return run.misused(run.texts.tooMany(run.name, operands.map(quote).join(' ')));
  const found = await findSource(run, wishes);
  if (typeof found === 'number') return found;
  return install(run, { ...found, ...destinationOf(run, found.wishes, host) });
}

/** Obeys the options in their order; the exit status, when one ends the run. */
async function obeyAll(run: CopyRun, options: readonly CopyIdOption[]): Promise<Wishes | number> {
  let wishes: Wishes = { sshOptions: [] };
  for (const option of options) {
    const next = await obey(run, option, wishes);
    if (typeof next === 'number') return next;
    wishes = next;
  }
  return wishes;
}

async function obey(run: CopyRun, option: CopyIdOption, wishes: Wishes): Promise<Wishes | number> {
  switch (option.type) {
    case 'identity':
      return takeIdentity(run, option, wishes);
    case 'ssh-option':
      return { ...wishes, sshOptions: [...wishes.sshOptions, [option.flag, option.argument]] };
    case 'port':
      return { ...wishes, port: option.port };
    case 'target':
      return { ...wishes, target: option.path };
    case 'force':
      return { ...wishes, forced: true };
    case 'dry-run':
      return { ...wishes, dryRun: true };
    case 'later':
      return answerLater(run.system, 'ssh-copy-id', `option -${option.flag}`);
    case 'help':
      return run.misused();
    case 'used-twice':
      return run.misused(run.texts.usedTwice(run.name));
    case 'invalid':
      return run.misused(run.texts.invalidOption(run.name, option.option));
    case 'missing-argument':
      return run.misused(run.texts.missingArgument(option.flag));
  }
}

type IdentityOption = Extract<CopyIdOption, { readonly type: 'identity' }>;

async function takeIdentity(run: CopyRun, option: IdentityOption, wishes: Wishes): Promise<Wishes | number> {
  if (wishes.identityAsked === true) return run.misused(run.texts.usedTwice(run.name));
  if (option.host !== undefined) {
    const text = await readTextFile(run.system, option.host);
    // A file that speaks of ssh was hardly meant as the host.
    if (typeof text === 'string' && /ssh/i.test(text)) {
      return run.misused({ text: missingHost(run.name, option.host), to: 2 });
    }
  }
  const file = option.file === '' ? await newestPublicKey(run) : option.file;
  const identity = await identityOf(run, file, wishes);
  return 'text' in identity ? run.fail(identity) : { ...wishes, identity, identityAsked: true };
}

/** Where the keys come from; the exit status when there are none. */
async function findSource(
  run: CopyRun,
  wishes: Wishes,
): Promise<{ readonly wishes: Wishes; readonly source: KeySource } | number> {
  const asked = wishes.identity;
  let found: Wishes = wishes;
  let source = asked === undefined ? await agentSource(run) : fileSource(run, asked);
  const newest = asked?.publicPath ?? (await newestPublicKey(run));
  if ((await isEmpty(source)) && newest !== '' && (await isReadable(run, newest))) {
    const identity = await identityOf(run, newest, wishes);
    if ('text' in identity) return run.fail(identity);
    found = { ...wishes, identity };
    source = fileSource(run, identity);
  }
  if (!run.isOld) await run.say(sourceLine(run.name, source?.shown ?? ''));
  if (source === undefined || (await isEmpty(source))) return run.fail({ text: noIdentities(run.name), to: 2 });
  return { wishes: found, source };
}

async function isReadable({ system }: CopyRun, path: string): Promise<boolean> {
  try {
    await system.streams.close(await system.files.open(path, { access: 'read' }));
    return true;
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}

/** In single quotes, as the shell reads it. */
const quote = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;

/** The words that lead ssh to the host, and how the last lines show them. */
function destinationOf(
  run: CopyRun,
  { sshOptions, port, identityAsked, identity }: Wishes,
  operand: string,
): Pick<Job, 'destination' | 'shownDestination'> {
  const host = run.isOld ? operand.replace(/:$/, '') : operand;
  const given = sshOptions.map(([flag, argument]) => `-${flag} ${quote(argument)} `).join('');
  const portWords = port === undefined || port === '' ? [] : ['-p', port];
  const key = identity?.privatePath === undefined ? '-i ' : `-i ${identity.privatePath} `;
  const shown = [identityAsked === true && !run.isOld ? key : '', portWords.map((word) => `${word} `).join(''), given];
  return {
    destination: [...portWords, ...sshOptions.flatMap(([flag, argument]) => [`-${flag}`, argument]), host],
    shownDestination: `${shown.join('')}${quote(host)}`,
  };
}
