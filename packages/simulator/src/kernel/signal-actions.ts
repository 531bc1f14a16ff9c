/** What an unhandled signal does, signal(7). */
import { isSignalName, signalNumbers, type SignalName } from '@seashell/system';

export type SignalAction = 'terminate' | 'stop' | 'continue' | 'ignore';

/** Of those that do not end the process; here nobody looks at a core dump. */
const otherActions: Readonly<Partial<Record<SignalName, SignalAction>>> = {
  SIGCHLD: 'ignore',
  SIGCONT: 'continue',
  SIGSTOP: 'stop',
  SIGTSTP: 'stop',
  SIGTTIN: 'stop',
  SIGTTOU: 'stop',
  SIGURG: 'ignore',
  SIGWINCH: 'ignore',
};

export function defaultAction(signal: SignalName): SignalAction {
  return otherActions[signal] ?? 'terminate';
}

/** All signals, by number. */
export const signalNames: readonly SignalName[] = Object.keys(signalNumbers).filter(isSignalName);
