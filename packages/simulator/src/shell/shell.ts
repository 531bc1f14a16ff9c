/**
 * The state of one shell process. Commands of the shell's own run on it in place; what needs a process of its own runs in a
 * child shell that gets a copy of it (execute/subshell.ts), for there is no fork.
 */
import { isSystemError, type SignalName, type System, type TerminalAttributes } from '@seashell/system';
import type { CommandNode, CompoundList, ParsedScript, SyntaxNode } from 'unbash';
import { toBytes } from '../commands/byte-text.ts';
import { PatternError } from './expand/match.ts';
import type { Job } from './job.ts';
import { maximumNesting } from './limits.ts';
import { Variables } from './variables.ts';

/** The shell's descriptor numbers and the process's own behind them: a redirection makes another map. */
export type Descriptors = ReadonlyMap<number, number>;

/** The text that a tree was parsed from: positions of nodes are offsets in `source`. */
export interface SourceUnit {
  readonly source: string;
  /** The line number of the first line. */
  readonly firstLine: number;
  /** What messages call it, where it is not the shell's own input: a sourced file, the place of a function's definition. */
  readonly name?: string;
}

export interface FunctionDefinition {
  readonly unit: SourceUnit;
  readonly node: Extract<SyntaxNode, { type: 'Function' }>;
}

/** Why the normal order of commands is left; looked at after every command. */
export type Jump =
  | { readonly type: 'break' | 'continue'; readonly levels: number }
  | { readonly type: 'return' | 'exit' }
  /** An error of expansion: the line read last is given up; `fatal` ends a shell that is not interactive. */
  | { readonly type: 'abort'; readonly fatal: boolean };

/** What nests: a function or builtin by name. */
interface NestingLevel {
  readonly what: string;
  readonly kind: 'function' | 'eval' | 'source';
  readonly limit?: number;
}

export interface TerminalControl {
  /** The process's descriptor of the terminal. */
  readonly descriptor: number;
  /** The shell's own process group. */
  readonly processGroup: number;
  /** As they were when the last line was read: what the terminal gets back from a job that left by a signal. */
  attributes?: TerminalAttributes;
}

/** What the rest of the shell asks of the part that executes. */
export interface Executor {
  /** The output of a command substitution, without newlines at its end. */
  substitute(script: ParsedScript): Promise<string>;
  /** Parses and executes text in this shell, as eval does, or as that of a file. */
  execute(text: string, descriptors: Descriptors, file?: string): Promise<number>;
  /** Executes one command in this shell. */
  run(node: CommandNode | CompoundList, descriptors: Descriptors): Promise<number>;
}

/** Hears of a shell that is about to ask for its next command: where it runs, and `$?`. */
export type AtPrompt = (prompt: { readonly hostname: string; readonly pid: number; readonly status: number }) => void;

export class Shell {
  readonly system: System;
  readonly executor: Executor;
  readonly variables = new Variables();
  readonly aliases = new Map<string, string>();
  readonly functions = new Map<string, FunctionDefinition>();
  /** Of set -o and of shopt. */
  readonly options = new Set<string>(['hashall', 'braceexpand', 'globskipdots']);
  /** `$0`. */
  name = 'bash';
  /** `argv[0]`, which child shells keep. */
  invocationName = 'bash';
  positional: readonly string[] = [];
  status = 0;
  /** Told before each first prompt of a command, for who looks on: it changes nothing. */
  atPrompt: AtPrompt | undefined;
  jump: Jump | undefined;
  unit: SourceUnit = { source: '', firstLine: 1 };
  /** Offset of the command that runs, for the line number of messages. */
  position = 0;
  /** `-c`, `-s`: where the commands come from. */
  inputKind: 'command' | 'script' | 'stdin' = 'stdin';
  interactive = false;
  login = false;
  /** `$$`: the first shell's pid, also in subshells. */
  shellPid: number;
  subshellLevel = 0;
  lastBackgroundPid: number | undefined;
  /** The working directory as the user reached it, through symbolic links; what the shell was told of it by `cd`, whatever PWD says. */
  directory: string;
  jobs: readonly Job[] = [];
  /** The command after which the shell ends, run in place of it if nothing stands against that. */
  finalCommand: CommandNode | undefined;
  /** Set when job control is on. */
  control: TerminalControl | undefined;
  loopDepth = 0;
  /** Inside a condition, where errexit does not hold. */
  conditionDepth = 0;
  /** How deep each stands in its like. */
  readonly nesting = { function: 0, eval: 0, source: 0 };
  /** Depth of functions and sourced files, where `return` is allowed. */
  returnDepth = 0;
  history: string[] = [];
  /** What exec made of the descriptors. */
  descriptors: Descriptors = new Map([
    [0, 0],
    [1, 1],
    [2, 2],
  ]);
  /** SIGHUP came: the shell is to end. */
  hungUp = false;
  /** The interactive shell was told once that jobs are stopped. */
  warnedOfJobs = false;
  /** The status of the last command substitution: what an assignment alone answers. */
  substitutionStatus: number | undefined;
  /** Actions by `EXIT` or the signal's name; an empty one ignores the signal. */
  traps = new Map<string, string>();
  inErrTrap = false;
  /** This process is that of `( )`, or of a command substitution within. */
  inParentheses = false;
  /** This process is that of a simple command in a pipeline. */
  inPipeline = false;
  /** This process is that of a command substitution, which tells of no jobs. */
  inSubstitution = false;
  /** Signals taken from the system that nothing was done about yet. */
  pendingSignals: SignalName[] = [];

  constructor(system: System, createExecutor: (shell: Shell) => Executor) {
    this.system = system;
    this.executor = createExecutor(this);
    this.shellPid = system.process.pid;
    this.directory = system.process.workingDirectory;
  }

  /** `$-`. */
  get flags(): string {
    const letters = [
      ['allexport', 'a'],
      ['notify', 'b'],
      ['errexit', 'e'],
      ['noglob', 'f'],
      ['hashall', 'h'],
      ['interactive', 'i'],
      ['monitor', 'm'],
      ['noexec', 'n'],
      ['nounset', 'u'],
      ['verbose', 'v'],
      ['xtrace', 'x'],
      ['braceexpand', 'B'],
      ['noclobber', 'C'],
      ['histexpand', 'H'],
    ] as const;
    const input = this.inputKind === 'command' ? 'c' : this.inputKind === 'stdin' ? 's' : '';
    const on = (name: string) => (name === 'interactive' ? this.interactive : this.options.has(name));
    return letters.map(([name, letter]) => (on(name) ? letter : '')).join('') + input;
  }

  /** The line number of the command that runs. */
  get line(): number {
    let line = this.unit.firstLine;
    for (let at = this.unit.source.indexOf('\n'); at !== -1 && at < this.position; line++) {
      at = this.unit.source.indexOf('\n', at + 1);
    }
    return line;
  }

  /** What starts every message: `bash: `; when nobody types, the file's name and the line. */
  get messagePrefix(): string {
    return this.interactive ? `${this.name}: ` : `${this.unit.name ?? this.name}: line ${this.line}: `;
  }

  /** Writes `bash: line 1: message` to standard error. */
  async complain(message: string, descriptors: Descriptors = this.descriptors): Promise<void> {
    await this.write(`${this.messagePrefix}${message}\n`, descriptors, 2);
  }

  /** Writes all of `text`, unless a signal interrupts the command. */
  async write(text: string, descriptors: Descriptors = this.descriptors, number = 1): Promise<void> {
    const descriptor = descriptors.get(number);
    if (descriptor === undefined) return;
    let bytes = toBytes(text);
    while (bytes.length > 0) {
      try {
        bytes = bytes.subarray(await this.system.streams.write(descriptor, bytes));
      } catch (error) {
        if (!isSystemError(error, 'EINTR')) throw error;
        await this.takeSignals();
        if (this.interrupted) return;
      }
    }
  }

  /** Whether a person sits before this very shell. */
  get isTyped(): boolean {
    return this.interactive && this.subshellLevel === 0;
  }

  /** Takes the signals that came, for `settleSignals`. */
  async takeSignals(): Promise<void> {
    const { signals } = await this.system.streams.poll([{ type: 'signal' }], 0);
    this.pendingSignals.push(...signals.filter((name) => name !== 'SIGWINCH'));
  }

  /** Whether a signal waits that makes the shell leave what it does. */
  get interrupted(): boolean {
    return this.pendingSignals.some((name) => (name === 'SIGINT' || name === 'SIGHUP') && !this.traps.has(name));
  }

  /** One step of the shell: it costs virtual time, and lets signals have their effect. Taken before every command. */
  async step(): Promise<void> {
    await this.takeSignals();
    await this.settleSignals();
  }

  /** Does what the signals taken ask for: runs traps, ends for a hangup, gives up the commands read for an interrupt. */
  async settleSignals(): Promise<void> {
    for (const name of this.pendingSignals.splice(0)) {
      if (this.traps.has(name)) await this.runTrap(name);
      else if (name === 'SIGHUP') this.hangUp();
      else if (name === 'SIGINT') await this.interrupt();
    }
  }

  /** Runs the action of a trap, if there is one; `$?` stays. */
  async runTrap(name: SignalName): Promise<void> {
    const { status } = this;
    await this.executor.execute(this.traps.get(name) ?? '', this.descriptors);
    if (!this.jump) this.status = status;
  }

  private hangUp(): void {
    this.hungUp = true;
    this.status = 129;
    this.jump = { type: 'exit' };
  }

  private async interrupt(): Promise<void> {
    if (this.jump?.type === 'exit') return;
    await this.write('\n', this.descriptors, 2);
    this.giveUp();
  }

  /** The commands read are given up, as after ^C. */
  giveUp(): void {
    this.status = 130;
    this.jump = { type: 'abort', fatal: true };
  }

  /** Reports an error of expansion and gives up the commands read so far. */
  async abort(message: string, fatal = false): Promise<void> {
    if (this.jump) return;
    await this.complain(message);
    this.status = fatal ? 127 : 1;
    this.jump = { type: 'abort', fatal };
  }

  /** Runs `action`; a pattern that takes too long gives up the commands read, as an error of expansion does. */
  async guard(action: () => Promise<number>): Promise<number> {
    try {
      return await action();
    } catch (error) {
      if (!(error instanceof PatternError)) throw error;
      await this.abort(error.message);
      return this.status;
    }
  }

  /** What bash does when the machine has no memory for so many bytes: it says so and is gone, without its EXIT trap. */
  async exhaust(bytes: number): Promise<void> {
    if (this.jump?.type === 'exit') return;
    await this.write(`${this.name}: xrealloc: cannot allocate ${bytes} bytes\n`, this.descriptors, 2);
    this.traps.delete('EXIT');
    this.status = 2;
    this.jump = { type: 'exit' };
  }

  /** Runs `action` one level deeper; too deep, the commands read are given up. */
  async nest(level: NestingLevel, action: () => Promise<number>): Promise<number> {
    const { what, kind, limit = maximumNesting } = level;
    if (this.nesting[kind] >= limit) {
      await this.abort(`${what}: maximum ${kind} nesting level exceeded (${limit})`);
      return 1;
    }
    this.nesting[kind]++;
    const status = await action();
    this.nesting[kind]--;
    return status;
  }

  /** Runs `action` with positions that refer to `unit`. */
  async within<T>(unit: SourceUnit, action: () => Promise<T>): Promise<T> {
    const saved = { unit: this.unit, position: this.position };
    this.unit = unit;
    try {
      return await action();
    } finally {
      this.unit = saved.unit;
      this.position = saved.position;
    }
  }
}
