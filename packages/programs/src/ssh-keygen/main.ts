/** ssh-keygen(1): reads the options, checks them as OpenSSH's main() does, and runs the operation that they ask for. */
import type { Program } from '@seashell/system';
import { createStderrLog } from '../logging/terminal-log.ts';
import { epochSeconds, localZone } from '../local-time.ts';
import { formatOptionError, parseOptions } from '../options/getopt.ts';
import { modes, signatureMode } from './modes.ts';
import { lettersOf, readRequest, type KeygenRequest } from './options.ts';
import { KeygenRun, printUsage, type KeygenMachine, type KeygenSystem } from './run.ts';
import { texts, type Failure, type KeygenTexts } from './texts.ts';

/** ssh-keygen as a program. On a real machine the platform makes the keys that it makes better; without it all come from `random`. */
export function createSshKeygen(machine: KeygenMachine = {}): Program {
  return (system, argv) => sshKeygen(system, argv, machine);
}

async function sshKeygen(system: KeygenSystem, argv: readonly string[], machine: KeygenMachine): Promise<number> {
  const version = system.host.openSsh;
  const words = texts[version];
  const log = createStderrLog(system, 'ssh-keygen');
  const { uid } = system.process.credentials;
  const user = await system.process.findUser({ uid });
  if (user === undefined) {
    await log.error(`No user exists for uid ${uid}`);
    return words.noUserStatus;
  }
  const parsed = parseOptions(argv, 1, lettersOf(version));
  const context = { version, now: epochSeconds(system), zone: localZone(system) };
  const read = readRequest(parsed.options, context);
  if (read.type === 'wrong') {
    await log.info(formatOptionError(read.option));
    return printUsage(system, words.usage);
  }
  if (read.type === 'refused') {
    await log.error(read.failure.text);
    return read.failure.status;
  }
  const { request } = read;
  const operands = argv.slice(parsed.next);
  const run = new KeygenRun(system, { log, texts: words, user, request, operands, machine });
  if (request.signatureOperation !== undefined) return signatureMode(run);
  const wrong = findConflict(request, run.operands.length, words);
  if (wrong === undefined) return runMode(run);
  await run.fail(wrong);
  return printUsage(system, words.usage);
}

/** What main() refuses with the usage, in its order. */
function findConflict(request: KeygenRequest, operandCount: number, words: KeygenTexts): Failure | undefined {
  const { operations } = request;
  if (request.caKey !== undefined) {
    if (operandCount < 1 && !operations.has('generate-krl')) return words.tooFewArguments;
  } else if (operandCount > 0 && modes.find((row) => row.isAsked(request))?.takesOperands !== true) {
    return words.tooManyArguments;
  }
  if (operations.has('change-passphrase') && operations.has('change-comment')) return words.passphraseAndComment;
  const rewritesHosts = operations.has('remove-host') || operations.has('hash-hosts');
  return operations.has('fingerprint') && rewritesHosts ? words.fingerprintOfHosts : undefined;
}

async function runMode(run: KeygenRun): Promise<number> {
  for (const row of modes) if (row.isAsked(run.request)) return row.run(run);
  return 1;
}
