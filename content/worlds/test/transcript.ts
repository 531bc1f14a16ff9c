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
const prompt = /demo@(?<host>laptop|web1):~\$ $/;
const publicKeyPattern = /AAAA[A-Za-z0-9+/]{40,}={0,2}/;

/** Runs until a person would type again. */
async function settle(world: World, session: TerminalSession): Promise<void> {
  const until = (): boolean => session.waiting && session.pendingBytes === 0;
  while ((await world.run({ until })) === 'steps');
}

/** A terminal of demo that collects what appears. */
class Screen {
  readonly #world: World;
  readonly #session: TerminalSession;
  readonly #decoder = new TextDecoder();
  #output = '';
  #lastFingerprint = '';

  constructor(world: World, host: string) {
    this.#world = world;
    const size = { columns: 200, rows: 50, widthPixels: 0, heightPixels: 0 };
    this.#session = world.openTerminal({ host, user: 'demo', size });
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

  /** Keys are this world's own: a fingerprint that was typed is the one shown here, a public key the laptop's. */
  type(text: string): Promise<string> {
    const own = text
      .replace(fingerprintPattern, this.#lastFingerprint)
      .replace(publicKeyPattern, () => ownKey(this.#world));
    this.#session.write(encoder.encode(own));
    return this.take();
  }
}

function ownKey(world: World): string {
  const line = new TextDecoder().decode(world.files.read('laptop', '/home/demo/.ssh/id_ed25519.pub'));
  return publicKeyPattern.exec(line)?.[0] ?? '';
}

/** The terminals of a recording. A bare prompt that nothing was typed for opens one at its host. */
class Screens {
  readonly #world: World;
  readonly #screens = new Map<string, Screen>();
  #current: Screen | undefined;

  constructor(world: World) {
    this.#world = world;
  }

  async open(host: string): Promise<void> {
    const screen = new Screen(this.#world, host);
    this.#screens.set(host, screen);
    this.#current ??= screen;
    await screen.take();
  }

  /** Types where `answer` appeared: in the terminal whose prompt it ends with, else in the last one. Gives what appears here. */
  async type(text: string, answer: string): Promise<string> {
    this.#current = this.#screens.get(prompt.exec(answer)?.groups?.['host'] ?? '') ?? this.#current;
    return (await this.#current?.type(text)) ?? '';
  }
}

/** Does what was done in the recording, in its order. */
export async function replay(world: World, transcript: Transcript): Promise<readonly Exchange[]> {
  const screens = new Screens(world);
  const exchanges: Exchange[] = [];
  const add = (index: number, exchange: Omit<Exchange, 'index'>): unknown => exchanges.push({ index, ...exchange });
  let [seen, command] = ['', ''];
  for (const [index, event] of transcript.events.entries()) {
    const before = transcript.events[index - 1];
    if ('recv' in event) {
      seen = event.recv;
      const host = prompt.exec(seen)?.groups?.['host'];
      if (host !== undefined && (before === undefined || !('send' in before))) await screens.open(host);
    }
    if ('send' in event) {
      if (prompt.test(seen)) command = event.send.trimEnd();
      const recorded = transcript.events.slice(index + 1).find((later) => 'recv' in later)?.recv ?? '';
      add(index, { command, recorded, simulated: await screens.type(event.send, recorded) });
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
