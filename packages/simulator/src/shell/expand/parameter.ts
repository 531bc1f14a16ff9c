/** The values of parameters: positional, special, variables and array elements (bash(1), PARAMETERS). */
import type { Shell } from '../shell.ts';

/** What a parameter stands for. `all`: `@` and `*`, also of an array, which give a list. */
export interface ParameterValue {
  readonly values: readonly string[];
  readonly set: boolean;
  readonly all?: '@' | '*';
}

const unset: ParameterValue = { values: [], set: false };

function single(value: string | undefined): ParameterValue {
  return value === undefined ? unset : { values: [value], set: true };
}

function dynamic(shell: Shell, name: string): string | undefined {
  if (name === 'RANDOM') {
    const [high = 0, low = 0] = shell.system.random.bytes(2);
    return String(((high << 8) | low) & 0x7fff);
  }
  if (name === 'LINENO') return String(shell.line);
  if (name === 'BASHPID') return String(shell.system.process.pid);
  if (name === 'EPOCHSECONDS') return String(Math.floor(shell.system.clock.now() / 1000));
  return name === 'SECONDS' ? String(Math.floor(shell.system.clock.monotonic() / 1000)) : undefined;
}

function special(shell: Shell, name: string): string | undefined {
  const values: Readonly<Record<string, () => string | undefined>> = {
    '?': () => String(shell.status),
    $: () => String(shell.shellPid),
    '!': () => (shell.lastBackgroundPid === undefined ? undefined : String(shell.lastBackgroundPid)),
    '#': () => String(shell.positional.length),
    '-': () => shell.flags,
    '0': () => shell.name,
  };
  return Object.hasOwn(values, name) ? values[name]?.() : undefined;
}

/** The value of a parameter by name, or of an element of an array. */
export function findParameter(shell: Shell, name: string, index?: string): ParameterValue {
  if (name === '@' || name === '*') return { values: shell.positional, set: shell.positional.length > 0, all: name };
  if (/^[1-9]\d*$/.test(name)) return single(shell.positional[Number(name) - 1]);
  if (!/^[A-Za-z_]/.test(name)) return single(special(shell, name));
  const variable = shell.variables.find(name);
  if (index === '@' || index === '*') {
    const values = variable?.elements
      ? [...variable.elements.values()]
      : variable?.value === undefined
        ? []
        : [variable.value];
    return { values, set: values.length > 0, all: index };
  }
  if (index === undefined) return single(dynamic(shell, name) ?? variable?.value);
  const at = Number(index);
  if (!variable?.elements) return at === 0 ? single(variable?.value) : unset;
  const last = [...variable.elements.keys()].at(-1) ?? -1;
  return single(variable.elements.get(at < 0 ? last + 1 + at : at));
}

/** The separator of `"$*"`. */
export function listSeparator(shell: Shell): string {
  const ifs = shell.variables.find('IFS');
  return ifs?.value === undefined ? ' ' : ifs.value.charAt(0);
}
