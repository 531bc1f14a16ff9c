/** Gives every built page its content security policy, and refuses a page with an inline script. */
import { glob, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

type Policy = Readonly<Record<string, readonly string[]>>;

const inlineScript = /<script(?![^>]*\ssrc=)(?![^>]*type="application\/(?:ld\+)?json")[^>]*>/;

function withPolicy(html: string, file: string, policy: string): string {
  if (inlineScript.test(html)) throw new Error(`${file} has an inline script, which its policy forbids`);
  const at = html.indexOf('<head>') + '<head>'.length;
  if (at < '<head>'.length) throw new Error(`${file} has no <head>`);
  return `${html.slice(0, at)}<meta http-equiv="Content-Security-Policy" content="${policy}">${html.slice(at)}`;
}

const printed = (policy: Policy): string =>
  Object.entries(policy)
    .map(([name, sources]) => [name, ...sources].join(' '))
    .join('; ');

/** `stricter` has the directives that take the place of the site's on one page, by its file, like `keys/index.html`. */
export function contentSecurityPolicy(
  policy: Policy,
  stricter: Readonly<Record<string, Policy>> = {},
): AstroIntegration {
  return {
    name: 'content-security-policy',
    hooks: {
      'astro:build:done': async ({ dir, logger }) => {
        let pages = 0;
        for await (const file of glob('**/*.html', { cwd: fileURLToPath(dir) })) {
          const path = fileURLToPath(new URL(file, dir));
          const content = printed({ ...policy, ...stricter[file] });
          await writeFile(path, withPolicy(await readFile(path, 'utf8'), file, content));
          pages += 1;
        }
        logger.info(`${pages} pages`);
      },
    },
  };
}
