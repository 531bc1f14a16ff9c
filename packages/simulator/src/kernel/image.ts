/** What a process is to run, and how it begins: what posix_spawn(3) and execve(2) have in common. */
import { type ExecOptions, type Program, type SignalName, SystemError } from '@seashell/system';
import type { Caller } from '../filesystem/caller.ts';
import type { OperationName } from './costs.ts';
import type { Description } from './description.ts';
import type { Host } from './host.ts';
import { maximumDescriptors, maximumInterpreters } from './limits.ts';
import type { Process } from './process.ts';
import { signalNames } from './signal-actions.ts';

/** What is to run, after all interpreters. */
export interface Image {
  readonly program: Program;
  readonly argv: readonly string[];
  readonly path: string;
  readonly uid: number;
  readonly gid: number;
}

/** Who asks for a file to be run, and by which operation. */
export interface ImageCaller {
  readonly host: Host;
  readonly caller: Caller;
  readonly operation: OperationName;
}

/** What execve(2) makes of `path`, with set-user-ID and set-group-ID bits and scripts. ENOENT, EACCES, ENOEXEC, ELOOP. */
export function loadImage({ host, caller, operation }: ImageCaller, what: Pick<ExecOptions, 'path' | 'argv'>): Image {
  let { path, argv } = what;
  for (let depth = 0; depth <= maximumInterpreters; depth += 1) {
    const executable = host.fileSystem.executable(caller, path);
    if (executable.type === 'program') {
      const program = host.programs.get(executable.program);
      if (program === undefined) throw new SystemError('ENOEXEC', operation, path);
      return { program, argv, path, uid: executable.effectiveUid, gid: executable.effectiveGid };
    }
    const { interpreter, argument } = executable;
    argv = [interpreter, ...(argument === undefined ? [] : [argument]), path, ...argv.slice(1)];
    path = interpreter;
  }
  throw new SystemError('ELOOP', operation, what.path);
}

/** What the new program has open, by its numbers, of what `process` has open. EBADF, for its numbers too. */
export function descriptionsFor(
  process: Process,
  descriptors: ExecOptions['descriptors'],
  operation: OperationName,
): readonly (readonly [number, Description])[] {
  return Object.entries(descriptors).map(([key, inherited]) => {
    const own = Number(key);
    if (!Number.isInteger(own) || own < 0 || own >= maximumDescriptors) throw new SystemError('EBADF', operation);
    return [own, process.descriptors.find(inherited, operation)];
  });
}

/** The signals that the new program ignores: those that `process` ignored, but for what `signals` says. */
export function ignoredSignalsFor(process: Process, signals: ExecOptions['signals'] = {}): readonly SignalName[] {
  return signalNames.filter((signal) => (signals[signal] ?? process.disposition(signal)) === 'ignore');
}
