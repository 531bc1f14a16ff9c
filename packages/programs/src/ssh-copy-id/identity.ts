/** Which public key is to be installed: the file of `-i`, what an agent holds, or the newest of ~/.ssh/id*.pub. */
import { isSystemError } from '@seashell/system';
import { readFile } from '../storage/read-file.ts';
import type { CopyRun, IdentityFile, Wishes } from './copy-run.ts';
import { withoutLastNewlines } from './key-lines.ts';
import { runCommand } from './run-command.ts';
import type { Message } from './texts.ts';

/** Where keys come from, as it is named to the user, and how they are had. */
export interface KeySource {
  readonly shown: string;
  read(): Promise<Uint8Array>;
}

/** The words of the shell for a file that does not open. */
const shellWords: Readonly<Partial<Record<string, string>>> = { ENOENT: 'No such file', ENOTDIR: 'No such file' };

/** `ls -t ~/.ssh/id*.pub`, certificates left out: the first, or nothing. */
export async function newestPublicKey(run: CopyRun): Promise<string> {
  const directory = `${run.home}/.ssh`;
  const names = await namesIn(run, directory);
  const found: { readonly path: string; readonly modifiedMilliseconds: number }[] = [];
  for (const name of names) {
    if (!/^id.*\.pub$/.test(name) || name.endsWith('-cert.pub')) continue;
    const path = `${directory}/${name}`;
    const { modifiedMilliseconds } = await run.system.files.status(path, { follow: false });
    found.push({ path, modifiedMilliseconds });
  }
  return found.toSorted((a, b) => b.modifiedMilliseconds - a.modifiedMilliseconds)[0]?.path ?? '';
}

async function namesIn(run: CopyRun, directory: string): Promise<readonly string[]> {
  try {
    return await run.system.files.readDirectory(directory);
  } catch (error) {
    if (isSystemError(error)) return [];
    throw error;
  }
}

/** The two files of an identity that `-i` names by either half; a message when one of them does not open. */
export async function identityOf(
  run: CopyRun,
  file: string,
  { forced = false }: Wishes,
): Promise<IdentityFile | Message> {
  if (file === '' && !run.isOld) return { text: `${run.name}: ERROR: no ID file found\n`, to: 2 };
  const publicPath = /.\.pub$/.test(file) ? file : `${file}.pub`;
  const slash = publicPath.lastIndexOf('/');
  const directory = slash < 0 ? '.' : publicPath.slice(0, slash);
  const privatePath = forced ? undefined : `${directory}/${publicPath.slice(slash + 1).replace(/(?<=.)\.pub$/, '')}`;
  for (const path of privatePath === undefined ? [publicPath] : [publicPath, privatePath]) {
    const why = await whyClosed(run, path);
    const hint = path === privatePath ? run.texts.forceHint(publicPath) : '';
    if (why !== undefined) return run.texts.cannotOpen(run.name, path, why + hint);
  }
  return { publicPath, privatePath };
}

async function whyClosed({ system }: CopyRun, path: string): Promise<string | undefined> {
  try {
    await system.streams.close(await system.files.open(path, { access: 'read' }));
    return undefined;
  } catch (error) {
    if (isSystemError(error)) return shellWords[error.code] ?? error.message;
    throw error;
  }
}

/** What an agent holds, if one is there. */
export async function agentSource(run: CopyRun): Promise<KeySource | undefined> {
  if ((run.system.process.environment['SSH_AUTH_SOCK'] ?? '') === '') return undefined;
  const list = () => runCommand(run.system, ['ssh-add', '-L'], { gather: 'output-and-errors' });
  const { status } = await list();
  if (status !== 0) return undefined;
  return { shown: 'ssh-add -L', read: async () => (await list()).output };
}

/** The file of an identity as a source. */
export const fileSource = ({ system }: CopyRun, { publicPath }: IdentityFile): KeySource => ({
  shown: `"${publicPath}"`,
  read: () => readFile(system, publicPath),
});

/** Whether a source gives anything but newlines. */
export const isEmpty = async (source: KeySource | undefined): Promise<boolean> =>
  source === undefined || withoutLastNewlines(await source.read()).length === 0;
