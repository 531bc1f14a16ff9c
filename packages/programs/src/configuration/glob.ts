/** glob(3) as Include uses it: `*` and `?` in any part of a path, the matches sorted; names with a leading dot only where asked for. */
import { matchPattern } from '@seashell/core/config';
import { isSystemError, type System } from '@seashell/system';
import { findStatus } from '../storage/read-file.ts';

/** More would be a mistake, or an attack on the time it takes. */
const maximumMatches = 4096;

/** The paths that an absolute pattern names; none if nothing matches. */
export async function glob(system: Pick<System, 'files'>, pattern: string): Promise<readonly string[]> {
  let paths: readonly string[] = [''];
  for (const part of pattern.split('/').slice(1)) {
    const next: string[] = [];
    for (const path of paths) next.push(...(await expandPart(system, path, part)));
    paths = next.slice(0, maximumMatches);
  }
  return paths;
}

async function expandPart(system: Pick<System, 'files'>, path: string, part: string): Promise<readonly string[]> {
  if (!/[*?]/.test(part)) {
    const next = `${path}/${part}`;
    return (await findStatus(system, next)) === undefined ? [] : [next];
  }
  const names = await readNames(system, path === '' ? '/' : path);
  return names
    .filter((name) => (part.startsWith('.') || !name.startsWith('.')) && matchPattern(name, part))
    .map((name) => `${path}/${name}`);
}

async function readNames(system: Pick<System, 'files'>, path: string): Promise<readonly string[]> {
  try {
    return await system.files.readDirectory(path);
  } catch (error) {
    if (isSystemError(error)) return [];
    throw error;
  }
}
