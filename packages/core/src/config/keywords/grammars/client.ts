/** Arguments that only ssh_config has. */
import { accept, refuse, refuseWith, type Grammar } from '../grammar.ts';
import { choice, no, yes } from './choice.ts';
import { parseInteger } from './number.ts';
import { parseTime } from './time.ts';

/** EscapeChar: a character, `^` and a letter for a control character, or `none`. */
export const escapeCharacter: Grammar<string> = {
  syntax: 'character|^letter|none',
  words: ['none', '~'],
  parse: (input) => {
    const word = input.words[0] ?? '';
    if (word === '') return refuse(input, 'missing-argument', 'Missing argument.');
    if (word === 'none' || word.length === 1) return accept(word);
    if (word.length === 2 && word.startsWith('^') && word.charCodeAt(1) >= 64 && word.charCodeAt(1) < 128)
      return accept(word);
    return refuse(input, 'bad-escape-character', 'Bad escape character.');
  },
  format: (value) => [value.startsWith('^') ? `\\${value}` : value],
};

/** AddKeysToAgent: a word, and a lifetime after `confirm` or alone. */
export interface AddKeys {
  readonly mode: 'yes' | 'no' | 'ask' | 'confirm';
  readonly lifetimeSeconds?: number;
}

const addKeysWord = choice({ yes, no, ask: ['ask'], confirm: ['confirm'] });

export const addKeysToAgent: Grammar<AddKeys> = {
  syntax: 'yes|no|ask|confirm [time]|time',
  words: ['yes', 'no', 'ask', 'confirm'],
  parse: (input) => {
    const word = addKeysWord.parse(input);
    const [first = '', second] = input.words;
    if (word.ok && second === undefined) return accept({ mode: word.value });
    const lifetimeSeconds = parseTime(word.ok ? (second ?? '') : first);
    if (word.ok && word.value !== 'confirm') return refuse(input, 'unsupported-option', 'unsupported option');
    if (lifetimeSeconds === undefined) {
      return word.ok
        ? refuse(input, 'invalid-time', 'invalid time value.')
        : refuse(input, 'unsupported-option', 'unsupported option');
    }
    return word.ok ? accept({ mode: 'confirm', lifetimeSeconds }, 2) : accept({ mode: 'yes', lifetimeSeconds });
  },
  format: (value) => {
    const word = { yes: 'true', no: 'false', ask: 'ask', confirm: 'confirm' }[value.mode];
    if (value.lifetimeSeconds === undefined) return [word];
    return [value.mode === 'confirm' ? `confirm ${value.lifetimeSeconds}` : String(value.lifetimeSeconds)];
  },
};

/** ForwardAgent: yes or no, a socket's path, or `$NAME` of an environment variable. */
export const forwardAgent: Grammar<boolean | string> = {
  syntax: 'yes|no|path|$NAME',
  words: ['yes', 'no'],
  parse: (input) => {
    const word = input.words[0] ?? '';
    if (word === '') return refuse(input, 'missing-argument', 'missing argument.');
    if (yes.includes(word.toLowerCase())) return accept(true);
    if (no.includes(word.toLowerCase())) return accept(false);
    return isAgentPath(word)
      ? accept(word)
      : refuse(input, 'bad-environment-name', `Invalid environment name ${word}.`);
  },
  format: (value) => [typeof value === 'string' ? value : value ? 'yes' : 'no'],
};

function isAgentPath(word: string): boolean {
  return !word.startsWith('$') || /^\$(?:\{[^}]*\}.*|[A-Za-z_][A-Za-z0-9_]*)$/.test(word);
}

/** IdentityAgent: a path, `$NAME`, `SSH_AUTH_SOCK` or `none`. */
export const identityAgent: Grammar<string> = {
  syntax: 'path|$NAME|SSH_AUTH_SOCK|none',
  words: ['none', 'SSH_AUTH_SOCK'],
  parse: (input) => {
    const word = input.words[0] ?? '';
    if (word === '') return refuse(input, 'missing-argument', 'Missing argument.');
    return isAgentPath(word)
      ? accept(word)
      : refuse(input, 'bad-environment-name', `Invalid environment name ${word}.`);
  },
  format: (value) => [value],
};

/** ProxyJump: hops by commas, or `none`. */
export const proxyJump: Grammar<string> = {
  syntax: '[user@]host[:port],...|none',
  words: ['none'],
  parse: (input) => {
    const word = input.rest.replace(/^[\s=]+/, '').trimEnd();
    if (word === '' || input.words[0] === '') return refuse(input, 'missing-argument', 'Missing argument.');
    const hops = word.split(',');
    if (word.toLowerCase() !== 'none' && !hops.every(isHop)) {
      return refuse(input, 'invalid-proxy-jump', `Invalid ProxyJump "${word}"`);
    }
    return accept(word, input.words.length);
  },
  format: (value) => [value],
};

function isHop(hop: string): boolean {
  const target = hop.startsWith('ssh://') ? hop.slice(6).replace(/\/$/, '') : hop;
  const match = /^(?:(.+)@)?(\[[^\]]+\]|[^:[\]]+|[0-9a-fA-F:]+:[0-9a-fA-F:]+)(?::(\d{1,5}))?$/.exec(target);
  if (match === null) return false;
  const host = match[2] ?? '';
  const port = match[3];
  return !host.startsWith('-') && !/[\s'"`$\\;&<>|(){}]/.test(host) && (port === undefined || isHopPort(Number(port)));
}

function isHopPort(port: number): boolean {
  return port > 0 && port <= 65_535;
}

/** ObscureKeystrokeTiming: `yes`, `no`, or the milliseconds of `interval:80`. */
export const keystrokeTiming: Grammar<number> = {
  syntax: 'yes|no|interval:milliseconds',
  words: ['yes', 'no', 'interval:80'],
  parse: (input) => {
    const word = (input.words[0] ?? '').toLowerCase();
    if (word === '') return refuse(input, 'missing-argument', 'missing argument');
    if (word === 'yes') return accept(20);
    if (word === 'no') return accept(0);
    if (!word.startsWith('interval:')) {
      return refuse(input, 'unsupported-argument', `unsupported argument "${input.words[0]}"`);
    }
    const value = parseInteger(word.slice('interval:'.length));
    if (typeof value === 'string') return refuse(input, 'bad-integer', `integer value ${value}.`);
    return value === 0 || value > 1000 ? refuse(input, 'out-of-range', 'value out of range.') : accept(value);
  },
  format: (value) => [value === 20 ? 'yes' : value === 0 ? 'no' : `interval:${value}`],
};

/** TunnelDevice: the numbers of both tun devices, or `any`. */
export const tunnelDevice: Grammar<string> = {
  syntax: 'local[:remote]',
  words: ['any:any'],
  parse: (input) => {
    const word = input.words[0] ?? '';
    if (word === '') return refuse(input, 'missing-argument', 'Missing argument.');
    const match = /^(any|\d+)(?::(any|\d+))?$/i.exec(word);
    if (match === null) return refuse(input, 'bad-tunnel-device', 'Bad tun device.');
    return accept(`${(match[1] ?? '').toLowerCase()}:${(match[2] ?? 'any').toLowerCase()}`);
  },
  format: (value) => [value],
};

/** CanonicalizePermittedCNAMEs: `sources:targets`, or `none`. */
export const permittedCnames: Grammar<readonly string[]> = {
  syntax: 'sources:targets...|none',
  words: ['none'],
  parse: (input) => {
    if (input.words.length === 1 && input.words[0]?.toLowerCase() === 'none') return accept(['none']);
    for (const word of input.words) {
      const ok = word === '*' || /^[^:]+:[^:]+$/.test(word);
      if (!ok) return refuse(input, 'invalid-cname', `Invalid permitted CNAME "${word}"`);
    }
    return accept(input.words, input.words.length);
  },
  format: (values) => [values.map((value) => (value === '*' ? '*:*' : value)).join(' ')],
};

/** PermitRemoteOpen: `host:port` items, or `any` or `none`. */
export const permitRemoteOpen: Grammar<readonly string[]> = {
  syntax: 'host:port...|any|none',
  words: ['any', 'none'],
  parse: (input) => {
    const first = input.words[0] ?? '';
    if (first === 'any' || first === 'none') {
      if (input.words.length === 1) return accept(input.words);
      return refuse(input, 'not-alone', `keyword ${input.keyword} "${first}" argument must appear alone.`);
    }
    for (const word of input.words) {
      const colon = word.lastIndexOf(':');
      const port = word.slice(colon + 1);
      const value = port === '*' ? 1 : parseInteger(port);
      if (colon <= 0 || typeof value === 'string' || value === 0 || value > 65_535) {
        return refuseWith({ code: 'bad-port', message: `bad port number in ${input.keyword}`, fatal: true });
      }
    }
    return accept(input.words, input.words.length);
  },
  format: (values) => [values.join(' ')],
};
