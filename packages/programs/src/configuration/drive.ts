/** Answers what the evaluation of a configuration asks for: the files of an Include, the exit status of a `Match exec`. */
import type { ConfigAnswer, ConfigRequest, IncludedFile } from '@seashell/core/config';
import { isSystemError, type FileStatus, type System } from '@seashell/system';
import { readTextFile } from '../storage/read-file.ts';
import { glob } from './glob.ts';

export type ConfigSystem = Pick<System, 'files' | 'streams' | 'process'>;

export interface DriveOptions {
  /** Refuse included files that others may write, as ssh does for the user's own. */
  readonly checkPermissions: boolean;
  /** Told the path of each file before it is read. */
  readonly onFile?: (path: string) => Promise<void>;
}

/** Runs an evaluation to its result. */
export async function driveConfig<Result>(
  system: ConfigSystem,
  run: Generator<ConfigRequest, Result, ConfigAnswer>,
  options: DriveOptions,
): Promise<Result> {
  let step = run.next({ type: 'include', files: [] });
  while (step.done !== true) {
    const request = step.value;
    step = run.next(
      request.type === 'include'
        ? { type: 'include', files: await readIncluded(system, request.pattern, options) }
        : { type: 'match-exec', exitStatus: await runCommand(system, request.command) },
    );
  }
  return step.value;
}

async function readIncluded(
  system: ConfigSystem,
  pattern: string,
  options: DriveOptions,
): Promise<readonly IncludedFile[]> {
  const files: IncludedFile[] = [];
  for (const path of await glob(system, pattern)) {
    const text = await readTextFile(system, path);
    await options.onFile?.(path);
    if (typeof text !== 'string') {
      if (text.code !== 'ENOENT') files.push({ path, failure: text.message });
    } else if (options.checkPermissions && isUnsafe(await system.files.status(path), system.process.credentials.uid)) {
      files.push({ path, badPermissions: true });
    } else files.push({ path, text });
  }
  return files;
}

/** readconf.c: someone else owns it, or group or others may write it. */
export function isUnsafe(status: FileStatus, uid: number): boolean {
  return (status.uid !== 0 && status.uid !== uid) || (status.mode & 0o022) !== 0;
}

/** execute_in_shell(): the exit status of the user's shell with the command; 255 when it ended otherwise. */
async function runCommand(system: ConfigSystem, command: string): Promise<number> {
  const shell = system.process.environment['SHELL'] ?? '/bin/sh';
  try {
    const nothing = await system.files.open('/dev/null', { access: 'readWrite' });
    const pid = await system.process.spawn({
      path: shell,
      argv: [shell, '-c', command],
      environment: system.process.environment,
      descriptors: { 0: nothing, 1: nothing, 2: 2 },
    });
    await system.streams.close(nothing);
    const status = await system.process.wait({ pid });
    return status?.type === 'exited' ? status.status : 255;
  } catch (error) {
    if (isSystemError(error)) return 255;
    throw error;
  }
}
