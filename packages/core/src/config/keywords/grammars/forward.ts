/** Forwarding specifications: ssh(1) -L, -R, -D and the keywords of the same meaning; OpenSSH's parse_forward. */
import { accept, refuse, type ArgumentInput, type ArgumentResult, type Grammar } from '../grammar.ts';
import { parsePort } from './number.ts';

/** A TCP end, or a Unix-domain socket. An undefined host is the default of the place. */
export type ForwardEnd =
  | { readonly type: 'tcp'; readonly host: string | undefined; readonly port: number }
  | { readonly type: 'unix'; readonly path: string };

/** A port forwarding (ssh_config(5) LocalForward, RemoteForward, DynamicForward): where to listen, and where to connect to. */
export interface Forward {
  readonly listen: ForwardEnd;
  /** Undefined: the client of a SOCKS conversation says where to. */
  readonly connect: ForwardEnd | undefined;
}

/** Which side listens: the client (`local`, and `dynamic` by SOCKS) or the server (`remote`). */
export type ForwardKind = 'local' | 'remote' | 'dynamic';

interface Field {
  readonly text: string;
  readonly isPath: boolean;
}

/** Undefined if `specification` is not one. */
export function parseForward(specification: string, kind: ForwardKind): Forward | undefined {
  const fields = splitFields(specification.trimStart());
  const forward = fields === undefined ? undefined : forwardOf(fields);
  if (forward === undefined) return undefined;
  const { listen, connect } = forward;
  if (listen.type === 'tcp' && listen.port === 0 && kind !== 'remote') return undefined;
  if (connect?.type === 'tcp' && connect.port === 0) return undefined;
  const mayBeDynamic = kind === 'dynamic' || kind === 'remote';
  return (connect === undefined ? mayBeDynamic : kind !== 'dynamic') ? forward : undefined;
}

function splitFields(specification: string): readonly Field[] | undefined {
  const fields: Field[] = [];
  let at = 0;
  while (at < specification.length) {
    const field = specification[at] === '[' ? bracketField(specification, at) : plainField(specification, at);
    if (field === undefined || fields.length === 4) return undefined;
    fields.push(field);
    at = field.next;
  }
  return fields;
}

function bracketField(text: string, start: number): (Field & { readonly next: number }) | undefined {
  const close = text.indexOf(']', start);
  const after = text[close + 1];
  if (close === -1 || (after !== undefined && after !== ':')) return undefined;
  return { text: text.slice(start + 1, close), isPath: false, next: close + 2 };
}

function plainField(text: string, start: number): (Field & { readonly next: number }) | undefined {
  let value = '';
  let at = start;
  for (; at < text.length && text[at] !== ':'; at += 1) {
    if (text[at] === '\\') at += 1;
    if (at >= text.length) return undefined;
    value += text[at];
  }
  return { text: value, isPath: value.includes('/'), next: at + 1 };
}

function tcp(host: string | undefined, field: Field | undefined): ForwardEnd | undefined {
  const port = parsePort(field?.text ?? '');
  return port === undefined ? undefined : { type: 'tcp', host, port };
}

function unix(field: Field): ForwardEnd {
  return { type: 'unix', path: field.text };
}

function paired(listen: ForwardEnd | undefined, connect: ForwardEnd | undefined): Forward | undefined {
  return listen === undefined || connect === undefined ? undefined : { listen, connect };
}

function listening(listen: ForwardEnd | undefined): Forward | undefined {
  return listen === undefined ? undefined : { listen, connect: undefined };
}

function forwardOf(fields: readonly Field[]): Forward | undefined {
  const [a, b, c, d] = fields;
  if (a === undefined) return undefined;
  if (b === undefined) return listening(a.isPath ? unix(a) : tcp(undefined, a));
  if (c === undefined) {
    if (b.isPath) return paired(a.isPath ? unix(a) : tcp(undefined, a), unix(b));
    return listening(tcp(a.text, b));
  }
  if (d === undefined) {
    if (a.isPath) return paired(unix(a), tcp(b.text, c));
    return c.isPath ? paired(tcp(a.text, b), unix(c)) : paired(tcp(undefined, a), tcp(b.text, c));
  }
  return paired(tcp(a.text, b), tcp(c.text, d));
}

function formatEnd(end: ForwardEnd): string {
  if (end.type === 'unix') return end.path;
  return end.host === undefined ? String(end.port) : `[${end.host}]:${end.port}`;
}

function formatForward(kind: ForwardKind, forward: Forward): string {
  const listen = formatEnd(forward.listen);
  if (forward.connect !== undefined) return `${listen} ${formatEnd(forward.connect)}`;
  return kind === 'dynamic' ? listen : `${listen} [socks]:0`;
}

function parseForwardArguments(kind: ForwardKind, input: ArgumentInput): ArgumentResult<readonly Forward[]> {
  const [listen, connect] = input.words;
  if (listen === undefined || listen === '')
    return refuse(input, 'missing-argument', input.texts.missing(input.keyword));
  const single = kind === 'dynamic' || (kind === 'remote' && (connect === undefined || connect === ''));
  if (!single && (connect === undefined || connect === ''))
    return refuse(input, 'missing-target', 'Missing target argument.');
  const forward = parseForward(single ? listen : `${listen}:${connect}`, kind);
  if (forward === undefined) return refuse(input, 'bad-forwarding', 'Bad forwarding specification.');
  return accept([forward], single ? 1 : 2);
}

/** One forwarding per line, of a keyword that collects. */
export function forwards(kind: ForwardKind): Grammar<readonly Forward[]> {
  const target = { local: ' host:hostport', remote: ' [host:hostport]', dynamic: '' }[kind];
  return {
    syntax: `[bind_address:]port${target}`,
    parse: (input) => parseForwardArguments(kind, input),
    format: (values) => values.map((value) => formatForward(kind, value)),
  };
}
