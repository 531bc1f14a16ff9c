/** Assignments: `name=value`, `name+=value`, `name[index]=value`, `name=(...)`. */
import type { Assignment, Word } from 'unbash';
import { evaluateArithmetic } from '../expand/arithmetic.ts';
import { expandArithmetic, expandToText, expandWords } from '../expand/word.ts';
import { maximumValueCharacters, maximumVariableCharacters } from '../limits.ts';
import type { Shell } from '../shell.ts';

async function valueText(shell: Shell, value: Word): Promise<string> {
  return expandToText(shell, value, { assignment: true });
}

function sum(shell: Shell, left: string, right: string): string {
  const result = evaluateArithmetic(`(${left || 0})+(${right || 0})`, {
    get: (name) => shell.variables.get(name),
    set: (name, _, value) => void shell.variables.set(name, value),
  });
  return 'value' in result ? String(result.value) : '0';
}

async function readonlyError(shell: Shell, name: string): Promise<void> {
  await shell.complain(`${name}: readonly variable`);
  shell.status = 1;
  shell.jump ??= { type: 'abort', fatal: false };
}

async function assignArray(shell: Shell, assignment: Assignment, elements: readonly Word[]): Promise<boolean> {
  const { name, append } = assignment;
  const old = shell.variables.find(name)?.elements ?? new Map<number, string>();
  const map = new Map<number, string>(append ? old : []);
  let next = append ? ([...old.keys()].at(-1) ?? -1) + 1 : 0;
  for (const element of elements) {
    const indexed = /^\[([^\]]*)\]=/.exec(element.text);
    if (indexed) {
      next = Number(await expandArithmetic(shell, indexed[1] ?? '0'));
      map.set(next++, (await expandToText(shell, element)).replace(/^\[[^\]]*\]=/, ''));
      continue;
    }
    for (const text of await expandWords(shell, [element])) map.set(next++, text);
  }
  return shell.variables.setArray(name, map);
}

/** Ends the shell if its variables, or a value of that many characters, take more than it may have. */
export async function checkRoom(shell: Shell, characters = 0): Promise<void> {
  const held = shell.variables.characters;
  if (characters > maximumValueCharacters) await shell.exhaust(characters);
  else if (held > maximumVariableCharacters) await shell.exhaust(held);
}

/** Stores a value that is expanded already, as export, read and the like do; false after a message if it is read-only. */
export async function setVariable(shell: Shell, name: string, value: string): Promise<boolean> {
  await checkRoom(shell, value.length);
  if (shell.jump?.type === 'exit') return false;
  const integer = shell.variables.find(name)?.integer === true;
  const done = shell.variables.set(name, integer ? sum(shell, value, '0') : value);
  if (!done) await readonlyError(shell, name);
  else if (shell.options.has('allexport')) shell.variables.mark(name, { exported: true });
  return done;
}

/** Carries out one assignment; false after a message. */
export async function assign(shell: Shell, assignment: Assignment): Promise<boolean> {
  const { name, value, append, index } = assignment;
  if (value.type === 'ArrayValue') {
    const done = await assignArray(shell, assignment, value.elements);
    if (!done) await readonlyError(shell, name);
    await checkRoom(shell);
    return done;
  }
  const text = await valueText(shell, value);
  if (shell.jump) return false;
  const old = shell.variables.find(name);
  const appended = (before: string | undefined) =>
    !append ? text : old?.integer ? sum(shell, before ?? '', text) : `${before ?? ''}${text}`;
  if (!index) return setVariable(shell, name, appended(old?.value));
  const at = Number(await expandArithmetic(shell, await expandToText(shell, index)));
  const element = appended(old?.elements?.get(at));
  await checkRoom(shell, element.length);
  const done = shell.variables.setElement(name, at, element);
  if (!done) await readonlyError(shell, name);
  return done;
}
