/** Runs all fences of a page in fresh worlds, the page's own and those that fences name, and compares what they print with what the page says. */
import { createWorld } from '@seashell/simulator';
import { Carriers } from '../live/carriers.ts';
import { findWorld } from '../live/find-world.ts';
import { type Fence, parseFences, printTranscript, type Transcript } from './fence.ts';
import { Recorder } from './record.ts';

const size = { columns: 200, rows: 50, widthPixels: 0, heightPixels: 0 };

export interface RunFence {
  readonly fence: Fence;
  readonly transcript: Transcript;
  /** What the fence should say. */
  readonly text: string;
}

/** The world named in the page's front matter. */
const worldOf = (source: string): string =>
  /^---\n[\s\S]*?^world: *(?<world>\S+)[\s\S]*?^---$/m.exec(source)?.groups?.['world'] ?? 'essentials';

function recorderIn(name: string): Recorder {
  const definition = findWorld(name);
  const carriers = new Carriers();
  const world = createWorld({ definition, seed: 1, programs: carriers.programs });
  return new Recorder(world, { terminal: world.openTerminal({ ...definition.start, size }), carriers });
}

export async function runPage(source: string): Promise<readonly RunFence[]> {
  const fences = parseFences(source);
  if (fences.length === 0) return [];
  const recorders = new Map<string, Recorder>();
  const run: RunFence[] = [];
  for (const fence of fences) {
    const name = fence.world ?? worldOf(source);
    const recorder = recorders.get(name) ?? recorderIn(name);
    recorders.set(name, recorder);
    const transcript = await recorder.record(fence);
    run.push({ fence, transcript, text: printTranscript(transcript) });
  }
  return run;
}

/** The lines in which the page and the run differ, as a diff; empty when there are none. */
export function differences(run: readonly RunFence[]): string {
  return run
    .filter(({ fence, text }) => fence.text !== text)
    .map(({ fence, text }) => {
      const stored = fence.text.split('\n');
      const printed = text.split('\n');
      const gone = stored.filter((line) => !printed.includes(line)).map((line) => `- ${line}`);
      const come = printed.filter((line) => !stored.includes(line)).map((line) => `+ ${line}`);
      const moved = gone.length + come.length === 0 ? ['  (the same lines in another order or number)'] : [];
      return [`  ${fence.prompt.text}${fence.command}`, ...gone, ...come, ...moved].join('\n');
    })
    .join('\n');
}

/** The page with what the run printed. */
export function rewritten(source: string, run: readonly RunFence[]): string {
  return run
    .toReversed()
    .reduce(
      (page, { fence, text }) => page.slice(0, fence.textSpan.start) + text + page.slice(fence.textSpan.end),
      source,
    );
}
