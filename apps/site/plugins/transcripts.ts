/**
 * Executes the `console` fences of each page as it is built, and puts in their place what the run printed. A page that says something
 * else fails the build. The run has a process of its own, which takes the packages from their sources whatever Vite does.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import type { RunFence } from '../src/transcript/run-page.ts';

const component = 'Transcript__';
const script = fileURLToPath(new URL('../scripts/transcripts.ts', import.meta.url));

/** What the fences of a page printed. Throws an Error with the differences from what the page says. */
async function runPage(source: string): Promise<readonly RunFence[]> {
  const child = spawn(process.execPath, ['--conditions=source', script, '--page'], { stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.end(source);
  const [output, errors, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  if (status !== 0) throw new Error(errors);
  return JSON.parse(output);
}

/** Puts an import at the top of the page's own text: below its front matter. */
function withImport(source: string): string {
  const end = /^---\n[\s\S]*?\n---\n/.exec(source)?.[0].length ?? 0;
  return `${source.slice(0, end)}import ${component} from '@site/components/Transcript.astro';\n\n${source.slice(end)}`;
}

function withTranscripts(source: string, run: readonly RunFence[]): string {
  return run.toReversed().reduce((page, { fence, transcript }) => {
    const element = `<${component} transcript={${JSON.stringify(transcript)}} />`;
    return page.slice(0, fence.fenceSpan.start) + element + page.slice(fence.fenceSpan.end);
  }, source);
}

export function transcripts(): Plugin {
  /** A page is transformed once for each environment, and runs once. */
  const runs = new Map<string, Promise<readonly RunFence[]>>();
  return {
    name: 'transcripts',
    enforce: 'pre',
    async transform(source, id) {
      if (!/\.mdx(?:$|\?)/.test(id) || !source.includes('```console')) return undefined;
      const running = runs.get(source) ?? runPage(source);
      runs.set(source, running);
      try {
        return { code: withImport(withTranscripts(source, await running)), map: null };
      } catch (error) {
        return this.error(`${id}: ${error instanceof Error ? error.message : String(error)}`);
      }
    },
  };
}
