/** `@seashell/core/config`: ssh_config and sshd_config as lossless trees, keyword rows and evaluated settings. */
export type { Diagnostic, Fix, Severity, Span } from '../diagnostic.ts';
export type { ConfigLimits } from './limits.ts';
export { configLimits } from './limits.ts';
export type { Argument, BlankLine, CommentLine, ConfigLine, ConfigTree, DirectiveLine } from './syntax/tree.ts';
export { parseConfig, printConfig } from './syntax/parse.ts';
export type { SplitArguments } from './syntax/arguments.ts';
export { splitArguments } from './syntax/arguments.ts';
export type { ListMatch } from './patterns/wildcard.ts';
export { matchPattern } from './patterns/wildcard.ts';
export type { UserFacts } from './patterns/pattern-list.ts';
export { matchHostAndAddress, matchHostname, matchPatternList, matchUser } from './patterns/pattern-list.ts';
export type { AddressBlock } from './patterns/address.ts';
export { formatBlockOf, matchAddressList, parseAddress, parseAddressBlock } from './patterns/address.ts';
export type { ArgumentInput, ArgumentResult, Grammar, GrammarTexts, Problem } from './keywords/grammar.ts';
export type { AlgorithmList } from './keywords/grammars/algorithms.ts';
export { applyAlgorithmList } from './keywords/grammars/algorithms.ts';
export type { AddKeys } from './keywords/grammars/client.ts';
export type { Forward, ForwardEnd, ForwardKind } from './keywords/grammars/forward.ts';
export { parseForward } from './keywords/grammars/forward.ts';
export { parsePort } from './keywords/grammars/number.ts';
export type { RekeyLimit } from './keywords/grammars/time.ts';
export { parseTime } from './keywords/grammars/time.ts';
export type {
  KeywordEffect,
  KeywordRow,
  KeywordRows,
  ManPage,
  OpenSshVersion,
  RetiredKeyword,
  RetiredStatus,
  ValuesOf,
} from './keywords/row.ts';
export type { SshConfigValues } from './keywords/ssh-config.ts';
export { sshConfigRetired, sshConfigRows } from './keywords/ssh-config.ts';
export type { ListenAddress, MaxStartups, Subsystem } from './keywords/grammars/server.ts';
export type { SshdConfigValues } from './keywords/sshd-config.ts';
export { sshdConfigRetired, sshdConfigRows } from './keywords/sshd-config.ts';
export type { SshdConfigInput, SshdSettings } from './evaluate/server.ts';
export { evaluateSshdConfig } from './evaluate/server.ts';
export type { ConnectionFacts } from './evaluate/server-match.ts';
export type { ClientFacts, SshConfigInput, SshSettings } from './evaluate/client.ts';
export { evaluateSshConfig } from './evaluate/client.ts';
export type { ClientTokenFacts, Expansion, ExpandOptions, TokenValues } from './evaluate/tokens.ts';
export { clientTokens, expandTokens } from './evaluate/tokens.ts';
export type { Candidate, LosingReason, Place, Provenance } from './evaluate/settings.ts';
export { Settings } from './evaluate/settings.ts';
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
