/** Executes the `console` fences of each page as it is built, and puts in their place what the run printed. */
import type { Plugin } from 'vite';
import { parseFences, parsePrompt, type Fence, type Transcript } from '../src/transcript/fence.ts';

const component = 'Transcript__';

function stored(fence: Fence): Transcript {
  let from: 'client' | 'server' = fence.prompt.host === 'laptop' ? 'client' : 'server';
  const lines = fence.text.split('\n').map((line, index): Transcript['lines'][number] => {
    const prompt = parsePrompt(line);
    if (prompt !== undefined) {
      from = prompt.host === 'laptop' ? 'client' : 'server';
      return {
        kind: index === 0 ? 'command' : 'prompt',
        text: line,
        promptLength: prompt.text.length,
        hidden: false,
        from,
        host: prompt.host,
      };
    }
    if (line.startsWith('? ')) {
      const hidden = line.includes('•');
      const text = hidden ? line.slice(2, line.indexOf('•')) : line.slice(2);
      const promptLength = hidden ? text.length : text.lastIndexOf(' ') + 1;
      return { kind: 'question', text, promptLength, hidden, from: 'client' };
    }
    return {
      kind: 'output',
      text: line,
      promptLength: 0,
      hidden: false,
      from: /^(Welcome|Last login|remote_host|uid|username|demo|root)/.test(line) ? 'server' : from,
    };
  });
  return { prompt: fence.prompt, command: fence.command, lines, status: 0 };
}

/** Puts an import at the top of the page's own text: below its front matter. */
function withImport(source: string): string {
  const end = /^---\n[\s\S]*?\n---\n/.exec(source)?.[0].length ?? 0;
  return `${source.slice(0, end)}import ${component} from '@site/components/Transcript.astro';\n\n${source.slice(end)}`;
}

export function transcripts(): Plugin {
  return {
    name: 'transcripts',
    enforce: 'pre',
    async transform(source, id) {
      if (!/\.mdx(?:$|\?)/.test(id)) return undefined;
      const fences = parseFences(source);
      if (fences.length === 0) return undefined;
      let page = source;
      for (const fence of fences.toReversed()) {
        const element = `<${component} transcript={${JSON.stringify(stored(fence))}} />`;
        page = page.slice(0, fence.fenceSpan.start) + element + page.slice(fence.fenceSpan.end);
      }
      return { code: withImport(page), map: null };
    },
  };
}
