/** Pathname expansion: a word with pattern characters becomes the paths that match, sorted; without a match it stays. */
import { isSystemError, type System } from '@seashell/system';
import { matchesWhole } from './match.ts';
import { parsePattern, type Fragment, type Pattern } from './pattern.ts';

type Files = Pick<System, 'files'>;

/** Cuts fragments at each slash into the components of the path. */
function splitAtSlashes(fragments: readonly Fragment[]): readonly (readonly Fragment[])[] {
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

async function isDirectory(system: Files, path: string, follow: boolean): Promise<boolean> {
  try {
    return (await system.files.status(path, { follow })).type === 'directory';
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}

interface Scope {
  readonly system: Files;
  /** Of shopt: dotglob, globskipdots, globstar. */
  readonly options: ReadonlySet<string>;
}

/** One component of the path. */
interface Component {
  readonly pattern: Pattern;
  readonly literal: string;
  readonly isLast: boolean;
}

function componentsOf(fragments: readonly Fragment[]): readonly Component[] {
  const parts = splitAtSlashes(fragments);
  return parts.map((part, index) => ({
    pattern: parsePattern(part),
    literal: part.map((fragment) => fragment.text).join(''),
    isLast: index === parts.length - 1,
  }));
}

/** Names in `directory` that a pattern may match; those that begin with a dot only if it does, too. */
async function candidates({ system, options }: Scope, directory: string, dotted: boolean): Promise<readonly string[]> {
  const names = await directoryNames(system, directory);
  if (!dotted) return options.has('dotglob') ? names : names.filter((name) => !name.startsWith('.'));
  return options.has('globskipdots') ? names : ['.', '..', ...names];
}

async function matchComponent(scope: Scope, base: string, component: Component): Promise<readonly string[]> {
  const names = await candidates(scope, base, component.literal.startsWith('.'));
  const paths = names.filter((name) => matchesWhole(component.pattern, name)).map((name) => `${base}${name}`);
  if (component.isLast) return paths;
  const directories: string[] = [];
  for (const path of paths) if (await isDirectory(scope.system, path, true)) directories.push(`${path}/`);
  return directories;
}

/** `**` of globstar: a directory and all below it, with the files if it is the last component. Symbolic links are not followed. */
async function matchDeep(scope: Scope, base: string, component: Component): Promise<readonly string[]> {
  const found = component.isLast && base === '' ? [] : [base];
  for (const name of await candidates(scope, base, false)) {
    const path = `${base}${name}`;
    const deeper = await isDirectory(scope.system, path, false);
    if (component.isLast) found.push(path);
    if (deeper) found.push(...(await matchDeep(scope, `${path}/`, component)).slice(component.isLast ? 1 : 0));
  }
  return found;
}

async function extendPath(scope: Scope, base: string, component: Component): Promise<readonly string[]> {
  const path = `${base}${component.literal}`;
  if (component.literal === '**' && component.pattern.special && scope.options.has('globstar')) {
    return matchDeep(scope, base, component);
  }
  if (component.pattern.special) return matchComponent(scope, base, component);
  if (component.isLast) return (await exists(scope.system, path)) ? [path] : [];
  return path === '' || (await isDirectory(scope.system, path, true)) ? [`${path}/`] : [];
}

/** The paths that match, or none. */
export async function expandPathname(
  system: Files,
  fragments: readonly Fragment[],
  options: ReadonlySet<string>,
): Promise<readonly string[]> {
  let bases: readonly string[] = [''];
  for (const component of componentsOf(fragments)) {
    const next: string[] = [];
    for (const base of bases) next.push(...(await extendPath({ system, options }, base, component)));
    bases = next;
  }
  return bases.toSorted();
}
