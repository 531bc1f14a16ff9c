/** Serves the built site as a plain web server does, for the journeys: `node serve.ts PORT`. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../apps/site/dist/', import.meta.url));
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

async function find(path: string): Promise<{ readonly status: number; readonly file: string; readonly body: Buffer }> {
  const inside = normalize(`/${path}`);
  const file = inside.endsWith('/') ? `${inside}index.html` : inside;
  try {
    return { status: 200, file, body: await readFile(join(root, file)) };
  } catch {
    return { status: 404, file: '/404.html', body: await readFile(join(root, '404.html')) };
  }
}

createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  void find(decodeURIComponent(pathname)).then(({ status, file, body }) => {
    response.writeHead(status, { 'content-type': types[extname(file)] ?? 'application/octet-stream' }).end(body);
  });
}).listen(Number(process.argv[2]), 'localhost');
