/**
 * What ssh-keygen does, one row an operation, in the order in which OpenSSH's main() looks for them: the first row that was asked
 * for runs. A new operation is a row and a file.
 */
import { answerLater } from '../later.ts';
import { changeComment } from './change-comment.ts';
import { changePassphrase } from './change-passphrase.ts';
import { downloadResidentKeys } from './download-resident-keys.ts';
import { exportKey } from './export-key.ts';
import { showFingerprints } from './fingerprint.ts';
import { generateKeyPair } from './generate.ts';
import { makeHostKeys } from './host-keys.ts';
import { printHostRecords } from './host-records.ts';
import { importKey } from './import-key.ts';
import { changeKnownHosts66 } from './known-hosts-6.6.ts';
import { changeKnownHosts } from './known-hosts.ts';
import { listCertificates } from './list-certificates.ts';
import type { KeygenRequest, Operation } from './options.ts';
import { printPublicKey } from './print-public.ts';
import { checkKrl, generateKrl } from './revocation-lists.ts';
import type { KeygenRun } from './run.ts';
import { signCertificates } from './sign-certificates.ts';
import { runSignatureOperation } from './signatures/operations.ts';

/** Does the operation; the exit status. `run.operands` are the words behind the options. */
export type KeygenMode = (run: KeygenRun) => Promise<number>;

interface ModeRow {
  isAsked(request: KeygenRequest): boolean;
  /** Whether words may stand behind the options. */
  readonly takesOperands?: true;
  readonly run: KeygenMode;
}

const asked =
  (...operations: readonly Operation[]) =>
  (request: KeygenRequest): boolean =>
    operations.some((operation) => request.operations.has(operation));

const later =
  (what: string): KeygenMode =>
  (run) =>
    answerLater(run.system, 'ssh-keygen', what);

/** -Y stands before the checks of the other options. */
export const signatureMode: KeygenMode = runSignatureOperation;

const knownHosts: KeygenMode = (run) => (run.isOld ? changeKnownHosts66 : changeKnownHosts)(run);

export const modes: readonly ModeRow[] = [
  { isAsked: asked('generate-krl'), takesOperands: true, run: generateKrl },
  { isAsked: asked('check-krl'), takesOperands: true, run: checkKrl },
  { isAsked: (request) => request.caKey !== undefined, takesOperands: true, run: signCertificates },
  { isAsked: asked('show-certificate'), run: listCertificates },
  { isAsked: asked('find-host', 'remove-host', 'hash-hosts'), run: knownHosts },
  { isAsked: (request) => request.pkcs11Provider !== undefined, run: later('option -D') },
  { isAsked: asked('download-resident-keys'), run: downloadResidentKeys },
  { isAsked: asked('fingerprint', 'bubble-babble'), run: showFingerprints },
  { isAsked: asked('change-passphrase'), run: changePassphrase },
  { isAsked: asked('change-comment'), run: changeComment },
  { isAsked: asked('export'), run: exportKey },
  { isAsked: asked('import'), run: importKey },
  { isAsked: asked('print-public'), run: printPublicKey },
  { isAsked: (request) => request.hostname !== undefined, run: printHostRecords },
  { isAsked: asked('moduli'), takesOperands: true, run: answerModuli },
  { isAsked: asked('all-host-keys'), run: makeHostKeys },
  { isAsked: () => true, run: generateKeyPair },
];

async function answerModuli(run: KeygenRun): Promise<number> {
  if (!run.isOld && run.operands.length === 0) {
    return run.fail({ text: 'No output file specified', to: 'log', status: 255 });
  }
  return run.fail({ text: 'ssh-keygen: moduli are not made or screened by this program', to: 'stderr', status: 1 });
}
