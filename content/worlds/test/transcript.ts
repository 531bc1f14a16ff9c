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

/** What one input, one command without a terminal, or the server's log brought: in the recording, and here. */
export interface Exchange {
  /** The place in the recording. */
  readonly index: number;
  /** The command line that it belongs to, or the name of the log. */
  readonly command: string;
  readonly recorded: string;
  readonly simulated: string;
}

export function readTranscript(name: string): Transcript {
  return JSON.parse(readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8'));
}

const encoder = new TextEncoder();
/** Where the lab's sshd writes, as in the recording, whose text has lost the carriage returns of `-E`. */
const serverLog = '/var/log/sshd.log';
const fingerprintPattern = /SHA256:[A-Za-z0-9+/]{43}/;
const prompt = /demo@laptop:~\$ $/;

/** Runs until a person would type again. */
async function settle(world: World, session: TerminalSession): Promise<void> {
  const until = (): boolean => session.waiting && session.pendingBytes === 0;
  while ((await world.run({ until })) === 'steps');
}

/** A terminal on the laptop that collects what appears. */
class Screen {
  readonly #world: World;
  readonly #session: TerminalSession;
  readonly #decoder = new TextDecoder();
  #output = '';
  #lastFingerprint = '';

  constructor(world: World) {
    this.#world = world;
    const size = { columns: 200, rows: 50, widthPixels: 0, heightPixels: 0 };
    this.#session = world.openTerminal({ host: 'laptop', user: 'demo', size });
    this.#session.onOutput((bytes) => {
      this.#output += this.#decoder.decode(bytes, { stream: true });
    });
  }

  /** What has appeared since the last call, once a person would type again. */
  async take(): Promise<string> {
    await settle(this.#world, this.#session);
    const output = this.#output;
    this.#output = '';
    this.#lastFingerprint = fingerprintPattern.exec(output)?.[0] ?? this.#lastFingerprint;
    return output;
  }

  /** Keys are this world's own: a fingerprint that was typed is the one shown here. */
  type(text: string): Promise<string> {
    this.#session.write(encoder.encode(text.replace(fingerprintPattern, this.#lastFingerprint)));
    return this.take();
  }
}

/** Does what was done in the recording, in its order. */
export async function replay(world: World, transcript: Transcript): Promise<readonly Exchange[]> {
  const screen = new Screen(world);
  await screen.take();
  const exchanges: Exchange[] = [];
  const add = (index: number, exchange: Omit<Exchange, 'index'>): unknown => exchanges.push({ index, ...exchange });
  let [seen, command] = ['', ''];
  for (const [index, event] of transcript.events.entries()) {
    if ('recv' in event) seen = event.recv;
    if ('send' in event) {
      if (prompt.test(seen)) command = event.send.trimEnd();
      const next = transcript.events.slice(index + 1).find((later) => 'recv' in later);
      add(index, { command, recorded: next?.recv ?? '', simulated: await screen.type(event.send) });
    }
    if ('cmd' in event) {
      const { stdout, stderr, exit, cmd } = event;
      const simulated = JSON.stringify(await replayCommand(world, cmd));
      add(index, { command: cmd, recorded: JSON.stringify({ stdout, stderr, exit }), simulated });
    }
    if ('text' in event) {
      while ((await world.run({ until: () => world.quiet })) === 'steps');
      const simulated = new TextDecoder().decode(world.files.read('web1', serverLog)).replaceAll('\r\n', '\n');
      add(index, { command: serverLog, recorded: event.text, simulated });
    }
  }
  return exchanges;
}

interface CommandOutcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number;
}

/** Runs a command line of the recording that had no terminal, its standard input at its end. */
async function replayCommand(world: World, commandLine: string): Promise<CommandOutcome> {
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
