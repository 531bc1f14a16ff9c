/** Pathname expansion: a word with pattern characters becomes the paths that match, sorted; without a match it stays. */
import { isSystemError, type System } from '@seashell/system';
import { compilePattern, hasPattern, type Fragment } from './pattern.ts';

type Files = Pick<System, 'files'>;

/** Cuts fragments at each slash into the components of the path. */
function components(fragments: readonly Fragment[]): readonly (readonly Fragment[])[] {
  const parts: Fragment[][] = [[]];
  for (const fragment of fragments) {
    fragment.text.split('/').forEach((text, index) => {
      if (index > 0) parts.push([]);
      if (text !== '') parts.at(-1)?.push({ ...fragment, text });
    });
  }
  return parts;
}

async function directoryNames(system: Files, directory: string): Promise<readonly string[]> {
  try {
    return await system.files.readDirectory(directory === '' ? '.' : directory);
  } catch (error) {
    if (isSystemError(error)) return [];
    throw error;
  }
}

async function exists(system: Files, path: string): Promise<boolean> {
  try {
    await system.files.status(path, { follow: false });
    return true;
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}

async function isDirectory(system: Files, path: string): Promise<boolean> {
  try {
    return (await system.files.status(path)).type === 'directory';
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}

async function matchComponent(system: Files, base: string, pattern: readonly Fragment[]): Promise<readonly string[]> {
  const expression = compilePattern(pattern);
  const hidden = pattern
    .map((fragment) => fragment.text)
    .join('')
    .startsWith('.');
  const names = await directoryNames(system, base);
  const all = hidden ? ['.', '..', ...names] : names.filter((name) => !name.startsWith('.'));
  return all.filter((name) => expression.test(name)).map((name) => `${base}${name}`);
}

/** The paths that match, or none. */
export async function expandPathname(system: Files, fragments: readonly Fragment[]): Promise<readonly string[]> {
  const parts = components(fragments);
  let bases: readonly string[] = [''];
  for (const [index, part] of parts.entries()) {
    const last = index === parts.length - 1;
    const literal = part.map((fragment) => fragment.text).join('');
    const next: string[] = [];
    for (const base of bases) {
      const found = hasPattern(part) ? await matchComponent(system, base, part) : [`${base}${literal}`];
      for (const path of found) {
        if (
          last ? hasPattern(part) || (await exists(system, path)) : path === '' || (await isDirectory(system, path))
        ) {
          next.push(last ? path : `${path}/`);
        }
      }
    }
    bases = next;
  }
  return bases.toSorted();
}
