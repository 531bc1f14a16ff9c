/** The files that grep searches: operands, and what is below directories. */
import { isSystemError } from '@seashell/system';
import { globExpression } from '../glob-expression.ts';
import { baseName, joinPath, outputFile, statusIfAny } from '../paths.ts';
import { searchDescriptor, type Search } from './search.ts';

async function complain(search: Search, message: string): Promise<void> {
  search.failed = true;
  if (search.context.options.has('no-messages')) return;
  await search.context.output.flush();
  await search.context.complain(message);
}

const matchesAny = (globs: readonly string[], path: string): boolean =>
  globs.some((glob) => globExpression(glob).test(glob.includes('/') ? path : baseName(path)));

function isLeftOut({ context }: Search, path: string, isDirectory: boolean): boolean {
  const { options } = context;
  if (isDirectory) return matchesAny(options.values('exclude-dir'), path);
  const included = options.values('include');
  return matchesAny(options.values('exclude'), path) || (included.length > 0 && !matchesAny(included, path));
}

/** It would match its own output for ever. */
async function isOwnOutput({ context, settings }: Search, descriptor: number): Promise<boolean> {
  if (settings.report === 'nothing' || settings.report === 'matching' || settings.report === 'missing') return false;
  const target = await outputFile(context.system);
  if (!target) return false;
  const source = await context.system.files.descriptorStatus(descriptor);
  return source.type === 'file' && source.inode === target.inode;
}

async function searchOpen(search: Search, descriptor: number, name: string): Promise<void> {
  if (search.settings.limit > 1 && (await isOwnOutput(search, descriptor)))
    await complain(search, `${name}: input file is also the output`);
  else await searchDescriptor(search, descriptor, name);
}

async function searchFile(search: Search, path: string): Promise<void> {
  const { system } = search.context;
  try {
    const descriptor = await system.files.open(path, { access: 'read' });
    await searchOpen(search, descriptor, path);
    await system.streams.close(descriptor);
  } catch (error) {
    if (!isSystemError(error) || error.operation === 'write') throw error;
    await complain(search, `${path}: ${error.message}`);
  }
}

async function searchDirectory(search: Search, directory: string, bare: boolean): Promise<void> {
  const { system, options } = search.context;
  try {
    for (const name of await system.files.readDirectory(directory)) {
      const path = bare ? name : joinPath(directory, name);
      const status = await statusIfAny(system, path, options.has('dereference-recursive'));
      if (status?.type !== 'directory' && status?.type !== 'file') continue;
      if (isLeftOut(search, path, status.type === 'directory')) continue;
      if (status.type === 'directory') await searchDirectory(search, path, false);
      else await searchFile(search, path);
    }
  } catch (error) {
    if (!isSystemError(error) || error.operation === 'write') throw error;
    await complain(search, `${directory}: ${error.message}`);
  }
}

async function searchInput(search: Search): Promise<void> {
  const { label } = search.settings;
  try {
    await searchOpen(search, 0, label);
  } catch (error) {
    if (!isSystemError(error) || error.operation === 'write') throw error;
    await complain(search, `${label}: ${error.message}`);
  }
}

/** Searches what an operand names; `bare` for the directory that is searched when none is named. */
export async function searchOperand(search: Search, path: string, bare: boolean): Promise<void> {
  if (path === '-') return searchInput(search);
  const { settings, context } = search;
  const status = await statusIfAny(context.system, path);
  const isDirectory = status?.type === 'directory';
  if (!bare && isLeftOut(search, path, isDirectory)) return;
  if (!isDirectory) return searchFile(search, path);
  if (settings.recursive) return searchDirectory(search, path, bare);
  if (!settings.skipDirectories) await complain(search, `${path}: Is a directory`);
}
