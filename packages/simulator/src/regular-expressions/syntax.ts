/** What differs between basic and extended expressions, and between grep and those that call regcomp(3). */
export interface Syntax {
  /** Operators are bare; in basic expressions they stand behind a backslash. */
  readonly extended: boolean;
  /** `*` where there is nothing to repeat: itself, ignored with a warning, or a mistake. */
  readonly leadingOperator: 'literal' | 'ignored' | 'mistake';
  /** The same for an interval. */
  readonly leadingInterval: 'literal' | 'ignored' | 'mistake';
  /** `{` that begins no interval is itself. */
  readonly loneBrace: boolean;
  /** `)` that ends no group is itself. */
  readonly loneClose: boolean;
  /** `**` and `*\{2\}` are allowed. */
  readonly repeatedRepetition: boolean;
}

const basic: Syntax = {
  extended: false,
  leadingOperator: 'literal',
  leadingInterval: 'mistake',
  loneBrace: false,
  loneClose: false,
  repeatedRepetition: false,
};

const extended: Syntax = {
  ...basic,
  extended: true,
  leadingOperator: 'mistake',
  repeatedRepetition: true,
};

/** By who reads it: `basic` and `extended` are sed's and those of regcomp(3), which the shell's `=~` uses. */
export const syntaxes = {
  basic,
  extended,
  grepBasic: { ...basic, leadingInterval: 'literal', repeatedRepetition: true },
  grepExtended: {
    ...extended,
    leadingOperator: 'ignored',
    leadingInterval: 'ignored',
    loneBrace: true,
    loneClose: true,
  },
} as const satisfies Readonly<Record<string, Syntax>>;

export type SyntaxName = keyof typeof syntaxes;
