/**
 * A web server for worlds: `httpd [-p PORT] [-h DOCUMENT_ROOT] [-l ACCESS_LOG]`. It serves files and index.html by GET and HEAD, one
 * request after another, and logs in the combined format.
 */
import { isSystemError, type SocketAddress } from '@seashell/system';
import { toBytes } from './byte-text.ts';
import type { CommandContext, CommandDefinition } from './command.ts';
import { findHeader, MessageReader, type MessageHead } from './http-message.ts';
import { readAll, writeAll } from './streams.ts';
import { formatDate } from './times.ts';

const requestMilliseconds = 10_000;

const contentTypes: ReadonlyMap<string, string> = new Map(
  Object.entries<string>({
    html: 'text/html',
    htm: 'text/html',
    txt: 'text/plain',
    css: 'text/css',
    js: 'text/javascript',
    json: 'application/json',
    svg: 'image/svg+xml',
    png: 'image/png',
  }),
);

const reasons: Readonly<Record<number, string>> = {
  200: 'OK',
  301: 'Moved Permanently',
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
};

interface Response {
  readonly code: number;
  readonly type: string;
  readonly body: Uint8Array;
  readonly location?: string;
}

function errorPage(code: number, location?: string): Response {
  const title = `${code} ${reasons[code] ?? ''}`;
  const body = toBytes(`<html>\n<head><title>${title}</title></head>\n<body>\n<h1>${title}</h1>\n</body>\n</html>\n`);
  return { code, type: 'text/html', body, ...(location === undefined ? {} : { location }) };
}

/** The path below the document root; `undefined` if it would leave it or cannot be decoded. */
function safePath(target: string): string | undefined {
  try {
    const path = decodeURIComponent(target.replace(/[?#].*$/s, ''));
    return path.startsWith('/') && !path.split('/').includes('..') && !path.includes('\0') ? path : undefined;
  } catch {
    return undefined;
  }
}

async function findFile(context: CommandContext, root: string, target: string): Promise<Response> {
  const { files, streams } = context.system;
  const path = safePath(target);
  if (path === undefined) return errorPage(400);
  try {
    const folder = (await files.status(root + path)).type === 'directory';
    if (folder && !path.endsWith('/')) return errorPage(301, `${path}/`);
    const file = folder ? `${root}${path}index.html` : root + path;
    const descriptor = await files.open(file, { access: 'read' });
    const body = await readAll(context.system, descriptor);
    await streams.close(descriptor);
    const extension = /\.(\w+)$/.exec(file)?.[1] ?? '';
    return { code: 200, type: contentTypes.get(extension) ?? 'application/octet-stream', body };
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return errorPage(error.code === 'EACCES' ? 403 : 404);
  }
}

function responseHead(context: CommandContext, response: Response): string {
  const date = formatDate(new Date(context.system.clock.now()), '%a, %d %b %Y %H:%M:%S GMT');
  const lines = [
    `HTTP/1.1 ${response.code} ${reasons[response.code] ?? ''}`,
    `Date: ${date}`,
    'Server: httpd',
    ...(response.location === undefined ? [] : [`Location: ${response.location}`]),
    `Content-Length: ${response.body.length}`,
    `Content-Type: ${response.type}`,
    'Connection: close',
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
}

interface Exchange {
  readonly remote: SocketAddress | undefined;
  readonly head: MessageHead;
  readonly response: Response;
}

async function log(context: CommandContext, { remote, head, response }: Exchange): Promise<void> {
  const path = context.options.value('l');
  if (path === undefined) return;
  const { files, streams, clock } = context.system;
  const date = formatDate(new Date(clock.now()), '%d/%b/%Y:%H:%M:%S %z');
  const agent = findHeader(head, 'user-agent') ?? '-';
  const referer = findHeader(head, 'referer') ?? '-';
  const line = `${remote?.address ?? '-'} - - [${date}] "${head.startLine}" ${response.code} ${response.body.length} "${referer}" "${agent}"\n`;
  const descriptor = await files.open(path, { access: 'write', create: true, append: true, mode: 0o644 });
  await writeAll(context.system, descriptor, toBytes(line));
  await streams.close(descriptor);
}

async function answer(context: CommandContext, root: string, descriptor: number): Promise<void> {
  const { network, streams, clock } = context.system;
  const { remote } = await network.addresses(descriptor);
  const { ready } = await streams.poll([{ type: 'readable', descriptor }], clock.monotonic() + requestMilliseconds);
  if (ready.length === 0) return;
  const head = await new MessageReader(context.system, descriptor).head();
  if (!head) return;
  const [method = '', target = ''] = head.startLine.split(' ');
  const known = method === 'GET' || method === 'HEAD';
  const response = known ? await findFile(context, root, target) : errorPage(405);
  await log(context, { remote, head, response });
  await writeAll(context.system, descriptor, toBytes(responseHead(context, response)));
  if (method !== 'HEAD') await writeAll(context.system, descriptor, response.body);
}

async function serve(context: CommandContext, root: string, listener: number): Promise<never> {
  const { network, streams } = context.system;
  for (;;) {
    const descriptor = await network.accept(listener);
    try {
      await answer(context, root, descriptor);
    } catch (error) {
      if (!isSystemError(error)) throw error;
    }
    await streams.close(descriptor);
  }
}

export const httpd: CommandDefinition = {
  name: 'httpd',
  usage: ['[-p PORT] [-h DOCUMENT_ROOT] [-l ACCESS_LOG]'],
  summary: 'Serve files over HTTP.',
  options: [
    { short: 'a', argument: 'required', help: 'address to listen on (0.0.0.0)' },
    { short: 'p', argument: 'required', help: 'port (80)' },
    { short: 'h', argument: 'required', help: 'document root (/var/www/html)' },
    { short: 'l', argument: 'required', help: 'file for the access log' },
  ],
  async run(context) {
    const { options, system } = context;
    const port = Number(options.value('p') ?? 80);
    await system.process.setDisposition('SIGPIPE', 'ignore');
    try {
      const listener = await system.network.listen({ address: options.value('a') ?? '0.0.0.0', port });
      return await serve(context, options.value('h') ?? '/var/www/html', listener);
    } catch (error) {
      if (!isSystemError(error)) throw error;
      await context.complain(`cannot listen on port ${port}: ${error.message}`);
      return 1;
    }
  },
};
