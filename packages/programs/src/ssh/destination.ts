/** The destination of ssh(1): `host`, `user@host`, `ssh://[user@]host[:port]`, and which names may be one. */

export interface Destination {
  readonly host: string;
  readonly user?: string;
  readonly port?: number;
}

/** `undefined` where ssh prints its usage. */
export function parseDestination(text: string): Destination | undefined {
  return text.startsWith('ssh://') ? parseUri(text.slice('ssh://'.length)) : parseUserHost(text);
}

function parseUserHost(text: string): Destination | undefined {
  const at = text.lastIndexOf('@');
  if (at === -1) return { host: text };
  return at === 0 ? undefined : { user: text.slice(0, at), host: text.slice(at + 1) };
}

function parseUri(rest: string): Destination | undefined {
  const authority = rest.replace(/\/$/, '');
  if (authority.includes('/')) return undefined;
  const at = authority.lastIndexOf('@');
  const match = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(authority.slice(at + 1));
  const host = match?.[1] ?? match?.[2];
  if (host === undefined) return undefined;
  const port = match?.[3] === undefined ? undefined : parsePort(match[3]);
  if (match?.[3] !== undefined && port === undefined) return undefined;
  const user = at === -1 ? undefined : decodePercent(authority.slice(0, at));
  return { host, ...(user === undefined ? {} : { user }), ...(port === undefined ? {} : { port }) };
}

function decodePercent(text: string): string {
  return text.replace(/%([0-9a-fA-F]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

/** A port, 1 to 65535; `undefined` for anything else. */
export function parsePort(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65_535 ? port : undefined;
}

/** ssh.c's valid_hostname(): nothing that a shell or a terminal could take for more than a name (CVE-2023-51385). */
export function isValidHostname(host: string): boolean {
  if (host.startsWith('-')) return false;
  return !/[\s,"'`$\\;&<>|(){}\p{Cc}]/u.test(host);
}

/** ssh.c's valid_ruser(). */
export function isValidUser(user: string): boolean {
  if (user.startsWith('-') || /[\s]-/.test(user) || user.endsWith('\\')) return false;
  return !/['`";&<>|(){}\p{Cc}]/u.test(user);
}
