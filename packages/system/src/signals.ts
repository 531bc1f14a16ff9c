/**
 * The signals of signal(7) with Linux's numbers, by number. 32 and 33 are the C library's own. The real-time signals have the names of
 * bash; Node sends them on Linux alone, and hears none.
 */
export const signalNumbers = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGILL: 4,
  SIGTRAP: 5,
  SIGABRT: 6,
  SIGBUS: 7,
  SIGFPE: 8,
  SIGKILL: 9,
  SIGUSR1: 10,
  SIGSEGV: 11,
  SIGUSR2: 12,
  SIGPIPE: 13,
  SIGALRM: 14,
  SIGTERM: 15,
  SIGSTKFLT: 16,
  SIGCHLD: 17,
  SIGCONT: 18,
  SIGSTOP: 19,
  SIGTSTP: 20,
  SIGTTIN: 21,
  SIGTTOU: 22,
  SIGURG: 23,
  SIGXCPU: 24,
  SIGXFSZ: 25,
  SIGVTALRM: 26,
  SIGPROF: 27,
  SIGWINCH: 28,
  SIGIO: 29,
  SIGPWR: 30,
  SIGSYS: 31,
  SIGRTMIN: 34,
  'SIGRTMIN+1': 35,
  'SIGRTMIN+2': 36,
  'SIGRTMIN+3': 37,
  'SIGRTMIN+4': 38,
  'SIGRTMIN+5': 39,
  'SIGRTMIN+6': 40,
  'SIGRTMIN+7': 41,
  'SIGRTMIN+8': 42,
  'SIGRTMIN+9': 43,
  'SIGRTMIN+10': 44,
  'SIGRTMIN+11': 45,
  'SIGRTMIN+12': 46,
  'SIGRTMIN+13': 47,
  'SIGRTMIN+14': 48,
  'SIGRTMIN+15': 49,
  'SIGRTMAX-14': 50,
  'SIGRTMAX-13': 51,
  'SIGRTMAX-12': 52,
  'SIGRTMAX-11': 53,
  'SIGRTMAX-10': 54,
  'SIGRTMAX-9': 55,
  'SIGRTMAX-8': 56,
  'SIGRTMAX-7': 57,
  'SIGRTMAX-6': 58,
  'SIGRTMAX-5': 59,
  'SIGRTMAX-4': 60,
  'SIGRTMAX-3': 61,
  'SIGRTMAX-2': 62,
  'SIGRTMAX-1': 63,
  SIGRTMAX: 64,
} as const;

/** The signals that a System delivers, by signal(7)'s names. */
export type SignalName = keyof typeof signalNumbers;

/** Whether signal(7) has a signal of that name. */
export const isSignalName = (name: string): name is SignalName => Object.hasOwn(signalNumbers, name);

/** How a process stands towards a signal: the kernel acts, nothing happens, or it is a result of the process's next wait. */
export type SignalDisposition = 'default' | 'ignore' | 'handle';
