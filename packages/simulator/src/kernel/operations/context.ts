/** What each operation of `System` is made with: the process that asks, its host, and the way into the scheduler. */
import type { Program } from '@seashell/system';
import type { OperationName } from '../costs.ts';
import type { Description } from '../description.ts';
import type { Host } from '../host.ts';
import type { Process } from '../process.ts';
import type { Attempt, Task, WaitQueue } from '../task.ts';

export interface OperationContext {
  readonly host: Host;
  readonly process: Process;
  /** The program that asks. Once it has ended, by its process's end or by exec, it is answered no more. */
  readonly task: Task;
  /** The program's promise: `attempt` runs after the operation's cost, and again whenever what it parked on is woken. */
  perform<T>(name: OperationName, attempt: Attempt<T>): Promise<T>;
  /** Runs a program as a child that was prepared for it. */
  start(child: Process, program: Program): void;
  /** Runs a program in this process, which was prepared for it by exec. */
  restart(program: Program): void;
}

export function operationContext(
  host: Host,
  process: Process,
  starting: Pick<OperationContext, 'start' | 'restart'>,
): OperationContext {
  const { scheduler } = host;
  const { task } = process;
  return { host, process, task, ...starting, perform: (name, attempt) => scheduler.perform(task, name, attempt) };
}

export function findDescription(context: OperationContext, descriptor: number, operation: OperationName): Description {
  return context.process.descriptors.find(descriptor, operation);
}

/** Parks the process until `queue` is woken. */
export function waitOn(context: OperationContext, queue: WaitQueue): ReturnType<Host['scheduler']['park']> {
  return context.host.scheduler.park(context.task, [queue]);
}
