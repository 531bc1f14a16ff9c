/** `@seashell/core/config`: ssh_config and sshd_config as lossless trees, keyword rows and evaluated settings. */
export type { Diagnostic, Fix, Severity, Span } from '../diagnostic.ts';
export type { ConfigLimits } from './limits.ts';
export { configLimits } from './limits.ts';
export type { Argument, BlankLine, CommentLine, ConfigLine, ConfigTree, DirectiveLine } from './syntax/tree.ts';
export type { ArgumentInput, ArgumentResult, Grammar, GrammarTexts, Problem } from './keywords/grammar.ts';
export type {
  KeywordEffect,
  KeywordRow,
  KeywordRows,
  OpenSshVersion,
  RetiredKeyword,
  RetiredStatus,
  ValuesOf,
} from './keywords/row.ts';
export type { Candidate, LosingReason, Place, Provenance, Settings } from './evaluate/settings.ts';
export type {
  ConfigAnswer,
  ConfigDiagnostic,
  ConfigRequest,
  ConfigSource,
  Evaluation,
  IncludedFile,
  IncludeRequest,
  MatchExecRequest,
} from './evaluate/evaluation.ts';
