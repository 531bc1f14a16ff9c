/** Prompts: the backslash escapes of PS1 and PS2, then parameter expansion (bash(1), PROMPTING). */
import { parse } from 'unbash';
import { abbreviateHome } from './execute/jobs.ts';
import { formatDate } from '../commands/times.ts';
import { expandToText } from './expand/word.ts';
import type { Shell } from './shell.ts';
import { byteText } from '../commands/byte-text.ts';

function shortDirectory(shell: Shell): string {
  return abbreviateHome(shell, shell.variables.get('PWD') ?? '');
}

type Escape = (shell: Shell) => string | Promise<string>;

const now = (shell: Shell, format: string): string => formatDate(new Date(shell.system.clock.now()), format);

const escapes: Readonly<Record<string, Escape>> = {
  a: () => '\u0007',
  e: () => '\u001B',
  n: () => '\n',
  r: () => '\r',
  '[': () => '\u0001',
  ']': () => '\u0002',
  '\\': () => '\\',
  u: async (shell) =>
    (await shell.system.process.findUser({ uid: shell.system.process.credentials.uid }))?.name ?? 'I have no name!',
  h: (shell) => shell.system.host.hostname.split('.')[0] ?? '',
  H: (shell) => shell.system.host.hostname,
  w: shortDirectory,
  W: (shell) => {
    const directory = shortDirectory(shell);
    return directory === '/' || directory === '~' ? directory : directory.slice(directory.lastIndexOf('/') + 1);
  },
  $: (shell) => (shell.system.process.credentials.uid === 0 ? '#' : '$'),
  s: (shell) => shell.name.replace(/^.*\//, ''),
  v: () => '5.2',
  V: () => '5.2.15',
  j: (shell) => String(shell.jobs.length),
  '!': (shell) => String(shell.history.length + 1),
  '#': (shell) => String(shell.history.length + 1),
  d: (shell) => now(shell, '%a %b %d'),
  t: (shell) => now(shell, '%H:%M:%S'),
  T: (shell) => now(shell, '%I:%M:%S'),
  '@': (shell) => now(shell, '%I:%M %p'),
  A: (shell) => now(shell, '%H:%M'),
};

async function expandVariables(shell: Shell, text: string): Promise<string> {
  if (!/[$`]/.test(text)) return text;
  const source = `: "${text.replaceAll('"', '\\"')}"`;
  const command = parse(source).commands[0]?.command;
  const word = command?.type === 'Command' ? command.args[0] : undefined;
  if (word?.type !== 'Word') return text;
  const { status } = shell;
  let expanded = text;
  await shell.within({ source, firstLine: 1 }, () =>
    shell.guard(async () => {
      expanded = await expandToText(shell, word);
      return 0;
    }),
  );
  shell.status = status;
  return expanded;
}

/** The prompt that a variable describes; \[ and \] become U+0001 and U+0002. */
export async function expandPrompt(shell: Shell, template: string): Promise<string> {
  let text = '';
  for (let at = 0; at < template.length; at++) {
    const letter = template[at + 1];
    if (template[at] !== '\\' || letter === undefined) {
      text += template.charAt(at);
      continue;
    }
    const octal = /^[0-7]{3}/.exec(template.slice(at + 1));
    const escape = escapes[letter];
    const value = octal ? byteText(parseInt(octal[0], 8) & 255) : await escape?.(shell);
    // What an escape gives is no source: a `$` in it must not be expanded.
    text += value === undefined ? `\\${letter}` : value.replace(/[\\$`]/g, '\\$&');
    at += octal ? 3 : 1;
  }
  return expandVariables(shell, text).then((expanded) =>
    /[$`]/.test(text) ? expanded : expanded.replace(/\\([\\$`])/g, '$1'),
  );
}
