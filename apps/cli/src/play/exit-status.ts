/** A process's end as the exit status of this command, as a shell tells it. */
import { signalNumbers, type WaitStatus } from '@seashell/simulator';

export function exitStatusOf(status: WaitStatus | undefined): number {
  if (status === undefined) return 1;
  return status.type === 'exited' ? status.status : 128 + signalNumbers[status.signal];
}
