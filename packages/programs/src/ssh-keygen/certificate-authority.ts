/** The key of -s that certifies others, from a file or in an authenticator, and how it signs: what do_ca_sign() does with its CA key. */
import { signWithKey, type Certificate, type Signing } from '@seashell/core/certificates';
import { publicKeyTypeOf, type PrivateKey } from '@seashell/core/keys';
import { isSecurityKey, wantsPin, wantsTouch } from '../identity/security-key-device.ts';
import { answerLater } from '../later.ts';
import { startNotice } from '../terminal/notice.ts';
import { readPassphrase } from '../terminal/read-passphrase.ts';
import { loadIdentity, openIdentity } from './load-identity.ts';
import { expandTilde, loadPublic, publicMissing } from './load-public.ts';
import type { KeygenRun } from './run.ts';
import { presenceWords, runWithDevice } from './security-key.ts';
import type { Failure } from './texts.ts';

const fatal = (text: string): Failure => ({ text, to: 'log', status: 255 });

/** The key that signs, and how. */
export interface Authority {
  readonly key: PrivateKey;
  /** Of the authenticator that the key lies in, where it wants one. */
  readonly pin: string | undefined;
  readonly signatureAlgorithm: string;
  /** Why -t asks for a signature that the key cannot make. */
  readonly algorithmFault: string | undefined;
}

/** The authority, or the exit status after its words. */
export async function loadAuthority(run: KeygenRun): Promise<Authority | number> {
  const path = expandTilde(run, run.request.caKey ?? '');
  if (run.isOld) return loadAuthority66(run, path);
  if (run.request.preferAgent) return loadAgentAuthority(run, path);
  const loaded = await loadIdentity(run, path);
  if (typeof loaded === 'number') return loaded;
  const { key } = loaded;
  return chooseAlgorithm(run, key, isSecurityKey(key) && wantsPin(key) ? await askPin(run) : undefined);
}

function askPin(run: KeygenRun): Promise<string> {
  return readPassphrase(run.system, 'Enter PIN for CA key: ', { allowStdin: true });
}

/** 6.6 knows -t for old certificates only, and signs with the key type's own algorithm, which for RSA is over SHA-1. */
async function loadAuthority66(run: KeygenRun, path: string): Promise<Authority | number> {
  const { type } = run.request;
  if (type !== undefined) return run.fail({ text: `unknown key type ${type}`, to: 'stderr', status: 1 });
  const { loaded } = await openIdentity(run, path, run.texts.askPassphraseToLoad(path));
  if (loaded.outcome !== 'key') return run.fail(fatal(`Couldn't load CA key "${path}"`));
  return { key: loaded.key, pin: undefined, signatureAlgorithm: loaded.key.type, algorithmFault: undefined };
}

/** The agent comes later; what is wrong with the file is said already. */
async function loadAgentAuthority(run: KeygenRun, path: string): Promise<number> {
  const loaded = await loadPublic(run, path);
  if (loaded === undefined) return run.fail(fatal(`Cannot load CA public key ${path}: ${publicMissing}`));
  return answerLater(run.system, 'ssh-keygen', 'option -U');
}

async function chooseAlgorithm(run: KeygenRun, key: PrivateKey, pin: string | undefined): Promise<Authority | number> {
  const row = publicKeyTypeOf(key);
  const usual = row.signatureAlgorithms[0] ?? '';
  const wanted = run.request.type ?? usual;
  const isOwn = row.signatureAlgorithms.includes(wanted);
  if (!isOwn && wanted.toLowerCase() !== row.shortName.toLowerCase()) {
    return run.fail(fatal(`CA key type ${row.name} doesn't match specified ${wanted}`));
  }
  // An authenticator makes the usual one, whatever is asked for.
  const isPossible = row.inAuthenticator ? wanted === usual : isOwn;
  const hasChoice = !row.inAuthenticator && row.signatureAlgorithms.length > 1;
  const fault = hasChoice ? 'invalid argument' : 'signature algorithm not supported';
  return {
    key,
    pin,
    signatureAlgorithm: isPossible ? wanted : usual,
    algorithmFault: isPossible ? undefined : fault,
  };
}

/** The signed certificate, or in ssherr.c's words why there is none. A device signs before the algorithm is looked at. */
export async function signAsAuthority(
  run: KeygenRun,
  work: Signing<Certificate>,
  { key, pin, algorithmFault }: Authority,
): Promise<Certificate | string> {
  if (!isSecurityKey(key)) {
    return algorithmFault ?? signWithKey(work, { key, random: (sizeBytes) => run.system.random.bytes(sizeBytes) });
  }
  const endNotice = wantsTouch(key) ? await startNotice(run.system, presenceWords(key)) : undefined;
  const signed = await runWithDevice(run, work, { key, pin });
  await endNotice?.('User presence confirmed');
  return typeof signed === 'string' ? signed : (algorithmFault ?? signed);
}
