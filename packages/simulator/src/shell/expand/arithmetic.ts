/** Shell arithmetic (bash(1), ARITHMETIC EVALUATION): signed 64 bits, C's operators and precedence, variables by name. */

export interface ArithmeticVariables {
  get(name: string, index: bigint | undefined): string | undefined;
  set(name: string, index: bigint | undefined, value: string): void;
}

export type ArithmeticResult = { readonly value: bigint } | { readonly error: string };

interface Token {
  readonly text: string;
  /** Offset of the first character in the expression. */
  readonly at: number;
}

interface Target {
  readonly name: string;
  readonly index: bigint | undefined;
}

const tokenPattern =
  /\s+|<<=|>>=|\*\*|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&^|]=|[-+*/%&^|!~<>=?:(),[\]]|[A-Za-z_]\w*|[0-9][\w#@]*|./gy;

const binaryPrecedence: Readonly<Record<string, number>> = {
  '||': 1,
  '&&': 2,
  '|': 3,
  '^': 4,
  '&': 5,
  '==': 6,
  '!=': 6,
  '<': 7,
  '>': 7,
  '<=': 7,
  '>=': 7,
  '<<': 8,
  '>>': 8,
  '+': 9,
  '-': 9,
  '*': 10,
  '/': 10,
  '%': 10,
  '**': 11,
};

const bool = (value: boolean): bigint => (value ? 1n : 0n);

/** By squaring, in 64 bits all the way, as C has it: what the power would be without that may not fit in any memory. */
function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = BigInt.asIntN(64, result * square);
    square = BigInt.asIntN(64, square * square);
  }
  return result;
}

const operations: Readonly<Record<string, (a: bigint, b: bigint) => bigint>> = {
  '||': (a, b) => bool(a !== 0n || b !== 0n),
  '&&': (a, b) => bool(a !== 0n && b !== 0n),
  '|': (a, b) => a | b,
  '^': (a, b) => a ^ b,
  '&': (a, b) => a & b,
  '==': (a, b) => bool(a === b),
  '!=': (a, b) => bool(a !== b),
  '<': (a, b) => bool(a < b),
  '>': (a, b) => bool(a > b),
  '<=': (a, b) => bool(a <= b),
  '>=': (a, b) => bool(a >= b),
  '<<': (a, b) => a << (b & 63n),
  '>>': (a, b) => a >> (b & 63n),
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '**': power,
};

const assignment = /^(?:[-+*/%&^|]|<<|>>)?=$/;
const maximumDepth = 64;
/** Parts within parts of one expression, far below what the stack holds. */
const maximumNesting = 256;

function digitValue(digit: string, base: number): number {
  if (/[0-9]/.test(digit)) return Number(digit);
  const alphabet = base <= 36 ? digit.toLowerCase() : digit;
  if (/[a-z]/.test(alphabet)) return alphabet.charCodeAt(0) - 87;
  if (/[A-Z]/.test(alphabet)) return alphabet.charCodeAt(0) - 29;
  return digit === '@' ? 62 : 63;
}

/** A number as written: decimal, 0octal, 0xhex or base#digits. */
function parseNumber(text: string): bigint | string {
  const match = /^(?:0[xX]([0-9a-fA-F]*)|(\d+)#([\w@]+)|(\d+))$/.exec(text);
  if (!match) return /^\d/.test(text) ? 'value too great for base' : 'syntax error: invalid number';
  const [, hex, base, digits, plain = ''] = match;
  const octal = plain.length > 1 && plain.startsWith('0');
  const radix = hex !== undefined ? 16 : base === undefined ? (octal ? 8 : 10) : Number(base);
  if (radix < 2 || radix > 64) return 'invalid arithmetic base';
  let value = 0n;
  for (const digit of hex ?? digits ?? plain) {
    const worth = digitValue(digit, radix);
    if (worth >= radix) return 'value too great for base';
    value = BigInt.asIntN(64, value * BigInt(radix) + BigInt(worth));
  }
  return value;
}

class Evaluator {
  private readonly tokens: Token[] = [];
  private readonly source: string;
  private readonly variables: ArithmeticVariables;
  private readonly depth: number;
  private at = 0;
  private nesting = 0;
  /** Inside the part of `&&`, `||` or `?:` that does not count. */
  private skipping = 0;
  error: string | undefined;

  constructor(source: string, variables: ArithmeticVariables, depth: number) {
    this.source = source;
    this.variables = variables;
    this.depth = depth;
    for (const match of source.matchAll(tokenPattern)) {
      if (match[0].trim() !== '') this.tokens.push({ text: match[0], at: match.index });
    }
  }

  evaluate(): bigint {
    if (this.tokens.length === 0) return 0n;
    const value = this.comma();
    if (this.at < this.tokens.length) this.fail('syntax error in expression');
    return value;
  }

  private peek(): string {
    return this.tokens[this.at]?.text ?? '';
  }

  private accept(text: string): boolean {
    if (this.peek() !== text) return false;
    this.at++;
    return true;
  }

  /** Fails at the token `index`: the error token is the rest of the expression from there. */
  private fail(message: string, index = this.at): bigint {
    const rest = this.source.slice(this.tokens[Math.min(index, this.tokens.length - 1)]?.at ?? 0);
    this.error ??= `${message} (error token is "${rest}")`;
    this.at = this.tokens.length;
    return 0n;
  }

  private comma(): bigint {
    let value = this.assign();
    while (this.accept(',')) value = this.assign();
    return value;
  }

  /** Every way into a part of a part leads through here. */
  private nested(part: () => bigint): bigint {
    if (this.nesting >= maximumNesting) return this.fail('expression recursion level exceeded');
    this.nesting++;
    const value = part();
    this.nesting--;
    return value;
  }

  private assign(): bigint {
    const start = this.at;
    const target = this.target();
    const operator = this.peek();
    if (!target || !assignment.test(operator)) {
      this.at = start;
      return this.conditional();
    }
    this.at++;
    const right = this.nested(() => this.assign());
    const value = operator === '=' ? right : this.apply(operator.slice(0, -1), [this.read(target), right]);
    return this.store(target, value);
  }

  private target(): Target | undefined {
    const name = this.peek();
    if (!/^[A-Za-z_]/.test(name)) return undefined;
    this.at++;
    if (!this.accept('[')) return { name, index: undefined };
    const index = this.nested(() => this.comma());
    if (!this.accept(']')) this.fail('bad array subscript');
    return { name, index };
  }

  private read(target: Target): bigint {
    const text = this.variables.get(target.name, target.index) ?? '';
    if (text.trim() === '') return 0n;
    if (this.depth > maximumDepth) return this.fail('expression recursion level exceeded');
    const inner = new Evaluator(text, this.variables, this.depth + 1);
    const value = inner.evaluate();
    if (inner.error !== undefined) this.error ??= inner.error;
    return value;
  }

  private store(target: Target, value: bigint): bigint {
    if (this.skipping === 0 && this.error === undefined) {
      this.variables.set(target.name, target.index, String(BigInt.asIntN(64, value)));
    }
    return BigInt.asIntN(64, value);
  }

  private conditional(): bigint {
    const condition = this.binary(1);
    if (!this.accept('?')) return condition;
    const consequent = this.skipIf(condition === 0n, () => this.nested(() => this.comma()));
    if (!this.accept(':')) return this.fail("`:' expected for conditional expression");
    const alternate = this.skipIf(condition !== 0n, () => this.nested(() => this.conditional()));
    return condition === 0n ? alternate : consequent;
  }

  private skipIf(skip: boolean, action: () => bigint): bigint {
    if (skip) this.skipping++;
    const value = action();
    if (skip) this.skipping--;
    return value;
  }

  private binary(lowest: number): bigint {
    let left = this.unary();
    for (;;) {
      const operator = this.peek();
      const precedence = binaryPrecedence[operator];
      if (precedence === undefined || precedence < lowest) return left;
      this.at++;
      const skip = (operator === '&&' && left === 0n) || (operator === '||' && left !== 0n);
      const next = operator === '**' ? precedence : precedence + 1;
      const operand = this.at;
      const right = this.skipIf(skip, () => this.nested(() => this.binary(next)));
      left = this.apply(operator, [left, right], operand);
    }
  }

  private apply(operator: string, [left, right]: readonly [bigint, bigint], operand = this.at - 1): bigint {
    if (this.error !== undefined) return 0n;
    if ((operator === '/' || operator === '%') && right === 0n) {
      return this.skipping > 0 ? 0n : this.fail('division by 0', operand);
    }
    if (operator === '**' && right < 0n) return this.fail('exponent less than 0', operand);
    return BigInt.asIntN(64, operations[operator]?.(left, right) ?? 0n);
  }

  private unary(): bigint {
    const operator = this.peek();
    if (operator === '++' || operator === '--') return this.increment(operator);
    if (!['!', '~', '-', '+'].includes(operator)) return this.postfix();
    this.at++;
    const value = this.nested(() => this.unary());
    if (operator === '!') return bool(value === 0n);
    if (operator === '~') return ~value;
    return operator === '-' ? BigInt.asIntN(64, -value) : value;
  }

  private increment(operator: string): bigint {
    this.at++;
    const target = this.target();
    if (!target) return this.fail('syntax error: operand expected', this.at - 1);
    return this.store(target, this.read(target) + (operator === '++' ? 1n : -1n));
  }

  private postfix(): bigint {
    const target = this.target();
    if (!target) return this.primary();
    const value = this.read(target);
    const operator = this.peek();
    if (operator === '++' || operator === '--') {
      this.at++;
      this.store(target, value + (operator === '++' ? 1n : -1n));
    }
    return value;
  }

  private primary(): bigint {
    if (this.accept('(')) {
      const value = this.nested(() => this.comma());
      return this.accept(')') ? value : this.fail("missing `)'", this.at - 1);
    }
    const text = this.peek();
    if (!/^\d/.test(text)) return this.fail('syntax error: operand expected', text === '' ? this.at - 1 : this.at);
    const value = parseNumber(text);
    if (typeof value === 'string') return this.fail(value);
    this.at++;
    return BigInt.asIntN(64, value);
  }
}

/** Evaluates an expression whose `$` expansions are done already. The error lacks the expression itself. */
export function evaluateArithmetic(source: string, variables: ArithmeticVariables): ArithmeticResult {
  const evaluator = new Evaluator(source, variables, 0);
  const value = evaluator.evaluate();
  return evaluator.error === undefined ? { value } : { error: evaluator.error };
}
