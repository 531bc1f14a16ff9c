/** `System` as one process of a virtual host sees it, and the start of a program with it: where the groups of operations come together. */
import type { Program, System } from '@seashell/system';
import type { Host } from './host.ts';
import { operationContext } from './operations/context.ts';
import { fileOperations } from './operations/file-operations.ts';
import { networkOperations } from './operations/network-operations.ts';
import { processOperations } from './operations/process-operations.ts';
import { streamOperations } from './operations/stream-operations.ts';
import { terminalOperations } from './operations/terminal-operations.ts';
import type { Process } from './process.ts';

export function createSystem(host: Host, process: Process): System {
  const context = operationContext(host, process, {
    start: (child, program) => startProcess(host, child, program),
    restart: (program) => restartProcess(host, process, program),
  });
  return {
    process: processOperations(context),
    files: fileOperations(context),
    streams: streamOperations(context),
    network: networkOperations(context),
    terminal: terminalOperations(context),
    // The clocks on the walls of every host show UTC.
    clock: { now: () => host.nowMilliseconds, monotonic: () => host.scheduler.now / 1000, utcOffsetSeconds: () => 0 },
    random: host.newRandom(`process ${nameOf(process)}`),
    host: { openSsh: host.openSsh, hostname: host.name },
  };
}

/** As it was called, without its directory. */
function nameOf({ argv: [called = ''] }: Process): string {
  return called.slice(called.lastIndexOf('/') + 1);
}

/** Runs `program` as the new `process`, from the next step on. */
export function startProcess(host: Host, process: Process, program: Program): void {
  run(host, process, program);
  host.events.started(host, process);
}

/** Runs `program` in the place of the one that `process` ran. */
function restartProcess(host: Host, process: Process, program: Program): void {
  run(host, process, program);
  host.events.replaced(host, process);
}

function run(host: Host, process: Process, program: Program): void {
  const system = createSystem(host, process);
  const { argv } = process;
  host.scheduler.start(process.task, async () => program(system, argv));
}
