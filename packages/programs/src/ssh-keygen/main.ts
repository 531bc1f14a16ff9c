/** ssh-keygen(1): makes keys, shows fingerprints and public halves. The rest of its options comes later. */
import { answerLater } from '../later.ts';
import { createStderrLog } from '../logging/terminal-log.ts';
import { formatOptionError, parseOptions } from '../options/getopt.ts';
import { generateKeyPair } from './generate.ts';
import { showFingerprints } from './fingerprint.ts';
import { letters, readRequest, type KeygenRequest } from './options.ts';
import { printPublicKey } from './print-public.ts';
import { KeygenRun, printUsage, type KeygenSystem } from './run.ts';
import { texts } from './texts.ts';

/** ssh-keygen as a program. */
export async function sshKeygen(system: KeygenSystem, argv: readonly string[]): Promise<number> {
  const version = system.host.openSsh;
  const log = createStderrLog(system, 'ssh-keygen');
  const parsed = parseOptions(argv, 1, letters[version]);
  const read = readRequest(parsed.options);
  const words = texts[version];
  if (read.type === 'wrong') {
    await log.info(formatOptionError(read.option));
    return printUsage(system, words.usage);
  }
  if (read.type === 'later') return answerLater(system, 'ssh-keygen', `option -${read.flag}`);
  const user = await system.process.findUser({ uid: system.process.credentials.uid });
  if (user === undefined) {
    await log.info(`No user exists for uid ${system.process.credentials.uid}`);
    return 1;
  }
  const run = new KeygenRun(system, { log, texts: words, user, request: read.request });
  if (argv.length > parsed.next) {
    const failed = await run.fail(words.tooManyArguments);
    await printUsage(system, words.usage);
    return failed;
  }
  return operations[read.request.operation](run);
}

const operations: Readonly<Record<KeygenRequest['operation'], (run: KeygenRun) => Promise<number>>> = {
  generate: generateKeyPair,
  fingerprint: showFingerprints,
  'print-public': printPublicKey,
};
