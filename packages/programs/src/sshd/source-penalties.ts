/**
 * How long a source is refused after what it did wrong: PerSourcePenalties of sshd_config(5), srclimit.c. Penalties add up; they count once
 * there are enough of them.
 */
import { formatBlockOf, matchAddressList, parseTime, type SshdSettings } from '@seashell/core/config';
import type { LogLine } from '../logging/log.ts';

/**
 * Exit statuses of sshd-session before anybody is in, beside 255 (EXIT_... of sshd.h). A crash is that of abort(3) as a shell has it, for the
 * System knows no SIGSEGV; nothing ends with `refused` yet, since RefuseConnection is not built.
 */
export const loginStatuses = {
  graceExceeded: 3,
  authenticationFailed: 5,
  refused: 6,
  invalidUser: 7,
  crash: 134,
} as const;

interface Offence {
  /** Its item in the keyword. */
  readonly item: string;
  readonly usualSeconds: number;
  /** Of sshd-session. */
  readonly status: number;
  readonly reason: string;
  /** What child_reap() says of the process; the grace time has a line of its own. */
  readonly words: string | undefined;
}

/** In the order in which `sshd -T` prints them. */
const offences: readonly Offence[] = [
  {
    item: 'crash',
    usualSeconds: 90,
    status: loginStatuses.crash,
    reason: 'penalty: caused crash',
    words: 'crashed',
  },
  {
    item: 'authfail',
    usualSeconds: 5,
    status: loginStatuses.authenticationFailed,
    reason: 'penalty: failed authentication',
    words: 'exited after unsuccessful auth attempt',
  },
  {
    item: 'noauth',
    usualSeconds: 1,
    status: 255,
    reason: 'penalty: connections without attempting authentication',
    words: 'exited with status 255',
  },
  {
    item: 'invaliduser',
    usualSeconds: 5,
    status: loginStatuses.invalidUser,
    reason: 'penalty: attempted authentication by invalid user',
    words: 'exited after auth attempt by invalid user',
  },
  {
    item: 'grace-exceeded',
    usualSeconds: 10,
    status: loginStatuses.graceExceeded,
    reason: 'penalty: exceeded LoginGraceTime',
    words: undefined,
  },
  {
    item: 'refuseconnection',
    usualSeconds: 10,
    status: loginStatuses.refused,
    reason: 'penalty: connection prohibited by RefuseConnection',
    words: 'prohibited by RefuseConnection',
  },
];

const offenceOf = (status: number): Offence | undefined => offences.find((each) => each.status === status);

const usual = { max: 600, min: 15, 'max-sources4': 65_536, 'max-sources6': 65_536 } as const;

/** What the log says of a process that ended with this status before anybody was in, after `preauth child PID for CONNECTION `. */
export function describeEnd(status: number): string | undefined {
  return offenceOf(status)?.words;
}

interface Penalty {
  expiresSeconds: number;
  isActive: boolean;
  reason: string;
}

export class SourcePenalties {
  readonly #items: ReadonlyMap<string, string>;
  readonly #isOn: boolean;
  readonly #exempt: string;
  readonly #bits: { readonly ipv4: number; readonly ipv6: number };
  readonly #byBlock = new Map<string, Penalty>();

  constructor(settings: SshdSettings) {
    const words = settings.get('PerSourcePenalties') ?? [];
    const switches = words.filter((word) => word === 'yes' || word === 'no');
    this.#isOn = settings.version === '10' && switches[0] !== 'no';
    // The first value of an item holds.
    this.#items = new Map(words.toReversed().flatMap(itemOf));
    this.#exempt = settings.get('PerSourcePenaltyExemptList') ?? 'none';
    const [ipv4, ipv6] = settings.get('PerSourceNetBlockSize') ?? [32, 128];
    this.#bits = { ipv4, ipv6 };
  }

  /** Adds the penalty for an exit status, if it is one. */
  penalise(address: string, status: number, nowSeconds: number): readonly LogLine[] {
    const offence = offenceOf(status);
    const block = this.#blockOf(address);
    if (offence === undefined || block === undefined) return [];
    const seconds = this.#seconds(offence.item, offence.usualSeconds);
    if (seconds <= 0) return [];
    this.#expire(nowSeconds);
    const existing = this.#byBlock.get(block);
    return existing === undefined
      ? this.#add(block, { offence, seconds, nowSeconds })
      : this.#extend(existing, { block, offence, seconds, nowSeconds });
  }

  /** Why connections from this address are refused now; undefined if they are not. */
  refusal(address: string, nowSeconds: number): string | undefined {
    const block = this.#blockOf(address);
    const penalty = block === undefined ? undefined : this.#byBlock.get(block);
    return penalty?.isActive === true && penalty.expiresSeconds > nowSeconds ? penalty.reason : undefined;
  }

  #add(
    block: string,
    {
      offence,
      seconds,
      nowSeconds,
    }: { readonly offence: Offence; readonly seconds: number; readonly nowSeconds: number },
  ): readonly LogLine[] {
    this.#makeRoom(block);
    const isActive = seconds >= this.#seconds('min', usual.min);
    this.#byBlock.set(block, { expiresSeconds: nowSeconds + seconds, isActive, reason: offence.reason });
    const kind = isActive ? 'active' : 'deferred';
    const penalty = `new ${block} ${kind} penalty of ${seconds.toFixed(3)} seconds for ${offence.reason}`;
    return [{ level: 'VERBOSE', text: `srclimit_penalise: ${familyOf(block)}: ${penalty}` }];
  }

  #extend(
    penalty: Penalty,
    {
      block,
      offence,
      seconds,
      nowSeconds,
    }: { readonly block: string; readonly offence: Offence; readonly seconds: number; readonly nowSeconds: number },
  ): readonly LogLine[] {
    const family = familyOf(block);
    const left = Math.floor(penalty.expiresSeconds - nowSeconds);
    const known = `${penalty.isActive ? 'active' : 'inactive'} penalty for ${family} ${block} already exists`;
    const lines: LogLine[] = [{ level: 'DEBUG1', text: `srclimit_penalise: ${known}, ${left} seconds remaining` }];
    const longest = nowSeconds + this.#seconds('max', usual.max);
    penalty.expiresSeconds = Math.min(penalty.expiresSeconds + seconds, longest);
    penalty.reason = offence.reason;
    const remaining = penalty.expiresSeconds - nowSeconds;
    if (penalty.isActive || remaining <= this.#seconds('min', usual.min)) return lines;
    penalty.isActive = true;
    const text = `srclimit_penalise: ${block}: activating ${family} penalty of ${remaining.toFixed(3)} seconds for ${offence.reason}`;
    return [...lines, { level: 'INFO', text }];
  }

  #blockOf(address: string): string | undefined {
    if (!this.#isOn) return undefined;
    const isExempt = this.#exempt !== 'none' && matchAddressList(address, this.#exempt) === 'matched';
    return isExempt ? undefined : formatBlockOf(address, this.#bits);
  }

  #seconds(item: string, otherwise: number): number {
    const text = this.#items.get(item);
    return text === undefined ? otherwise : secondsOf(text);
  }

  #expire(nowSeconds: number): void {
    for (const [block, penalty] of this.#byBlock) {
      if (penalty.expiresSeconds <= nowSeconds) this.#byBlock.delete(block);
    }
  }

  /** `overflow:permissive`: the penalty that ends first gives way. */
  #makeRoom(block: string): void {
    const family = familyOf(block);
    const name = family === 'ipv4' ? 'max-sources4' : 'max-sources6';
    const same = [...this.#byBlock].filter(([each]) => familyOf(each) === family);
    if (same.length < Number(this.#items.get(name) ?? usual[name])) return;
    const [first] = same.toSorted(([, one], [, other]) => one.expiresSeconds - other.expiresSeconds);
    if (first !== undefined) this.#byBlock.delete(first[0]);
  }
}

function itemOf(word: string): readonly (readonly [string, string])[] {
  const colon = word.indexOf(':');
  return colon === -1 ? [] : [[word.slice(0, colon), word.slice(colon + 1)]];
}

/** `5`, `1.5`, `2m`. */
function secondsOf(text: string): number {
  const [, whole = '', fraction = ''] = /^(.*?)(\.\d+)?$/.exec(text) ?? [];
  return (parseTime(whole) ?? 0) + Number(`0${fraction}`);
}

function familyOf(block: string): 'ipv4' | 'ipv6' {
  return block.includes(':') ? 'ipv6' : 'ipv4';
}

/** The value as `sshd -T` prints it. */
export function formatPenalties(settings: SshdSettings): string {
  const words = settings.get('PerSourcePenalties') ?? [];
  if (words.find((word) => word === 'yes' || word === 'no') === 'no') return 'no';
  const items = new Map(words.toReversed().flatMap(itemOf));
  const time = (name: string, otherwise: number): string => {
    const text = items.get(name);
    return `${name}:${(text === undefined ? otherwise : secondsOf(text)).toFixed(6)}`;
  };
  const overflow = items.get('overflow') ?? 'permissive';
  return [
    ...offences.map(({ item, usualSeconds }) => time(item, usualSeconds)),
    time('max', usual.max),
    time('min', usual.min),
    `max-sources4:${items.get('max-sources4') ?? usual['max-sources4']}`,
    `max-sources6:${items.get('max-sources6') ?? usual['max-sources6']}`,
    `overflow:${overflow}`,
    `overflow6:${items.get('overflow6') ?? overflow}`,
  ].join(' ');
}
