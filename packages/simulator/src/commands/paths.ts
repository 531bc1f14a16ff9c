/** Paths as text, and looking at what they name. */
import { isSystemError, type FileStatus, type System } from '@seashell/system';

/** The last component, as basename(1) finds it. */
export function baseName(path: string): string {
  const trimmed = path.replace(/\/+$/, '');
  return trimmed === '' ? (path === '' ? '' : '/') : trimmed.slice(trimmed.lastIndexOf('/') + 1);
}

/** All but the last component, as dirname(1) finds it. */
export function directoryName(path: string): string {
  const trimmed = path.replace(/\/+$/, '');
  if (trimmed === '') return path === '' ? '.' : '/';
  const slash = trimmed.lastIndexOf('/');
  if (slash === -1) return '.';
  return trimmed.slice(0, slash).replace(/\/+$/, '') || '/';
}

export function joinPath(directory: string, name: string): string {
  return directory.endsWith('/') ? directory + name : `${directory}/${name}`;
}

/** The status of a path, or `undefined` if there is nothing there or it cannot be reached. */
export async function statusIfAny(
  system: Pick<System, 'files'>,
  path: string,
  follow = true,
): Promise<FileStatus | undefined> {
  try {
    return await system.files.status(path, { follow });
  } catch (error) {
    if (isSystemError(error)) return undefined;
    throw error;
  }
}

/** The regular file that standard output is, if it is one. */
export async function outputFile(system: Pick<System, 'files'>): Promise<FileStatus | undefined> {
  try {
    const status = await system.files.descriptorStatus(1);
    return status.type === 'file' ? status : undefined;
  } catch (error) {
    if (isSystemError(error)) return undefined;
    throw error;
  }
}
