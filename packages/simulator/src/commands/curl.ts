/** curl(1) for http: GET, HEAD and data to be sent, with curl's messages and exit statuses. */
import { isSystemError, type ErrnoName } from '@seashell/system';
import { toBytes } from './byte-text.ts';
import type { CommandContext, CommandDefinition } from './command.ts';
import { findHeader, MessageReader, type MessageHead } from './http-message.ts';
import { baseName } from './paths.ts';
import { writeAll } from './streams.ts';

interface Url {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  /** As the Host header has it. */
  readonly authority: string;
}

interface Failure {
  readonly status: number;
  readonly message: string;
}

const maximumRedirects = 50;

function parseUrl(text: string): Url | Failure {
  const match = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(?:[^@/]*@)?(\[[^\]]*\]|[^:/?#]*)(?::(\d*))?([/?][^#]*)?(?:#.*)?$/i.exec(
    text,
  );
  const [, scheme = 'http', host = '', port = '', path = '/'] = match ?? [];
  if (!match || host === '') return { status: 3, message: 'URL using bad/illegal format or missing URL' };
  if (scheme.toLowerCase() !== 'http')
    return { status: 1, message: `Protocol "${scheme}" not supported or disabled in libcurl` };
  const number = port === '' ? 80 : Number(port);
  if (number > 65_535) return { status: 3, message: 'URL using bad/illegal format or missing URL' };
  const full = path.startsWith('/') ? path : `/${path}`;
  return { host, port: number, path: full, authority: number === 80 ? host : `${host}:${number}` };
}

const isFailure = (value: object): value is Failure => 'message' in value && 'status' in value;

async function note(context: CommandContext, text: string): Promise<void> {
  if (context.options.has('verbose')) await writeAll(context.system, 2, toBytes(text));
}

const connectWords: Readonly<Partial<Record<ErrnoName, string>>> = {
  ECONNREFUSED: 'Connection refused',
  EHOSTUNREACH: 'No route to host',
  ENETUNREACH: 'Network is unreachable',
  ETIMEDOUT: 'Connection timed out',
};

async function connect(context: CommandContext, url: Url): Promise<number | Failure> {
  const { network, clock } = context.system;
  const started = clock.monotonic();
  let addresses: readonly string[];
  try {
    addresses = await network.resolve(url.host.replace(/^\[|\]$/g, ''));
  } catch (error) {
    if (!isSystemError(error)) throw error;
    await note(context, `* Could not resolve host: ${url.host}\n* Closing connection 0\n`);
    return { status: 6, message: `Could not resolve host: ${url.host}` };
  }
  let last: ErrnoName = 'ECONNREFUSED';
  for (const address of addresses) {
    await note(context, `*   Trying ${address}:${url.port}...\n`);
    try {
      const descriptor = await network.connect({ address, port: url.port });
      await note(context, `* Connected to ${url.host} (${address}) port ${url.port} (#0)\n`);
      return descriptor;
    } catch (error) {
      if (!isSystemError(error)) throw error;
      last = error.code;
      await note(context, `* connect to ${address} port ${url.port} failed: ${connectWords[last] ?? error.message}\n`);
    }
  }
  const elapsed = Math.round(clock.monotonic() - started);
  const words = last === 'ETIMEDOUT' ? 'Connection timed out' : "Couldn't connect to server";
  const message = `Failed to connect to ${url.host} port ${url.port} after ${elapsed} ms: ${words}`;
  await note(context, `* ${message}\n* Closing connection 0\n`);
  return { status: last === 'ETIMEDOUT' ? 28 : 7, message };
}

function requestText(context: CommandContext, url: Url): { readonly head: string; readonly body: string } {
  const { options } = context;
  const body = options.values('data').join('&');
  const method = options.value('request') ?? (options.has('head') ? 'HEAD' : options.has('data') ? 'POST' : 'GET');
  const own = options.values('header');
  const lines = [
    `${method} ${url.path} HTTP/1.1`,
    `Host: ${url.authority}`,
    `User-Agent: ${options.value('user-agent') ?? 'curl/7.88.1'}`,
    'Accept: */*',
    ...own,
    ...(options.has('data')
      ? [`Content-Length: ${toBytes(body).length}`, 'Content-Type: application/x-www-form-urlencoded']
      : []),
  ];
  return { head: `${lines.join('\r\n')}\r\n\r\n`, body };
}

function marked(mark: string, text: string): string {
  return text
    .split('\r\n')
    .slice(0, -1)
    .map((line) => `${mark} ${line}\n`)
    .join('');
}

async function openOutput(context: CommandContext, url: Url): Promise<number> {
  const { options, system } = context;
  const path =
    options.value('output') ?? (options.has('remote-name') ? baseName(url.path.replace(/\?.*$/, '')) : undefined);
  if (path === undefined || path === '-') return 1;
  return system.files.open(path, { access: 'write', create: true, truncate: true });
}

async function receive(
  context: CommandContext,
  url: Url,
  descriptor: number,
): Promise<{ readonly head: MessageHead; readonly next?: string } | Failure> {
  const { options, system } = context;
  const reader = new MessageReader(system, descriptor);
  const head = await reader.head();
  if (!head) return { status: 52, message: 'Empty reply from server' };
  await note(context, marked('<', head.text));
  const location = findHeader(head, 'location');
  const code = Number(/^HTTP\/\S+ (\d+)/.exec(head.startLine)?.[1] ?? 0);
  const redirected = options.has('location') && location !== undefined && code >= 300 && code < 400;
  if (options.has('fail') && code >= 400) return { status: 22, message: `The requested URL returned error: ${code}` };
  const output = await openOutput(context, url);
  if (options.has('include', 'head')) await writeAll(system, output, toBytes(head.text));
  if (!options.has('head')) {
    for await (const piece of reader.body(head)) if (!redirected) await writeAll(system, output, piece);
  }
  if (output !== 1) await system.streams.close(output);
  return redirected ? { head, next: location } : { head };
}

async function exchange(
  context: CommandContext,
  url: Url,
): Promise<{ readonly head: MessageHead; readonly next?: string } | Failure> {
  const { system } = context;
  const descriptor = await connect(context, url);
  if (typeof descriptor !== 'number') return descriptor;
  const request = requestText(context, url);
  try {
    await writeAll(system, descriptor, toBytes(request.head + request.body));
    await note(context, marked('>', request.head));
    return await receive(context, url, descriptor);
  } catch (error) {
    if (!isSystemError(error, 'ECONNRESET', 'EPIPE')) throw error;
    return { status: 56, message: 'Recv failure: Connection reset by peer' };
  } finally {
    await system.streams.close(descriptor);
    await note(context, '* Connection #0 to host left intact\n'.replace('host', `host ${url.host}`));
  }
}

function absolute(url: Url, location: string): string {
  if (/^[a-z]+:\/\//i.test(location)) return location;
  return `http://${url.authority}${location.startsWith('/') ? location : `/${location}`}`;
}

async function fetchUrl(context: CommandContext, text: string): Promise<Failure | undefined> {
  let next: string | undefined = text;
  for (let count = 0; next !== undefined; count++) {
    if (count > maximumRedirects) return { status: 47, message: `Maximum (${maximumRedirects}) redirects followed` };
    const url = parseUrl(next);
    if (isFailure(url)) return url;
    const result = await exchange(context, url);
    if (isFailure(result)) return result;
    next = result.next === undefined ? undefined : absolute(url, result.next);
  }
  return undefined;
}

const usageHint = "curl: try 'curl --help' or 'curl --manual' for more information\n";

export const curl: CommandDefinition = {
  name: 'curl',
  usage: ['[options...] <url>'],
  summary: 'Transfer a URL (http only).',
  usageStatus: 2,
  package: 'curl 7.88.1',
  usageWords: (error, argument) =>
    `option ${argument}: ${error.includes('requires') ? 'requires parameter' : 'is unknown'}`,
  usageHint: () => usageHint,
  options: [
    { short: 'd', long: 'data', argument: 'required', help: 'HTTP POST data' },
    { short: 'f', long: 'fail', help: 'Fail fast with no output on HTTP errors' },
    { short: 'I', long: 'head', help: 'Show document info only' },
    { short: 'H', long: 'header', argument: 'required', help: 'Pass custom header(s) to server' },
    { short: 'i', long: 'include', help: 'Include protocol response headers in the output' },
    { short: 'L', long: 'location', help: 'Follow redirects' },
    { short: 'o', long: 'output', argument: 'required', help: 'Write to file instead of stdout' },
    { short: 'O', long: 'remote-name', help: 'Write output to a file named as the remote file' },
    { short: 'X', long: 'request', argument: 'required', help: 'Specify request method to use' },
    { short: 'S', long: 'show-error', help: 'Show error even when -s is used' },
    { short: 's', long: 'silent', help: 'Silent mode' },
    { short: 'A', long: 'user-agent', argument: 'required', help: 'Send User-Agent <name> to server' },
    { short: 'v', long: 'verbose', help: 'Make the operation more talkative' },
  ],
  async run(context) {
    const { operands, options, system } = context;
    if (operands.length === 0) {
      await writeAll(system, 2, toBytes(usageHint));
      return 2;
    }
    let status = 0;
    for (const operand of operands) {
      const failure = await fetchUrl(context, operand);
      status = failure?.status ?? 0;
      const silent = options.has('silent') && !options.has('show-error');
      if (failure && !silent) await writeAll(system, 2, toBytes(`curl: (${failure.status}) ${failure.message}\n`));
    }
    return status;
  },
};
