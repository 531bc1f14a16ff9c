/** Tilde expansion: `~`, `~user`, `~+`, `~-` at the start of a word, in an assignment also after each colon. */
import type { Shell } from '../shell.ts';
import type { Fragment } from './pattern.ts';

async function homeOf(shell: Shell, name: string): Promise<string | undefined> {
  if (name === '') {
    const home = shell.variables.get('HOME');
    return home ?? (await shell.system.process.findUser({ uid: shell.system.process.credentials.uid }))?.home;
  }
  if (name === '+') return shell.variables.get('PWD');
  if (name === '-') return shell.variables.get('OLDPWD');
  return (await shell.system.process.findUser({ name }))?.home;
}

async function expandPrefix(shell: Shell, text: string, complete: boolean): Promise<readonly Fragment[]> {
  const match = /^~([A-Za-z0-9_.+-]*)/.exec(text);
  if (!match || (match[0].length === text.length ? !complete : !/^[/:]/.test(text.slice(match[0].length)))) {
    return [{ text, quoted: false }];
  }
  const home = await homeOf(shell, match[1] ?? '');
  if (home === undefined) return [{ text, quoted: false }];
  return [
    { text: home, quoted: true },
    { text: text.slice(match[0].length), quoted: false },
  ];
}

/** Replaces the tilde prefixes of a word. */
export async function expandTilde(
  shell: Shell,
  fragments: readonly Fragment[],
  assignment: boolean,
): Promise<readonly Fragment[]> {
  const expanded: Fragment[] = [];
  for (const [index, fragment] of fragments.entries()) {
    const whole = index === fragments.length - 1;
    if (fragment.quoted || fragment.split || !fragment.text.includes('~') || (index > 0 && !assignment)) {
      expanded.push(fragment);
      continue;
    }
    const pieces = assignment ? fragment.text.split(/(?<=:)/) : [fragment.text];
    for (const [at, piece] of pieces.entries()) {
      const eligible = (index === 0 || at > 0) && piece.startsWith('~');
      expanded.push(
        ...(eligible
          ? await expandPrefix(shell, piece, whole || at < pieces.length - 1)
          : [{ text: piece, quoted: false }]),
      );
    }
  }
  return expanded;
}
