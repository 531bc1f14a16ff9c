/** The limits of a virtual host, SECURITY.md; a process meets them as the errors that Linux gives. */

/** EAGAIN at spawn. */
export const maximumProcesses = 256;
/** EMFILE, in each process, as `ulimit -n` has it. */
export const maximumDescriptors = 1024;
/** What a session printed while nobody listened; the oldest goes first, so that listening changes no history. */
export const maximumUnheardBytes = 8 * 1024 * 1024;
/** What the pipes of a host may hold together before each has only a page left. */
export const maximumPipeBytes = 8 * 1024 * 1024;
/** pipe(7): the capacity of a pipe, and how much is written whole or not at all. */
export const pipeCapacityBytes = 65_536;
export const pipeAtomicBytes = 4096;
/** What may be on its way or unread in one direction of a connection; then writing waits. */
export const socketCapacityBytes = 262_144;
/** listen(2): connections that wait to be accepted. */
export const listenBacklog = 128;
/** Interpreters of interpreters, execve(2). */
export const maximumInterpreters = 4;
/** One read gives no more at once. */
export const maximumReadBytes = 1024 * 1024;
