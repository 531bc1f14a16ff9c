/** A recorded session of OpenSSH 10.5, as events; and the same keys typed into a simulated world. */
import { readFileSync } from 'node:fs';
import type { TerminalSession, World } from '@seashell/simulator';

type TranscriptEvent =
  | { readonly recv: string }
  | { readonly send: string; readonly echo: boolean }
  | { readonly note: string }
  | { readonly text: string }
  | { readonly cmd: string; readonly stdout: string; readonly stderr: string; readonly exit: number };

export interface Transcript {
  readonly name: string;
  readonly events: readonly TranscriptEvent[];
}

/** What one input brought: in the recording, and here. */
export interface Exchange {
  /** The last command line typed at the shell, which the input belongs to, and how many inputs came before it in the recording. */
  readonly command: string;
  readonly index: number;
  readonly recorded: string;
  readonly simulated: string;
}

export function readTranscript(name: string): Transcript {
  return JSON.parse(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8'));
}

const encoder = new TextEncoder();
const prompt = /demo@laptop:~\$ $/;

/** Runs until a person would type again. */
async function settle(world: World, session: TerminalSession): Promise<void> {
  const until = (): boolean => session.waiting && session.pendingBytes === 0;
  while ((await world.run({ until })) === 'steps');
}

/** Types what was typed in the recording, whenever the terminal waits. */
export async function replayTerminal(world: World, transcript: Transcript): Promise<readonly Exchange[]> {
  const size = { columns: 200, rows: 50, widthPixels: 0, heightPixels: 0 };
  const session = world.openTerminal({ host: 'laptop', user: 'demo', size });
  const decoder = new TextDecoder();
  let output = '';
  session.onOutput((bytes) => {
    output += decoder.decode(bytes, { stream: true });
  });
  await settle(world, session);
  output = '';
  const exchanges: Exchange[] = [];
  let [recorded, command] = ['', ''];
  for (const [position, event] of transcript.events.entries()) {
    if ('recv' in event) recorded = event.recv;
    if (!('send' in event)) continue;
    if (prompt.test(recorded)) command = event.send.trimEnd();
    const next = transcript.events.slice(position + 1).find((later) => 'recv' in later);
    session.write(encoder.encode(event.send));
    await settle(world, session);
    exchanges.push({ command, index: exchanges.length, recorded: next?.recv ?? '', simulated: output });
    output = '';
  }
  session.hangUp();
  await world.run({ until: () => session.status !== undefined });
  return exchanges;
}

export interface CommandOutcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number;
}

/** Runs a command line of the recording that had no terminal, its standard input at its end. */
export async function replayCommand(world: World, commandLine: string): Promise<CommandOutcome> {
  const session = world.openCommand({ host: 'laptop', user: 'demo', commandLine });
  const outputs = { stdout: '', stderr: '' };
  session.onOutput((stream, bytes) => {
    outputs[stream] += new TextDecoder().decode(bytes);
  });
  session.end();
  await world.run({ until: () => session.status !== undefined, maximumSteps: 10_000_000 });
  const { status } = session;
  return { ...outputs, exit: status?.type === 'exited' ? status.status : -1 };
}
