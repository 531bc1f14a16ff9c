/**
 * execve(2): another program in the same process. All that can be refused is refused before anything changes. Then the program that
 * asked has ended as one that is killed: its promises never settle, so nothing of it runs any more, and what it still asks for is
 * not answered (task.ts).
 */
import type { ExecOptions, Program } from '@seashell/system';
import type { Host } from './host.ts';
import { descriptionsFor, ignoredSignalsFor, loadImage } from './image.ts';
import type { Process } from './process.ts';

/** Makes `process` ready for another program, which is to be started as it. */
export function exec(host: Host, process: Process, options: ExecOptions): Program {
  const descriptions = descriptionsFor(process, options.descriptors, 'exec');
  const image = loadImage({ host, caller: process.caller, operation: 'exec' }, options);
  const ignored = ignoredSignalsFor(process, options.signals);
  host.scheduler.end(process.task);
  process.renewTask();
  process.descriptors.replaceAll(descriptions);
  process.dispositions.clear();
  for (const signal of ignored) process.dispositions.set(signal, 'ignore');
  process.argv = image.argv;
  process.executable = image.path;
  process.environment = { ...options.environment };
  process.credentials = { ...process.credentials, uid: image.uid, gid: image.gid };
  return image.program;
}
