/**
 * User authentication, the client's side: methods in order of preference, each until it has nothing more to offer (sshconnect2.c).
 * RFC 4252.
 */
import type { ClientEvent } from '@seashell/protocol';
import { writeAll } from '../storage/write-all.ts';
import { readPassphrase } from '../terminal/read-passphrase.ts';
import { nextEvent, type Attempt, type Login } from './login.ts';
import { PublicKeyMethod } from './publickey.ts';

interface Method {
  readonly isEnabled: boolean;
  attempt(): Promise<Attempt>;
  /** Events between the request and its answer. */
  handle?(event: ClientEvent): Promise<Attempt | 'not-mine'>;
}

const preferred = 'gssapi-with-mic,hostbased,publickey,keyboard-interactive,password';

/** Authenticates the user; the name of the method that did it. Ends the process when no method is left. */
export async function authenticate(login: Login): Promise<string> {
  const methods: Readonly<Record<string, Method>> = {
    publickey: new PublicKeyMethod(login),
    password: new PasswordMethod(login),
  };
  const order = (login.settings.settings.get('PreferredAuthentications') ?? preferred).split(',');
  login.peer.send({ type: 'authenticate', user: login.settings.user, method: { type: 'none' } });
  const turn = new Turn(login, methods, order);
  for (;;) {
    const event = await nextEvent(login);
    if (event.type === 'authenticationSucceeded') return event.method;
    await turn.handle(event);
  }
}

/** Whose turn it is: authmethod_get(). */
class Turn {
  readonly #login: Login;
  readonly #methods: Readonly<Record<string, Method>>;
  readonly #order: readonly string[];
  #supported = '';
  #rest: string[] = [];
  #current: Method | undefined;
  #currentName = '';
  readonly #done = new Set<string>();

  constructor(login: Login, methods: Readonly<Record<string, Method>>, order: readonly string[]) {
    this.#login = login;
    this.#methods = methods;
    this.#order = order;
  }

  async handle(event: ClientEvent): Promise<void> {
    if (event.type === 'banner') return this.#showBanner(event.message);
    if (event.type === 'authenticationFailed') return this.#handleFailure(event);
    const outcome = await this.#current?.handle?.(event);
    if (outcome === 'exhausted') await this.#proceed();
  }

  /** Untrusted text: control characters would drive the terminal. */
  async #showBanner(message: string): Promise<void> {
    if (!this.#login.log.has('INFO')) return;
    await writeAll(this.#login.system.streams, 2, message.replaceAll(/(?![\n\t])\p{Cc}/gu, ''));
  }

  async #handleFailure(event: Extract<ClientEvent, { readonly type: 'authenticationFailed' }>): Promise<void> {
    const { log, texts } = this.#login;
    if (event.partialSuccess) {
      const { level, text } = texts.partialSuccess(this.#currentName);
      await log.write(level, text);
    }
    const methods = event.methods.join(',');
    await log.debug1(`Authentications that can continue: ${methods}`);
    if (event.partialSuccess || methods !== this.#supported) {
      this.#supported = methods;
      this.#rest = this.#order.filter((name) => event.methods.includes(name));
      this.#current = undefined;
    }
    await this.#proceed();
  }

  async #proceed(): Promise<void> {
    for (;;) {
      this.#current ??= await this.#chooseNext();
      if ((await this.#current.attempt()) === 'sent') return;
      this.#done.add(this.#currentName);
      this.#current = undefined;
    }
  }

  async #chooseNext(): Promise<Method> {
    const { log, texts, settings } = this.#login;
    for (let name = this.#rest.shift(); name !== undefined; name = this.#rest.shift()) {
      const method = Object.hasOwn(this.#methods, name) ? this.#methods[name] : undefined;
      if (method === undefined || !method.isEnabled || this.#done.has(name)) continue;
      await log.debug1(`Next authentication method: ${name}`);
      this.#currentName = name;
      return method;
    }
    await log.debug1('No more authentication methods to try.');
    return log.fatal(texts.permissionDenied(settings.user, settings.host, this.#supported));
  }
}

/** RFC 4252 8. */
class PasswordMethod implements Method {
  readonly #login: Login;
  #attempts = 0;

  constructor(login: Login) {
    this.#login = login;
  }

  get isEnabled(): boolean {
    const { settings } = this.#login.settings;
    return settings.get('PasswordAuthentication') && !settings.get('BatchMode') && !this.#login.passwordsDisabled;
  }

  async attempt(): Promise<Attempt> {
    const { system, log, settings, peer } = this.#login;
    this.#attempts += 1;
    if (this.#attempts > settings.settings.get('NumberOfPasswordPrompts')) return 'exhausted';
    if (this.#attempts > 1) await log.error('Permission denied, please try again.');
    const host = settings.settings.get('HostKeyAlias') ?? settings.host;
    const password = await readPassphrase(system, `${settings.user}@${host}'s password: `);
    peer.send({ type: 'authenticate', user: settings.user, method: { type: 'password', password } });
    return 'sent';
  }

  async handle(event: ClientEvent): Promise<Attempt | 'not-mine'> {
    if (event.type !== 'passwordChangeRequested') return 'not-mine';
    await this.#login.log.error('changing an expired password is not available yet');
    return 'exhausted';
  }
}
