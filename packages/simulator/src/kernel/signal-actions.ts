/** What an unhandled signal does, signal(7). */
import type { SignalName } from '@seashell/system';

export type SignalAction = 'terminate' | 'stop' | 'continue' | 'ignore';

export const defaultActions: Readonly<Record<SignalName, SignalAction>> = {
  SIGHUP: 'terminate',
  SIGINT: 'terminate',
  SIGQUIT: 'terminate',
  SIGKILL: 'terminate',
  SIGUSR1: 'terminate',
  SIGUSR2: 'terminate',
  SIGPIPE: 'terminate',
  SIGALRM: 'terminate',
  SIGTERM: 'terminate',
  SIGCHLD: 'ignore',
  SIGCONT: 'continue',
  SIGSTOP: 'stop',
  SIGTSTP: 'stop',
  SIGTTIN: 'stop',
  SIGTTOU: 'stop',
  SIGWINCH: 'ignore',
};

/** All signals, by number. */
export const signalNames: readonly SignalName[] = [
  'SIGHUP',
  'SIGINT',
  'SIGQUIT',
  'SIGKILL',
  'SIGUSR1',
  'SIGUSR2',
  'SIGPIPE',
  'SIGALRM',
  'SIGTERM',
  'SIGCHLD',
  'SIGCONT',
  'SIGSTOP',
  'SIGTSTP',
  'SIGTTIN',
  'SIGTTOU',
  'SIGWINCH',
];
