/**
 * The `console` fences of a page: a command at a prompt, the answers to what it asks, and what it prints. The text in the page is
 * what a run printed; only commands and answers are read from it.
 *
 *     demo@laptop:~$ ssh demo@remote_host
 *     ? demo@remote_host's password: ••••••••
 */

export interface Fence {
  /** What stands between the fence's marks, without its last newline. */
  readonly text: string;
  /** Offsets of `text` in the page, and of the whole fence with its marks. */
  readonly textSpan: Span;
  readonly fenceSpan: Span;
  readonly prompt: Prompt;
  readonly command: string;
  /** Lines that begin with `? `, without this mark. */
  readonly answers: readonly string[];
  /** What the dots of the hidden answers stand for, in order. */
  readonly secrets: readonly string[];
  /** Where it runs, when that is not the world of the page. */
  readonly world: string | undefined;
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Prompt {
  readonly text: string;
  readonly user: string;
  readonly host: string;
}

/** A line of a finished transcript. */
export interface TranscriptLine {
  readonly kind: 'command' | 'output' | 'question' | 'prompt';
  readonly text: string;
  /** Of a command or a bare prompt: how much of `text` is the prompt. Of a question: how much is the question. */
  readonly promptLength: number;
  /** Whether the answer was typed without echo. */
  readonly hidden: boolean;
  /** What was typed without echo. */
  readonly secret?: string;
  /** Who printed it: the machine where the reader types, or the one behind the connection. */
  readonly from: 'client' | 'server';
  /** The host of the prompt of a command or bare prompt. */
  readonly host?: string;
}

export interface Transcript {
  /** The world it ran in, when that is not the page's. */
  readonly world?: string;
  /** The host at whose terminal it was typed. */
  readonly home: string;
  readonly prompt: Prompt;
  readonly command: string;
  readonly lines: readonly TranscriptLine[];
}

const fencePattern = /^```console(?<info>[^\n]*)\n(?<text>[\s\S]*?)\n```$/gm;
const promptPattern = /^(?<user>[a-z_][\w-]*)@(?<host>[A-Za-z][\w.-]*):(?<path>\S*)[$#] /;
const hiddenAnswer = '•';
export const defaultSecret = 'seashell';

/** The prompt that a line begins with. */
export function parsePrompt(line: string): Prompt | undefined {
  const match = promptPattern.exec(line);
  const { user, host } = match?.groups ?? {};
  return match === null || user === undefined || host === undefined ? undefined : { text: match[0], user, host };
}

/** The `console` fences of a page's source, in their order. Throws an Error that names the line of a fence without a command. */
export function parseFences(source: string): readonly Fence[] {
  return [...source.matchAll(fencePattern)].map((match) => {
    const { info = '', text = '' } = match.groups ?? {};
    const [first = '', ...rest] = text.split('\n');
    const prompt = parsePrompt(first);
    if (prompt === undefined) {
      const line = source.slice(0, match.index).split('\n').length + 1;
      throw new Error(`line ${line}: a console fence begins with a prompt and a command, found "${first}"`);
    }
    const start = match.index + match[0].indexOf('\n') + 1;
    return {
      text,
      textSpan: { start, end: start + text.length },
      fenceSpan: { start: match.index, end: match.index + match[0].length },
      prompt,
      command: first.slice(prompt.text.length),
      answers: rest.filter((line) => line.startsWith('? ')).map((line) => line.slice(2)),
      secrets: (/secrets="(?<secrets>[^"]*)"/.exec(info)?.groups?.['secrets'] ?? '').split(' ').filter(Boolean),
      world: /world="(?<world>[^"]*)"/.exec(info)?.groups?.['world'],
    };
  });
}

/** What to type for an answer line, once the question on the screen is known; undefined when the line does not answer it. */
export function answerTo(
  question: string,
  line: string,
): { readonly text: string; readonly hidden: boolean } | undefined {
  const answer = line.startsWith(question)
    ? line.slice(question.length)
    : /^.*[:?] (?<answer>.*)$/.exec(line)?.groups?.['answer'];
  if (answer === undefined) return undefined;
  return { text: answer.replace(/⏎$/, ''), hidden: answer.startsWith(hiddenAnswer) };
}

/** The text of a transcript as it stands in a fence. */
export function printTranscript(transcript: Transcript): string {
  return transcript.lines
    .map(({ kind, text, hidden }) => (kind === 'question' ? `? ${text}${hidden ? hiddenAnswer.repeat(8) : ''}` : text))
    .join('\n');
}
