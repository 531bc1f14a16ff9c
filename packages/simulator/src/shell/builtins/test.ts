/** test and [: POSIX's rules by the number of arguments, then a recursive grammar with -a, -o, ! and parentheses. */
import {
  compareFiles,
  fileComparisons,
  integerComparisons,
  testUnary,
  unaryOperators,
} from '../execute/conditional.ts';
import type { Shell } from '../shell.ts';
import type { Builtin } from './builtin.ts';

const stringComparisons: Readonly<Record<string, (a: string, b: string) => boolean>> = {
  '=': (a, b) => a === b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
};

function isBinary(operator: string): boolean {
  return operator in stringComparisons || operator in integerComparisons || fileComparisons.has(operator);
}

class TestParser {
  private readonly shell: Shell;
  private readonly args: readonly string[];
  private at = 0;
  error: string | undefined;

  constructor(shell: Shell, args: readonly string[]) {
    this.shell = shell;
    this.args = args;
  }

  async evaluate(): Promise<boolean> {
    const value = await this.byCount(this.args);
    if (value !== undefined) return value;
    const result = await this.or();
    if (this.at < this.args.length) this.error ??= 'too many arguments';
    return result;
  }

  /** POSIX's cases of up to four arguments. */
  private async byCount(args: readonly string[]): Promise<boolean | undefined> {
    const [first = '', second = '', third = ''] = args;
    if (args.length === 0) return false;
    if (args.length === 1) return first !== '';
    if (args.length === 2) return this.two(first, second);
    if (args.length === 3 && isBinary(second)) return this.binary(first, second, third);
    if (args.length === 3 && first === '!') return !(await this.two(second, third));
    if (args.length === 3 && first === '(' && third === ')') return second !== '';
    if (args.length === 3 && second !== '-a' && second !== '-o')
      return this.fail(`${second}: binary operator expected`);
    if (args.length === 4 && first === '!') return !(await this.byCount(args.slice(1)));
    return undefined;
  }

  private async two(first: string, second: string): Promise<boolean> {
    if (first === '!') return second === '';
    if (unaryOperators.has(first)) return testUnary(this.shell, first, second);
    return this.fail(`${first}: unary operator expected`);
  }

  private fail(message: string): false {
    this.error ??= message;
    this.at = this.args.length;
    return false;
  }

  private async binary(left: string, operator: string, right: string): Promise<boolean> {
    const compareText = stringComparisons[operator];
    if (compareText) return compareText(left, right);
    if (fileComparisons.has(operator)) return compareFiles(this.shell, operator, [left, right]);
    const wrong = [left, right].find((text) => !/^\s*[-+]?\d+\s*$/.test(text));
    if (wrong !== undefined) return this.fail(`${wrong}: integer expression expected`);
    return integerComparisons[operator]?.(BigInt(left.trim()), BigInt(right.trim())) ?? false;
  }

  private async or(): Promise<boolean> {
    let value = await this.and();
    while (this.args[this.at] === '-o') {
      this.at++;
      value = (await this.and()) || value;
    }
    return value;
  }

  private async and(): Promise<boolean> {
    let value = await this.term();
    while (this.args[this.at] === '-a') {
      this.at++;
      value = (await this.term()) && value;
    }
    return value;
  }

  private async term(): Promise<boolean> {
    const [first, second, third] = this.args.slice(this.at);
    if (first === undefined) return this.fail('argument expected');
    if (first === '!') {
      this.at++;
      return !(await this.term());
    }
    if (second !== undefined && third !== undefined && isBinary(second)) {
      this.at += 3;
      return this.binary(first, second, third);
    }
    if (first === '(') {
      this.at++;
      const value = await this.or();
      if (this.args[this.at] !== ')') return this.fail("`)' expected");
      this.at++;
      return value;
    }
    if (unaryOperators.has(first) && second !== undefined) {
      this.at += 2;
      return testUnary(this.shell, first, second);
    }
    this.at++;
    return first !== '';
  }
}

/** test and [. */
export const test: Builtin = async ({ shell, name, args, complain }) => {
  if (name === '[' && args.at(-1) !== ']') {
    await complain("missing `]'");
    return 2;
  }
  const parser = new TestParser(shell, name === '[' ? args.slice(0, -1) : args);
  const value = await parser.evaluate();
  if (parser.error === undefined) return value ? 0 : 1;
  await complain(parser.error);
  return 2;
};
