/** The signals of signal(7) that the two worlds know, with Linux's numbers. */
export const signalNumbers = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGKILL: 9,
  SIGUSR1: 10,
  SIGUSR2: 12,
  SIGPIPE: 13,
  SIGALRM: 14,
  SIGTERM: 15,
  SIGCHLD: 17,
  SIGCONT: 18,
  SIGSTOP: 19,
  SIGTSTP: 20,
  SIGTTIN: 21,
  SIGTTOU: 22,
  SIGWINCH: 28,
} as const;

/** The signals that a System delivers, by signal(7)'s names. */
export type SignalName = keyof typeof signalNumbers;

/** How a process stands towards a signal: the kernel acts, nothing happens, or it is a result of the process's next wait. */
export type SignalDisposition = 'default' | 'ignore' | 'handle';
