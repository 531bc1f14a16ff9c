/** sshd_config as sshd read it: the text, and what its Includes brought. Evaluated at the start, and again for each connection. */
import {
  evaluateSshdConfig,
  type ConfigAnswer,
  type ConfigRequest,
  type ConnectionFacts,
  type Evaluation,
  type IncludedFile,
  type SshdConfigValues,
} from '@seashell/core/config';
import type { HostFacts } from '@seashell/system';
import { driveConfig, type ConfigSystem } from '../configuration/drive.ts';

export interface IncludeRecord {
  readonly pattern: string;
  readonly files: readonly IncludedFile[];
}

export interface ServerConfig {
  readonly path: string;
  readonly text: string;
  /** Texts of -o and what other options set. */
  readonly options: readonly string[];
  readonly includes: readonly IncludeRecord[];
}

/** Reads what the configuration includes, and evaluates it as sshd starts with it. */
export async function readServerConfig(
  system: ConfigSystem,
  given: Omit<ServerConfig, 'includes'> & { readonly version: HostFacts['openSsh'] },
): Promise<{ readonly config: ServerConfig; readonly evaluation: Evaluation<SshdConfigValues> }> {
  const includes: IncludeRecord[] = [];
  const { path, text, options, version } = given;
  const run = evaluateSshdConfig({ options, file: { path, text, scope: 'system' }, version });
  const evaluation = await driveConfig(system, recordIncludes(run, includes), { checkPermissions: false });
  return { config: { path, text, options, includes }, evaluation };
}

function* recordIncludes<Result>(
  run: Generator<ConfigRequest, Result, ConfigAnswer>,
  includes: IncludeRecord[],
): Generator<ConfigRequest, Result, ConfigAnswer> {
  let step = run.next({ type: 'include', files: [] });
  while (step.done !== true) {
    const request = step.value;
    const answer = yield request;
    if (request.type === 'include' && answer.type === 'include') {
      includes.push({ pattern: request.pattern, files: answer.files });
    }
    step = run.next(answer);
  }
  return step.value;
}

/** What holds for a connection: the files as they were read at the start. */
export function evaluateForConnection(
  config: ServerConfig,
  version: HostFacts['openSsh'],
  connection?: ConnectionFacts,
): Evaluation<SshdConfigValues> {
  const { path, text, options, includes } = config;
  const run = evaluateSshdConfig({
    options,
    file: { path, text, scope: 'system' },
    version,
    ...(connection === undefined ? {} : { connection }),
  });
  let step = run.next({ type: 'include', files: [] });
  while (step.done !== true) {
    const request = step.value;
    const files =
      request.type === 'include' ? includes.find((record) => record.pattern === request.pattern)?.files : undefined;
    step = run.next({ type: 'include', files: files ?? [] });
  }
  return step.value;
}
