/**
 * Results of costly pure functions (RSA primes, crypt(3)), kept by a name that holds all arguments. Losing them costs time and
 * changes nothing. What a world's definition brings is believed: a test computes it anew.
 */

/** What this process has computed or been given. */
const known = new Map<string, string>();

/** Results of costly pure functions by the name of function and arguments: losing one costs time only. */
export class Results {
  readonly #given: ReadonlyMap<string, string>;
  readonly #used = new Map<string, string>();

  constructor(given: Readonly<Record<string, string>> = {}) {
    this.#given = new Map(Object.entries(given));
  }

  get(name: string, compute: () => string): string {
    const result = this.#given.get(name) ?? known.get(name) ?? compute();
    known.set(name, result);
    this.#used.set(name, result);
    return result;
  }

  /** All that was asked for, to be kept. */
  used(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.#used);
  }
}
