/** Runs one operation at a time, and turns what Node throws into `SystemError`. */
import { errnoMessages, SystemError, type ErrnoName } from '@seashell/system';

/** Codes of Node and of getaddrinfo(3) that have another name in `errnoMessages`. */
const synonyms: Readonly<Record<string, ErrnoName>> = {
  EAI_NONAME: 'ENOTFOUND',
  EAI_NODATA: 'ENOTFOUND',
  EAI_AGAIN: 'EAI_AGAIN',
  EOPNOTSUPP: 'ENOTSUP',
  ERR_STREAM_WRITE_AFTER_END: 'EPIPE',
  ERR_STREAM_DESTROYED: 'EPIPE',
  EPROTOTYPE: 'EPIPE',
};

const isErrnoName = (code: string): code is ErrnoName => Object.hasOwn(errnoMessages, code);

/** The errno name of an error that Node threw; EIO when it names none that we know. */
export function errnoOf(error: unknown): ErrnoName {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  return isErrnoName(code) ? code : (synonyms[code] ?? 'EIO');
}

/** Whether the error is one of the platform, not a bug of ours. */
const isPlatformError = (error: unknown): boolean => error instanceof Error && 'code' in error;

export class OperationGuard {
  #running: string | undefined;

  /** Throws a plain Error (an assertion) when another operation of the process is in flight. */
  async run<T>(operation: string, body: () => Promise<T>, path?: string): Promise<T> {
    if (this.#running !== undefined) {
      throw new Error(`assertion failed: ${operation} while ${this.#running} is in flight`);
    }
    this.#running = operation;
    try {
      return await body();
    } catch (error) {
      if (error instanceof SystemError || !isPlatformError(error)) throw error;
      throw new SystemError(errnoOf(error), operation, path);
    } finally {
      this.#running = undefined;
    }
  }
}
