/** `SystemError`: the machine says no. Carries the errno name, the operation and, where there is one, the path. */

/** The errno names of Linux that the two worlds report, with the words of strerror(3). */
export const errnoMessages = {
  E2BIG: 'Argument list too long',
  EACCES: 'Permission denied',
  EADDRINUSE: 'Address already in use',
  EADDRNOTAVAIL: 'Cannot assign requested address',
  EAGAIN: 'Resource temporarily unavailable',
  EBADF: 'Bad file descriptor',
  EBUSY: 'Device or resource busy',
  ECHILD: 'No child processes',
  ECONNABORTED: 'Software caused connection abort',
  ECONNREFUSED: 'Connection refused',
  ECONNRESET: 'Connection reset by peer',
  EEXIST: 'File exists',
  EFBIG: 'File too large',
  EHOSTUNREACH: 'No route to host',
  EINTR: 'Interrupted system call',
  EINVAL: 'Invalid argument',
  EIO: 'Input/output error',
  EISDIR: 'Is a directory',
  ELOOP: 'Too many levels of symbolic links',
  EMFILE: 'Too many open files',
  EMLINK: 'Too many links',
  ENAMETOOLONG: 'File name too long',
  ENETUNREACH: 'Network is unreachable',
  ENOENT: 'No such file or directory',
  ENOEXEC: 'Exec format error',
  ENOMEM: 'Cannot allocate memory',
  ENOSPC: 'No space left on device',
  ENOSYS: 'Function not implemented',
  ENOTCONN: 'Transport endpoint is not connected',
  ENOTDIR: 'Not a directory',
  ENOTEMPTY: 'Directory not empty',
  ENOTSUP: 'Operation not supported',
  ENOTTY: 'Inappropriate ioctl for device',
  ENXIO: 'No such device or address',
  EPERM: 'Operation not permitted',
  EPIPE: 'Broken pipe',
  EROFS: 'Read-only file system',
  ESPIPE: 'Illegal seek',
  ESRCH: 'No such process',
  ETIMEDOUT: 'Connection timed out',
  EXDEV: 'Invalid cross-device link',
  /** getaddrinfo(3) EAI_NONAME. */
  ENOTFOUND: 'Name or service not known',
  /** getaddrinfo(3) EAI_AGAIN. */
  EAI_AGAIN: 'Temporary failure in name resolution',
} as const;

/** The errors that a System gives, by errno's names. */
export type ErrnoName = keyof typeof errnoMessages;

/** An operation of the system failed. `message` is strerror's text, without operation or path. */
export class SystemError extends Error {
  override readonly name = 'SystemError';
  readonly code: ErrnoName;
  readonly operation: string;
  readonly path: string | undefined;

  constructor(code: ErrnoName, operation: string, path?: string) {
    super(errnoMessages[code]);
    this.code = code;
    this.operation = operation;
    this.path = path;
  }
}

/** Whether `error` is a `SystemError`, with one of `codes` if any are given. */
export function isSystemError(error: unknown, ...codes: readonly ErrnoName[]): error is SystemError {
  return error instanceof SystemError && (codes.length === 0 || codes.includes(error.code));
}
