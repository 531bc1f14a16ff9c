/** Authentication by key: each identity file in turn, first its public half as a question, then the signature. RFC 4252 7. */
import { applyAlgorithmList } from '@seashell/core/config';
import {
  encodePublicKey,
  keyTypeOf,
  publicKeyOf,
  signMessage,
  type PrivateKey,
  type SecurityKey,
} from '@seashell/core/keys';
import { defaultPreferences, supportedAlgorithms, type ClientEvent } from '@seashell/protocol';
import { loadPrivateKey, wrongPassphraseWords, type LoadedPublicKey } from '../identity/load-key.ts';
import { isTooSmall, tooSmallWords } from '../identity/required-size.ts';
import { isSecurityKey } from '../identity/security-key-device.ts';
import { readPassphrase } from '../terminal/read-passphrase.ts';
import { describeIdentity, type Identity } from './identities.ts';
import type { Attempt, Login } from './login.ts';
import { signByDevice } from './security-key.ts';

export class PublicKeyMethod {
  readonly #login: Login;
  #queue: Identity[] | undefined;
  #offered: { readonly identity: Identity; readonly algorithm: string } | undefined;
  #private: PrivateKey | undefined;
  /** The identity that `#private` is of. */
  #signing: Identity | undefined;

  constructor(login: Login) {
    this.#login = login;
  }

  get isEnabled(): boolean {
    return this.#login.settings.settings.get('PubkeyAuthentication') !== 'no';
  }

  async attempt(): Promise<Attempt> {
    this.#queue ??= await this.#prepare();
    for (let identity = this.#queue.shift(); identity !== undefined; identity = this.#queue.shift()) {
      if (await this.#try(identity)) return 'sent';
    }
    return 'exhausted';
  }

  async handle(event: ClientEvent): Promise<Attempt | 'not-mine'> {
    if (event.type === 'publicKeyAccepted') return this.#signOffered();
    if (event.type === 'signatureWanted') return this.#provideSignature(event.data, event.algorithm);
    return 'not-mine';
  }

  async #prepare(): Promise<Identity[]> {
    const { log, identities, system } = this.#login;
    if (system.host.openSsh === '6.6') return [...identities];
    for (const identity of identities) await log.debug1(`Will attempt key: ${describeIdentity(identity)}`);
    return [...identities];
  }

  /** Offers the key, or signs at once where its public half is not known; whether something was sent. */
  async #try(identity: Identity): Promise<boolean> {
    const { log, peer, settings } = this.#login;
    const { publicKey } = identity;
    if (publicKey === undefined) {
      await log.debug1(`Trying private key: ${identity.path}`);
      return this.#tryPrivate(identity);
    }
    const algorithm = this.#algorithmFor(publicKey);
    if (algorithm === undefined) {
      await log.debug1('send_pubkey_test: no mutual signature algorithm');
      return false;
    }
    const isOld = this.#login.system.host.openSsh === '6.6';
    const shown = keyTypeOf(publicKey.key).shortName;
    await log.debug1(
      isOld ? `Offering ${shown} public key: ${identity.path}` : `Offering public key: ${describeIdentity(identity)}`,
    );
    this.#offered = { identity, algorithm };
    const method = { type: 'publickey', step: 'query', algorithm, key: publicKey.blob } as const;
    peer.send({ type: 'authenticate', user: settings.user, method });
    return true;
  }

  async #tryPrivate(identity: Identity): Promise<boolean> {
    const key = await this.#load(identity);
    if (key === undefined) return false;
    const blob = encodePublicKey(key);
    const algorithm = this.#algorithmFor({ key, blob, comment: '' });
    if (algorithm === undefined) return false;
    this.#private = key;
    this.#signing = identity;
    this.#sign(blob, algorithm);
    return true;
  }

  #sign(key: Uint8Array, algorithm: string): void {
    const method = { type: 'publickey', step: 'sign', algorithm, key } as const;
    this.#login.peer.send({ type: 'authenticate', user: this.#login.settings.user, method });
  }

  /** key_sig_algorithm(): without EXT_INFO only what every server knows. */
  #algorithmFor({ key }: LoadedPublicKey): string | undefined {
    const { settings, serverSignatureAlgorithms: told, system } = this.#login;
    const version = system.host.openSsh;
    const known = supportedAlgorithms(version).hostKey;
    const wanted = settings.settings.get('PubkeyAcceptedAlgorithms');
    const accepted = applyAlgorithmList(wanted, defaultPreferences(version).hostKey, known);
    const own = keyTypeOf(key).signatureAlgorithms;
    const candidates = accepted.filter((name) => own.includes(name));
    if (told === undefined) return candidates.find((name) => name === key.type);
    return candidates.find((name) => told.includes(name));
  }

  async #signOffered(): Promise<Attempt> {
    const offered = this.#offered;
    const publicKey = offered?.identity.publicKey;
    if (offered === undefined || publicKey === undefined) return 'exhausted';
    await this.#login.log.debug1(`Server accepts key: ${describeIdentity(offered.identity)}`);
    this.#private = await this.#load(offered.identity);
    this.#signing = offered.identity;
    if (this.#private === undefined) return this.#next();
    this.#sign(publicKey.blob, offered.algorithm);
    return 'sent';
  }

  /** The key cannot be used: the next one, or the end of the method. */
  #next(): Promise<Attempt> {
    return this.attempt();
  }

  async #provideSignature(message: Uint8Array, algorithm: string): Promise<Attempt> {
    const { peer, system, crypto } = this.#login;
    const key = this.#private;
    if (key === undefined) return 'exhausted';
    if (isSecurityKey(key)) return this.#provideDeviceSignature(key, message);
    const random = (length: number) => system.random.bytes(length);
    peer.send({ type: 'provideSignature', signature: signMessage({ key, message, algorithm, random, crypto }) });
    return 'sent';
  }

  async #provideDeviceSignature(key: SecurityKey, message: Uint8Array): Promise<Attempt> {
    const { peer, log } = this.#login;
    const path = this.#signing?.path ?? '';
    const signature = await signByDevice(this.#login, { key, message, path });
    if (typeof signature !== 'string') {
      peer.send({ type: 'provideSignature', signature });
      return 'sent';
    }
    const { shortName } = keyTypeOf(key);
    await log.error(`sign_and_send_pubkey: signing failed for ${shortName} "${path}": ${signature}`);
    peer.send({ type: 'refuseSignature' });
    return this.#next();
  }

  /** load_identity_file(): without a passphrase, then as often as there are prompts; an empty answer gives up. */
  async #load(identity: Identity): Promise<PrivateKey | undefined> {
    const { system, log, settings } = this.#login;
    const prompts = settings.settings.get('NumberOfPasswordPrompts');
    for (let attempt = 0; attempt <= prompts; attempt += 1) {
      const passphrase = attempt === 0 ? '' : await this.#askPassphrase(identity);
      if (attempt > 0 && passphrase === '') break;
      const loaded = await loadPrivateKey(system, { path: identity.path, passphrase, log });
      if (loaded.outcome === 'key') return this.#usable(loaded.key, identity);
      if (loaded.outcome === 'wrong-passphrase') {
        if (settings.settings.get('BatchMode')) break;
        await log.debug2(attempt > 0 ? 'bad passphrase given, try again...' : wrongPassphraseWords);
        continue;
      }
      await this.#sayUnusable(identity, loaded);
      break;
    }
    return undefined;
  }

  async #usable(key: PrivateKey, identity: Identity): Promise<PrivateKey | undefined> {
    const { log, settings } = this.#login;
    if (!isTooSmall(publicKeyOf(key), settings.settings.get('RequiredRSASize'))) return key;
    await log.debug1(`load_identity_file: Skipping key ${identity.path}: ${tooSmallWords}`);
    return undefined;
  }

  async #sayUnusable(identity: Identity, loaded: { readonly outcome: string; readonly why?: string }): Promise<void> {
    const { log, texts } = this.#login;
    if (loaded.outcome === 'bad-permissions') await log.error(texts.badPermissions(identity.path));
    else if (loaded.outcome === 'missing') await log.debug2(`Load key "${identity.path}": ${loaded.why ?? ''}`);
    else await log.error(`Load key "${identity.path}": ${loaded.why ?? ''}`);
  }

  async #askPassphrase(identity: Identity): Promise<string> {
    const answer = await readPassphrase(this.#login.system, `Enter passphrase for key '${identity.path}': `);
    if (answer === '') await this.#login.log.debug2('no passphrase given, try next key');
    return answer;
  }
}
