/**
 * `detach`, daemon(3): the parent sees exit 0 now; the process goes on under a new number, in a session of its own, without a
 * terminal, as the child of init. What its old number leaves behind is a zombie for the parent to wait for.
 */
import type { Host } from '../host.ts';
import type { Process } from '../process.ts';
import { initPid } from '../process-table.ts';

export function detach(host: Host, process: Process): void {
  const { processes } = host;
  const pid = processes.allocatePid();
  const oldPid = process.pid;
  const ghost = host.makeGhost(process);
  processes.renumber(process, ghost, pid);
  process.parentPid = initPid;
  process.processGroup = pid;
  process.sessionId = pid;
  process.controllingTerminal = undefined;
  host.events.started(host, process);
  processes.end(ghost, { type: 'exited', pid: oldPid, status: 0 });
}
