/** Redirections: each makes another map of the shell's descriptor numbers; what was opened for a command is closed after it. */
import { isSystemError, type OpenOptions } from '@seashell/system';
import type { HereDoc, Redirect, Redirection, Word } from 'unbash';
import { toBytes } from '../../commands/byte-text.ts';
import { writeAll } from '../../commands/streams.ts';
import { expandParts, expandToText, expandWords } from '../expand/word.ts';
import type { Descriptors, Shell } from '../shell.ts';

/** A here-document up to this size goes through a pipe, whose buffer holds it; a longer one through a file. */
const pipeBytes = 4096;

interface Redirecting {
  readonly shell: Shell;
  readonly map: Map<number, number>;
  /** Descriptors of the process that were opened here. */
  readonly opened: number[];
}

const openModes: Readonly<Record<string, OpenOptions>> = {
  '<': { access: 'read' },
  '>': { access: 'write', create: true, truncate: true },
  '>|': { access: 'write', create: true, truncate: true },
  '>>': { access: 'write', create: true, append: true },
  '<>': { access: 'readWrite', create: true },
  '&>': { access: 'write', create: true, truncate: true },
  '&>>': { access: 'write', create: true, append: true },
};

async function fail(state: Redirecting, message: string): Promise<boolean> {
  await state.shell.complain(message);
  return false;
}

async function targetText(state: Redirecting, word: Word | undefined): Promise<string | undefined> {
  if (!word) return undefined;
  const texts = await expandWords(state.shell, [word]);
  const [text] = texts;
  if (state.shell.jump) return undefined;
  if (texts.length === 1 && text !== undefined) return text;
  await fail(state, `${word.text}: ambiguous redirect`);
  return undefined;
}

async function refuseOverwrite(shell: Shell, path: string): Promise<boolean> {
  if (!shell.options.has('noclobber')) return false;
  try {
    return (await shell.system.files.status(path)).type === 'file';
  } catch (error) {
    if (isSystemError(error)) return false;
    throw error;
  }
}

async function openFile(state: Redirecting, redirect: Redirect): Promise<boolean> {
  const path = await targetText(state, redirect.target);
  const mode = openModes[redirect.operator];
  if (path === undefined || !mode) return false;
  if (redirect.operator === '>' && (await refuseOverwrite(state.shell, path))) {
    return fail(state, `${path}: cannot overwrite existing file`);
  }
  try {
    const descriptor = await state.shell.system.files.open(path, mode);
    state.opened.push(descriptor);
    const both = redirect.operator.startsWith('&');
    state.map.set(both ? 1 : descriptorNumber(redirect, mode.access === 'write' ? 1 : 0), descriptor);
    if (both) state.map.set(2, descriptor);
    return true;
  } catch (error) {
    if (isSystemError(error)) return fail(state, `${path}: ${error.message}`);
    throw error;
  }
}

function descriptorNumber(redirect: Redirection, otherwise: number): number {
  return redirect.descriptor?.type === 'FileDescriptor' ? redirect.descriptor.value : otherwise;
}

async function copyDescriptor(state: Redirecting, redirect: Redirect): Promise<boolean> {
  const text = await targetText(state, redirect.target);
  if (text === undefined) return false;
  const number = descriptorNumber(redirect, redirect.operator === '<&' ? 0 : 1);
  if (text === '-') {
    state.map.delete(number);
    return true;
  }
  const match = /^(\d+)(-?)$/.exec(text);
  if (!match) {
    if (redirect.operator !== '>&' || redirect.descriptor) return fail(state, `${text}: ambiguous redirect`);
    return openFile(state, { ...redirect, operator: '&>' });
  }
  const source = state.map.get(Number(match[1]));
  if (source === undefined) return fail(state, `${match[1]}: Bad file descriptor`);
  if (match[2]) state.map.delete(Number(match[1]));
  state.map.set(number, source);
  return true;
}

async function provideText(state: Redirecting, number: number, text: string): Promise<boolean> {
  const { streams, files, process } = state.shell.system;
  const bytes = toBytes(text);
  if (bytes.length <= pipeBytes) {
    const { reader, writer } = await streams.pipe();
    await writeAll(state.shell.system, writer, bytes);
    await streams.close(writer);
    state.opened.push(reader);
    state.map.set(number, reader);
    return true;
  }
  const path = `/tmp/sh-thd.${process.pid}.${state.opened.length}`;
  const writer = await files.open(path, { access: 'write', create: true, truncate: true, mode: 0o600 });
  await writeAll(state.shell.system, writer, bytes);
  await streams.close(writer);
  const reader = await files.open(path, { access: 'read' });
  await files.remove(path, 'file');
  state.opened.push(reader);
  state.map.set(number, reader);
  return true;
}

async function hereDocumentText(shell: Shell, node: HereDoc): Promise<string> {
  const strip = (text: string) => (node.operator === '<<-' ? text.replace(/^\t+/gm, '') : text);
  if (node.delimiter?.quoted) return strip(node.body.text);
  return node.body.parts ? strip(await expandParts(shell, node.body.parts)) : strip(unescapeBody(node.body.text));
}

/** In an unquoted here-document a backslash quotes only `$`, a backquote, itself and the end of the line. */
function unescapeBody(text: string): string {
  return text.replace(/\\([$`\\]|\n)/g, (_, character: string) => (character === '\n' ? '' : character));
}

async function applyRedirection(state: Redirecting, redirect: Redirection): Promise<boolean> {
  if (redirect.descriptor?.type === 'FileDescriptorVariable') {
    return fail(state, `{${redirect.descriptor.name}}: redirection to a variable is not supported`);
  }
  if (redirect.type === 'HereDoc') {
    return provideText(state, descriptorNumber(redirect, 0), await hereDocumentText(state.shell, redirect));
  }
  if (redirect.type === 'HereString') {
    const text = redirect.target ? await expandToText(state.shell, redirect.target) : '';
    return provideText(state, descriptorNumber(redirect, 0), `${text}\n`);
  }
  if (redirect.operator === '<&' || redirect.operator === '>&') return copyDescriptor(state, redirect);
  return openFile(state, redirect);
}

/** Redirected descriptors, and how to give them back. */
export interface Redirected {
  readonly descriptors: Descriptors;
  readonly opened: readonly number[];
}

async function closeAll(shell: Shell, opened: readonly number[]): Promise<void> {
  for (const descriptor of opened) await shell.system.streams.close(descriptor);
}

/** Carries out redirections in order; `undefined` after a message if one fails. */
export async function openRedirections(
  shell: Shell,
  redirections: readonly Redirection[],
  descriptors: Descriptors,
): Promise<Redirected | undefined> {
  const state: Redirecting = { shell, map: new Map(descriptors), opened: [] };
  for (const redirect of redirections) {
    if (await applyRedirection(state, redirect)) continue;
    await closeAll(shell, state.opened);
    return undefined;
  }
  return { descriptors: state.map, opened: state.opened };
}

/** Runs `action` with the descriptors that `redirections` make; 1 if one of them fails. */
export async function withRedirections(
  shell: Shell,
  scope: { readonly redirections: readonly Redirection[]; readonly descriptors: Descriptors },
  action: (descriptors: Descriptors) => Promise<number>,
): Promise<number> {
  if (scope.redirections.length === 0) return action(scope.descriptors);
  const redirected = await openRedirections(shell, scope.redirections, scope.descriptors);
  if (!redirected) return 1;
  const status = await action(redirected.descriptors);
  await closeAll(shell, redirected.opened);
  return status;
}
