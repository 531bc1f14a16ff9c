/** ssh-keygen -Y: which operation is asked for, and what it lacks. ssh-keygen(1), OpenSSH 10.5's ssh-keygen.c. */
import type { KeygenRequest } from '../options.ts';
import { printUsage, type KeygenRun } from '../run.ts';
import { signFiles } from './sign.ts';
import { showMatchingPrincipals, showPrincipals } from './show-principals.ts';
import { verifyMessage } from './verify.ts';

/** What an operation needs beside `-Y`, and what OpenSSH says without it. */
interface Need {
  isMet(request: KeygenRequest): boolean;
  readonly complaint: string;
}

interface OperationRow {
  /** What stands behind these letters does not count, as for OpenSSH. */
  readonly name: string;
  readonly needs: readonly Need[];
  readonly run: (run: KeygenRun) => Promise<number>;
}

const namespace = (complaint: string): Need => ({ isMet: (request) => (request.principals ?? '') !== '', complaint });
const signatureFile = (complaint: string): Need => ({ isMet: (request) => request.caKey !== undefined, complaint });
const file = (complaint: string): Need => ({ isMet: (request) => request.file !== undefined, complaint });
const identity = (complaint: string): Need => ({ isMet: (request) => request.keyId !== undefined, complaint });

/** In the order in which OpenSSH looks for them. */
const operations: readonly OperationRow[] = [
  {
    name: 'find-principals',
    needs: [
      signatureFile('Too few arguments for find-principals:missing signature file'),
      file('Too few arguments for find-principals:missing allowed keys file'),
    ],
    run: showPrincipals,
  },
  {
    name: 'match-principals',
    needs: [
      file('Too few arguments for match-principals:missing allowed keys file'),
      identity('Too few arguments for match-principals: missing principal ID'),
    ],
    run: showMatchingPrincipals,
  },
  {
    name: 'sign',
    needs: [
      namespace('Too few arguments for sign: missing namespace'),
      file('Too few arguments for sign: missing key'),
    ],
    run: signFiles,
  },
  {
    name: 'check-novalidate',
    needs: [
      namespace('Too few arguments for check-novalidate: missing namespace'),
      signatureFile('Too few arguments for check-novalidate: missing signature file'),
    ],
    run: (run) => verifyMessage(run, { allowed: undefined, revoked: undefined }),
  },
  {
    name: 'verify',
    needs: [
      namespace('Too few arguments for verify: missing namespace'),
      signatureFile('Too few arguments for verify: missing signature file'),
      file('Too few arguments for sign: missing allowed keys file'),
      identity('Too few arguments for verify: missing principal identity'),
    ],
    run: (run) => {
      const { file: allowedSigners = '', keyId: principal = '', hostname: revoked } = run.request;
      return verifyMessage(run, { allowed: { path: allowedSigners, principal }, revoked });
    },
  },
];

/** Does what `-Y` asks for; the exit status. */
export async function runSignatureOperation(run: KeygenRun): Promise<number> {
  const asked = run.request.signatureOperation ?? '';
  const row = operations.find((each) => asked.startsWith(each.name));
  if (row === undefined) {
    await run.log.error(`Unsupported operation for -Y: "${asked}"`);
    return printUsage(run.system, run.texts.usage);
  }
  const lacking = row.needs.find((need) => !need.isMet(run.request));
  if (lacking === undefined) return row.run(run);
  await run.log.error(lacking.complaint);
  return 1;
}
