/** From the first byte to a user who is in: key exchange, requests of authentication, and what the log says of them (auth2.c). */
import { fingerprint, findKeyType } from '@seashell/core/keys';
import type { AuthorizedKeyOptions } from '@seashell/core/files';
import { disconnectReasons, type DisconnectedEvent, type ServerEvent } from '@seashell/protocol';
import type { UserAccount } from '@seashell/system';
import { releases } from '../release.ts';
import { evaluateForConnection } from '../sshd/server-config.ts';
import type { LogLine } from '../logging/log.ts';
import { loginStatuses } from '../sshd/source-penalties.ts';
import { readTextFile } from '../storage/read-file.ts';
import { isRootAllowed, refuseAccount } from './account.ts';
import { unmetRequirement } from './authenticator-rules.ts';
import { findAuthorizedKey } from './authorized-keys.ts';
import { applyLogLevel, logPreauth, type LoggedIn, type ServedConnection } from './connection.ts';
import { refuseKey, type PublicKeyOffer } from './key-checks.ts';
import { mergeKeyOptions } from './merge-key-options.ts';
import { MethodLists } from './method-lists.ts';
import { checkPassword } from './password.ts';
import { signWithHostKey, type WantedSignature } from './sign-with-host-key.ts';

/** Serves the connection until a user is in. Ends the process when the connection ends before. */
export function logIn(connection: ServedConnection): Promise<LoggedIn> {
  return new LoginConversation(connection).run();
}

/** Type and fingerprint, as the log names a key. */
const describeKey = ({ keyType, key }: PublicKeyOffer): string =>
  `${findKeyType(keyType)?.shortName ?? keyType} ${fingerprint(key)}`;

type Requested = Extract<ServerEvent, { readonly type: 'authenticationRequested' }>;

class LoginConversation {
  readonly #connection: ServedConnection;
  #user: string | undefined;
  /** Of a user who may log in; `undefined` for one who does not exist or may not. */
  #account: UserAccount | undefined;
  /** Of all keys that were accepted. */
  #keyOptions: AuthorizedKeyOptions | undefined;
  /** The blobs of keys whose signature was right. */
  readonly #usedKeys: Uint8Array[] = [];
  #methods: MethodLists | undefined;
  #emptyPasswords = 0;
  #requests = 0;
  #failures = 0;
  #tooManyFailures = false;
  /** A method other than `none` was refused. */
  #hasAttempted = false;
  #identified = false;

  constructor(connection: ServedConnection) {
    this.#connection = connection;
  }

  async run(): Promise<LoggedIn> {
    const { peer, settings } = this.#connection;
    const grace = settings.get('LoginGraceTime');
    const deadline = grace > 0 ? peer.startedMilliseconds + grace * 1000 : undefined;
    for (;;) {
      const event = await peer.nextEvent(deadline);
      if (event === undefined) await this.#connection.system.process.exit(loginStatuses.graceExceeded);
      else if (event.type === 'disconnected') await this.#end(event);
      else if (event.type === 'authenticationSucceeded' && this.#account !== undefined) {
        return { account: this.#account, keyOptions: this.#keyOptions };
      } else await this.#handle(event);
    }
  }

  async #handle(event: ServerEvent): Promise<void> {
    switch (event.type) {
      case 'identified':
        this.#identified = true;
        return this.#sayIdentified(event.identification);
      case 'algorithmsNegotiated':
        return this.#sayAlgorithms(event.algorithms);
      case 'hostKeySignatureWanted':
        return this.#signExchange(event);
      case 'authenticationRequested':
        return this.#answer(event);
      case 'authenticationRefused':
        await this.#meet(event.user);
        this.#requests += 1;
        await this.#fail(event.method, undefined);
        return undefined;
      default:
        return undefined;
    }
  }

  async #sayIdentified(identification: string): Promise<void> {
    const [, version = '2.0', software = ''] = /^SSH-([^-]+)-(.*)$/.exec(identification) ?? [];
    await logPreauth(this.#connection, (log) =>
      log.debug1(`Remote protocol version ${version}, remote software version ${software}`),
    );
  }

  async #sayAlgorithms(
    algorithms: Extract<ServerEvent, { readonly type: 'algorithmsNegotiated' }>['algorithms'],
  ): Promise<void> {
    const { clientToServer: back, serverToClient: out } = algorithms;
    await logPreauth(this.#connection, async (log) => {
      await log.debug1(`kex: algorithm: ${algorithms.kex}`);
      await log.debug1(`kex: host key algorithm: ${algorithms.hostKey}`);
      await log.debug1(`kex: client->server cipher: ${back.cipher} MAC: ${back.mac} compression: ${back.compression}`);
      await log.debug1(`kex: server->client cipher: ${out.cipher} MAC: ${out.mac} compression: ${out.compression}`);
    });
  }

  async #signExchange(event: WantedSignature): Promise<void> {
    const signature = await signWithHostKey(this.#connection, event);
    this.#connection.peer.send({ type: 'provideSignature', signature });
  }

  /** getpwnamallow(): at the first request of a user, who that is, and what holds for that user. */
  async #meet(user: string): Promise<void> {
    if (this.#user !== undefined) return;
    this.#user = user;
    const { system, config, remote, local } = this.#connection;
    const account = await system.process.findUser({ name: user });
    const facts = {
      user,
      invalidUser: account === undefined,
      groups: account?.groups.map((group) => group.name) ?? [],
      host: remote.address,
      address: remote.address,
      localAddress: local.address,
      localPort: local.port,
      versionString: releases[system.host.openSsh].version,
    };
    this.#connection.settings = evaluateForConnection(config, system.host.openSsh, facts).settings;
    applyLogLevel(this.#connection);
    this.#account = await this.#admit(user, account);
    this.#methods = new MethodLists(this.#connection.settings);
    await this.#sendBanner();
  }

  async #admit(user: string, account: UserAccount | undefined): Promise<UserAccount | undefined> {
    const { log, texts, remote } = this.#connection;
    if (account === undefined) {
      for (const line of texts.invalidUser(user, remote)) await log.info(line);
    } else {
      const refusal = await refuseAccount(this.#connection, account);
      if (refusal === undefined) return account;
      await log.info(refusal);
    }
    for (const line of texts.refusedUserExtra(user)) await logPreauth(this.#connection, (each) => each.info(line));
    return undefined;
  }

  async #sendBanner(): Promise<void> {
    const { settings, peer, system } = this.#connection;
    const path = settings.get('Banner');
    if (path === 'none') return;
    const message = await readTextFile(system, path);
    if (typeof message === 'string') peer.send({ type: 'banner', message });
  }

  async #answer(event: Requested): Promise<void> {
    await this.#meet(event.user);
    this.#requests += 1;
    const { offered } = event;
    if (offered.method === 'none') return this.#answerNone();
    if (offered.method === 'password') {
      return offered.newPassword === undefined ? this.#answerPassword(offered.password) : this.#refuseChange();
    }
    return offered.step === 'query' ? this.#answerQuery(offered) : this.#answerSignature(offered);
  }

  /** `none` lets a user without password in where empty passwords are permitted. */
  async #answerNone(): Promise<void> {
    const { settings } = this.#connection;
    const mayTry = settings.get('PermitEmptyPasswords') && settings.get('PasswordAuthentication');
    if (mayTry && this.#isEnabled('password') && (await checkPassword(this.#connection, this.#account, ''))) {
      return this.#succeed('none', undefined);
    }
    this.#reject(false, this.#requests > 1);
    return undefined;
  }

  async #answerPassword(password: string): Promise<void> {
    // OpenSSH's monitor takes a first empty password for the method none.
    const method = password === '' && this.#emptyPasswords === 0 ? 'none' : 'password';
    this.#emptyPasswords += 1;
    if (!this.#isEnabled('password')) return this.#fail(method, undefined);
    const isRight = await checkPassword(this.#connection, this.#account, password);
    return isRight ? this.#succeed('password', undefined) : this.#fail(method, undefined);
  }

  /** Nobody can change a password here: auth2-passwd.c. */
  async #refuseChange(): Promise<void> {
    await logPreauth(this.#connection, (log) => log.info('password change not supported'));
    this.#reject(false);
  }

  #isEnabled(method: string): boolean {
    return this.#methods?.next.includes(method) === true;
  }

  async #answerQuery(offered: PublicKeyOffer): Promise<void> {
    const { peer, remote } = this.#connection;
    if (await this.#isRefused(offered)) return this.#reject(false);
    const allowed = await this.#findKey(offered);
    if (allowed === undefined) return this.#fail('publickey', offered);
    peer.send({ type: 'confirmPublicKey' });
    const text = `Postponed publickey for ${this.#shownUser} from ${remote.address} port ${remote.port} ssh2`;
    return logPreauth(this.#connection, (log) => log.write(this.#failureLevel('publickey'), text));
  }

  async #answerSignature(offered: PublicKeyOffer): Promise<void> {
    if (await this.#isRefused(offered)) return this.#reject(false);
    const allowed = await this.#findKey(offered);
    if (allowed === undefined || (await this.#lacksRequirement(offered, allowed.options))) {
      return this.#fail('publickey', offered);
    }
    this.#usedKeys.push(offered.key);
    const merged = mergeKeyOptions(this.#keyOptions, allowed.options);
    if (!merged.ok) {
      await this.#connection.log.error(`Inconsistent authentication options: ${merged.message}`);
      return this.#fail('publickey', offered);
    }
    this.#keyOptions = merged.options;
    return this.#succeed('publickey', offered);
  }

  async #lacksRequirement(offered: PublicKeyOffer, keyOptions: AuthorizedKeyOptions): Promise<boolean> {
    if (offered.statement === undefined) return false;
    const demanded = this.#connection.settings.get('PubkeyAuthOptions');
    const unmet = unmetRequirement(offered.statement, { keyOptions, demanded });
    if (unmet === undefined) return false;
    const { remote } = this.#connection;
    const proof = `public key ${describeKey(offered)} signature for ${this.#shownUser}`;
    const text = `${proof} from ${remote.address} port ${remote.port} rejected: ${unmet} requirement not met `;
    await this.#connection.log.error(text);
    return true;
  }

  /** A key that is not even looked for; the half with privileges, which logs failures, hears nothing of it. */
  async #isRefused(offered: PublicKeyOffer): Promise<boolean> {
    if (!this.#isEnabled('publickey')) return false;
    const refusal = refuseKey(this.#connection, offered, this.#usedKeys);
    if (refusal !== undefined) await logPreauth(this.#connection, (log) => log.info(refusal));
    return refusal !== undefined;
  }

  async #findKey(offered: PublicKeyOffer) {
    if (this.#account === undefined || !this.#isEnabled('publickey')) return undefined;
    return findAuthorizedKey(this.#connection, this.#account, { type: offered.keyType, blob: offered.key });
  }

  /** The proof is right: root, further methods, and the log. */
  async #succeed(method: string, offered: PublicKeyOffer | undefined): Promise<void> {
    const { peer, log } = this.#connection;
    if (!(await this.#isRootFine(method))) return this.#failAsRoot(method, offered);
    const isDone = this.#methods?.complete(method === 'none' ? 'password' : method) === true;
    const outcome = isDone ? 'Accepted' : 'Partial';
    await log.info(`${outcome} ${method} for ${this.#describe(offered)}`);
    if (isDone) peer.send({ type: 'acceptAuthentication' });
    else this.#reject(true);
    return undefined;
  }

  async #isRootFine(method: string): Promise<boolean> {
    const { settings, log } = this.#connection;
    if (this.#account?.uid !== 0) return true;
    const hasForcedCommand = this.#keyOptions?.command !== undefined;
    const allowed = isRootAllowed(settings, { method, hasForcedCommand });
    if (allowed === 'forced') await log.info('Root login accepted for forced command.');
    return allowed !== 'no';
  }

  /** Once by the privileged half, once by the other. */
  async #failAsRoot(method: string, offered: PublicKeyOffer | undefined): Promise<void> {
    const { texts, remote, log } = this.#connection;
    await log.info(texts.rootRefused(remote));
    await this.#logFailure(method, offered);
    await logPreauth(this.#connection, (each) => each.info(texts.rootRefused(remote)));
    this.#reject(false);
  }

  async #fail(method: string, offered: PublicKeyOffer | undefined): Promise<void> {
    await this.#logFailure(method, offered);
    this.#reject(false);
  }

  async #logFailure(method: string, offered: PublicKeyOffer | undefined): Promise<void> {
    const { log } = this.#connection;
    this.#hasAttempted ||= method !== 'none';
    await log.write(this.#failureLevel(method), `Failed ${method} for ${this.#describe(offered)}`);
  }

  /** auth_log(): failures of passwords, of unknown users and of many attempts are told at INFO. */
  #failureLevel(method: string): 'INFO' | 'VERBOSE' {
    const areMany = this.#failures >= Math.trunc(this.#connection.settings.get('MaxAuthTries') / 2);
    return method === 'password' || this.#account === undefined || areMany ? 'INFO' : 'VERBOSE';
  }

  get #shownUser(): string {
    return this.#account === undefined ? `invalid user ${this.#user ?? ''}` : this.#account.name;
  }

  #describe(offered: PublicKeyOffer | undefined): string {
    const { remote } = this.#connection;
    const text = `${this.#shownUser} from ${remote.address} port ${remote.port} ssh2`;
    if (offered === undefined) return text;
    return `${text}: ${describeKey(offered)}`;
  }

  /** What counts: all but partial success, and `none` as the first request. MaxAuthTries is that of the user's Match blocks. */
  #reject(partialSuccess: boolean, counts = !partialSuccess): void {
    const { peer, settings } = this.#connection;
    if (counts) this.#failures += 1;
    if (this.#failures >= settings.get('MaxAuthTries')) {
      this.#tooManyFailures = true;
      const reason = disconnectReasons.protocolError;
      peer.send({ type: 'disconnect', reason, description: 'Too many authentication failures' });
      return;
    }
    const methods = this.#methods?.next ?? [];
    peer.send({ type: 'rejectAuthentication', methods, partialSuccess });
  }

  /** The connection ended before anybody was in: the log, and the end of the process. */
  async #end(event: DisconnectedEvent): Promise<never> {
    const { peer, system } = this.#connection;
    await peer.flush(system.clock.monotonic() + 1000);
    await logPreauth(this.#connection, async (log) => {
      for (const { level, text } of this.#endLines(event)) await log.write(level, text);
    });
    return system.process.exit(this.#endStatus);
  }

  /** What the listener shall know of this client; 6.6 tells nothing. */
  get #endStatus(): number {
    if (this.#connection.system.host.openSsh === '6.6' || this.#user === undefined) return 255;
    if (this.#account === undefined) return loginStatuses.invalidUser;
    return this.#hasAttempted ? loginStatuses.authenticationFailed : 255;
  }

  #endLines(event: DisconnectedEvent): readonly LogLine[] {
    const { texts, remote, peer } = this.#connection;
    if (event.by === 'remote') {
      const line = texts.receivedDisconnect(remote, event.reason ?? 0, event.description);
      return [...info(line), ...info(`Disconnected from ${this.#who}${remote.address} port ${remote.port}`)];
    }
    if (event.by === 'transport') {
      if (peer.failure?.code === 'ECONNRESET') return info(texts.resetBeforeLogin(remote, this.#who));
      return info(this.#identified ? texts.closedBeforeLogin(remote, this.#who) : texts.noIdentification(remote));
    }
    return this.#brokenRuleLines(event);
  }

  #brokenRuleLines({ error }: DisconnectedEvent): readonly LogLine[] {
    const { texts, remote } = this.#connection;
    if (this.#tooManyFailures) {
      return texts.tooManyFailures(this.#user ?? '', { shown: this.#shownUser, peer: remote });
    }
    if (error === undefined) return [];
    const { algorithmKind: kind, theirOffer = '' } = error.detail;
    if (error.code === 'no-common-algorithm' && kind !== undefined) {
      return info(texts.unableToNegotiate(remote, { kind, theirOffer }));
    }
    if (error.code === 'identification') return info(texts.badIdentification(remote));
    return info(`Disconnecting ${this.#who}${remote.address} port ${remote.port}: ${error.message}`);
  }

  /** `authenticating user demo `, once a user has been named. */
  get #who(): string {
    if (this.#user === undefined) return '';
    return this.#account === undefined ? `invalid user ${this.#user} ` : `authenticating user ${this.#user} `;
  }
}

function info(text: string): readonly LogLine[] {
  return [{ level: 'INFO', text }];
}
