/** Which authentication methods are open to a user: those that are enabled, and AuthenticationMethods' lists of what is needed. */
import type { SshdSettings } from '@seashell/core/config';

export class MethodLists {
  #lists: readonly (readonly string[])[];
  /** Any one method will do. */
  readonly #any: boolean;
  readonly #enabled: readonly string[];

  constructor(settings: SshdSettings) {
    const enabled: string[] = [];
    if (settings.get('PubkeyAuthentication')) enabled.push('publickey');
    if (settings.get('PasswordAuthentication')) enabled.push('password');
    this.#enabled = enabled;
    const lists = settings.get('AuthenticationMethods') ?? ['any'];
    this.#any = lists.length === 0 || lists[0] === 'any';
    const wanted = lists.map((list) => list.split(',').map((method) => method.split(':')[0] ?? ''));
    this.#lists = this.#any ? [] : wanted.filter((list) => list.every((method) => enabled.includes(method)));
  }

  /** The methods that can continue. */
  get next(): readonly string[] {
    if (this.#any) return this.#enabled;
    const first = new Set(this.#lists.flatMap((list) => list.slice(0, 1)));
    return this.#enabled.filter((method) => first.has(method));
  }

  /** A method has succeeded: whether that is enough. */
  complete(method: string): boolean {
    if (this.#any) return true;
    this.#lists = this.#lists.map((list) => (list[0] === method ? list.slice(1) : list));
    return this.#lists.some((list) => list.length === 0);
  }
}
