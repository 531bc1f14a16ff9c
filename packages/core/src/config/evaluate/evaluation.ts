/**
 * What evaluation gives, and what it asks. Evaluation is a generator: it yields requests, a driver answers them, and so nothing is
 * read or run because a file was parsed.
 */
import type { Diagnostic } from '../../diagnostic.ts';
import type { Settings } from './settings.ts';

/** A file to read, in order. `path` is how OpenSSH names it in messages. */
export interface ConfigSource {
  readonly path: string;
  readonly text: string;
  /** `user` files resolve a relative Include in ~/.ssh, `system` ones in /etc/ssh. */
  readonly scope: 'user' | 'system';
}

/** The files that an Include pattern names, in the order of glob(3): sorted, none if nothing matches. */
export interface IncludeRequest {
  readonly type: 'include';
  /** Absolute, or it begins with `~name/`. */
  readonly pattern: string;
}

/** Run `command` by the user's shell; the answer is its exit status. */
export interface MatchExecRequest {
  readonly type: 'match-exec';
  readonly command: string;
}

/** What evaluation asks of the outside; the driver answers with a `ConfigAnswer`. */
export type ConfigRequest = IncludeRequest | MatchExecRequest;

/** One file of an Include: its text, or why it cannot be read (strerror's words). An absent file is simply left out. */
export type IncludedFile =
  | { readonly path: string; readonly text: string }
  | { readonly path: string; readonly failure: string }
  /** Group or others may write it, or someone else owns it. */
  | { readonly path: string; readonly badPermissions: true };

/** The answer to a request, of the same type. */
export type ConfigAnswer =
  | { readonly type: 'include'; readonly files: readonly IncludedFile[] }
  | { readonly type: 'match-exec'; readonly exitStatus: number };

/** A diagnostic of evaluation, with its file and OpenSSH's whole line about it. */
export interface ConfigDiagnostic extends Diagnostic {
  readonly file: string;
  readonly line: number;
  /** What ssh or sshd prints on stderr, line by line. Empty where OpenSSH is silent. */
  readonly printed: readonly string[];
}

/** What evaluation gives: the settings, and what ssh or sshd would say of the files. */
export interface Evaluation<Values> {
  readonly settings: Settings<Values>;
  readonly diagnostics: readonly ConfigDiagnostic[];
  /** Everything that ssh or sshd would print about the files, in order, one line each. */
  readonly printed: readonly string[];
  /** ssh and sshd would exit with 255. */
  readonly failed: boolean;
}
