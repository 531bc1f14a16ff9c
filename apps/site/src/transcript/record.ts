/** Runs the fences of a page, in their order, at one terminal of a world, and gives what they printed. */
import type { TerminalSession, World } from '@seashell/simulator';
import type { Carriers, OutputPiece, Party } from '../live/carriers.ts';
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

/** An answered question: what marks its line. */
type Question = Pick<TranscriptLine, 'promptLength' | 'hidden' | 'secret'>;

export class Recorder {
  readonly #world: World;
  readonly #terminal: TerminalSession;
  readonly #screen = new ScreenText();
  /** By line of the screen: who printed it. */
  readonly #from: Party[] = [];

  /** The world's programs are those of `carriers`. */
  constructor(
    world: World,
    { terminal, carriers }: { readonly terminal: TerminalSession; readonly carriers: Carriers },
  ) {
    this.#world = world;
    this.#terminal = terminal;
    terminal.onOutput((bytes, writer) => this.#print(carriers.pieceOf(terminal.host, bytes, writer)));
  }

  async record(fence: Fence): Promise<Transcript> {
    await this.#settle(fence.command);
    const found = this.#screen.currentLine;
    if (found !== fence.prompt.text) {
      throw new Error(`"${fence.command}" is for the prompt "${fence.prompt.text}", but the terminal shows "${found}"`);
    }
    const first = this.#screen.lines.length - 1;
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

  #fromHost(host: string): Party {
    return host === this.#terminal.host ? 'client' : 'server';
  }

  /** The line of the screen at `index`, as it was printed; a question if one was answered there. */
  #line(index: number, text: string, question: Question | undefined): TranscriptLine {
    const from = this.#from[index] ?? 'client';
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

  /** A line is whose first sign it has; an empty one, whose end it is. */
  #print({ bytes, from }: OutputPiece): void {
    const before = this.#screen.lines.length - 1;
    this.#screen.write(bytes);
    const last = this.#screen.lines.length - 1;
    for (let index = before; index <= last; index += 1) {
      if (index < last || this.#screen.currentLine !== '') this.#from[index] ??= from;
    }
  }
}
