/** Runs the fences of a page, in their order, at one terminal of a world, and gives what they printed. */
import type { TerminalSession, World, WorldEvent } from '@seashell/simulator';
import {
  answerTo,
  defaultSecret,
  type Fence,
  parsePrompt,
  type Prompt,
  type Transcript,
  type TranscriptLine,
} from './fence.ts';
import { ScreenText } from './screen-text.ts';

/** Virtual time that one command may take. */
const patienceMilliseconds = 600_000;
const encoder = new TextEncoder();
/** ssh's own last words, after what the other side printed. */
const clientWords = /^(?:Shared )?[Cc]onnection to .* closed\.$/;

/** An answered question: what marks its line. */
type Question = Pick<TranscriptLine, 'promptLength' | 'hidden' | 'secret'>;

export class Recorder {
  readonly #world: World;
  readonly #terminal: TerminalSession;
  readonly #screen = new ScreenText();
  /** By line of the screen: who printed it. */
  readonly #from: ('client' | 'server')[] = [];
  #speaker: 'client' | 'server' = 'client';

  constructor(world: World, terminal: TerminalSession) {
    this.#world = world;
    this.#terminal = terminal;
    world.observe((event) => this.#hear(event));
    terminal.onOutput((bytes) => this.#print(bytes));
  }

  async record(fence: Fence): Promise<Transcript> {
    await this.#settle(fence.command);
    const found = this.#screen.currentLine;
    if (found !== fence.prompt.text) {
      throw new Error(`"${fence.command}" is for the prompt "${fence.prompt.text}", but the terminal shows "${found}"`);
    }
    const first = this.#screen.lines.length - 1;
    this.#speaker = fence.prompt.host === this.#terminal.host ? 'client' : 'server';
    const questions = new Map<number, Question>();
    this.#type(`${fence.command}\r`);
    const prompt = await this.#answerAll(fence, questions);
    const [command = '', ...printed] = this.#screen.lines.slice(first, -1);
    const lines = [
      this.#promptLine('command', command, fence.prompt),
      ...printed.map((text, index) => this.#line(first + 1 + index, text, questions.get(first + 1 + index))),
    ];
    const moved = prompt.user !== fence.prompt.user || prompt.host !== fence.prompt.host;
    if (moved) lines.push(this.#promptLine('prompt', prompt.text, prompt));
    const { prompt: typedAt, command: typed, world } = fence;
    return {
      ...(world === undefined ? {} : { world }),
      home: this.#terminal.host,
      prompt: typedAt,
      command: typed,
      lines,
    };
  }

  #fromHost(host: string): 'client' | 'server' {
    return host === this.#terminal.host ? 'client' : 'server';
  }

  /** The line of the screen at `index`, as it was printed; a question if one was answered there. */
  #line(index: number, text: string, question: Question | undefined): TranscriptLine {
    const from = clientWords.test(text) ? 'client' : (this.#from[index] ?? this.#speaker);
    return {
      kind: question === undefined ? 'output' : 'question',
      text,
      promptLength: 0,
      hidden: false,
      from,
      ...question,
    };
  }

  #promptLine(kind: 'command' | 'prompt', text: string, { host, text: prompt }: Prompt): TranscriptLine {
    return { kind, text, promptLength: prompt.length, hidden: false, from: this.#fromHost(host), host };
  }

  /** Answers until a prompt comes, which it gives. */
  async #answerAll(fence: Fence, questions: Map<number, Question>): Promise<Prompt> {
    const answers = [...fence.answers];
    const secrets = [...fence.secrets];
    for (;;) {
      await this.#settle(fence.command);
      const question = this.#screen.currentLine;
      const prompt = parsePrompt(question);
      if (prompt?.text === question) return prompt;
      const answer = answerTo(question, answers.shift() ?? '');
      if (answer === undefined)
        throw new Error(`"${fence.command}" asks "${question}", and the page has no answer to it`);
      const secret = answer.hidden ? (secrets.shift() ?? defaultSecret) : undefined;
      const row = { promptLength: question.length, hidden: answer.hidden };
      questions.set(this.#screen.lines.length - 1, { ...row, ...(secret === undefined ? {} : { secret }) });
      this.#type(`${secret ?? answer.text}\r`);
    }
  }

  #type(text: string): void {
    this.#terminal.write(encoder.encode(text));
  }

  /** Runs until a person would type. */
  async #settle(command: string): Promise<void> {
    const untilMilliseconds = this.#world.nowMilliseconds + patienceMilliseconds;
    do {
      const result = await this.#world.run({
        until: () => this.#terminal.waiting && this.#terminal.pendingBytes === 0,
        untilMilliseconds,
      });
      if (result === 'until') return;
      if (result !== 'steps')
        throw new Error(`"${command}" neither ends nor asks; the terminal shows "${this.#screen.currentLine}"`);
    } while (this.#world.nowMilliseconds < untilMilliseconds);
  }

  #hear(event: WorldEvent): void {
    if (event.type === 'logged' && event.entry.message.startsWith('Accepted ')) this.#speaker = 'server';
  }

  #print(bytes: Uint8Array): void {
    const before = this.#screen.lines.length - 1;
    this.#screen.write(bytes);
    for (let index = before; index < this.#screen.lines.length; index += 1) {
      if (this.#screen.lines[index] !== '') this.#from[index] ??= this.#speaker;
    }
  }
}
