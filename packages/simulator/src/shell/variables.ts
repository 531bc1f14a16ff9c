/** The variables of a shell: strings and indexed arrays, exported, read-only and integer, with the scopes of `local`. */

import { wordCharacters } from './limits.ts';

export interface Variable {
  /** The value; of an array that of element 0. `undefined`: declared, not set. */
  readonly value: string | undefined;
  /** The elements of an array by index. */
  readonly elements?: ReadonlyMap<number, string>;
  readonly exported?: boolean;
  readonly readonly?: boolean;
  readonly integer?: boolean;
}

/** A variable as it travels to a subshell. */
export interface SavedVariable {
  readonly name: string;
  readonly value?: string;
  readonly elements?: readonly (readonly [number, string])[];
  readonly flags: string;
}

export const namePattern = /^[A-Za-z_][A-Za-z0-9_]*$/;

function charactersOf(variable: Variable | undefined): number {
  if (!variable?.elements) return variable?.value?.length ?? 0;
  let characters = 0;
  for (const element of variable.elements.values()) characters += element.length + wordCharacters;
  return characters;
}

export class Variables {
  /** What all values take, those that `local` hides too. */
  characters = 0;
  private readonly table = new Map<string, Variable>();
  /** What `local` hides, innermost function last. */
  private readonly scopes: Map<string, Variable | undefined>[] = [];

  find(name: string): Variable | undefined {
    return this.table.get(name);
  }

  get(name: string): string | undefined {
    return this.table.get(name)?.value;
  }

  isReadonly(name: string): boolean {
    return this.table.get(name)?.readonly === true;
  }

  /** Gives `name` a value and keeps its attributes; a read-only variable stays, and the answer is false. */
  set(name: string, value: string): boolean {
    const old = this.table.get(name);
    if (old?.readonly) return false;
    if (old?.elements) return this.setElement(name, 0, value);
    this.put(name, { ...old, value });
    return true;
  }

  setElement(name: string, index: number, value: string): boolean {
    const old = this.table.get(name);
    if (old?.readonly) return false;
    const elements = new Map(old?.elements ?? (old?.value === undefined ? [] : [[0, old.value]]));
    elements.set(index, value);
    return this.setArray(name, elements);
  }

  setArray(name: string, elements: ReadonlyMap<number, string>): boolean {
    const old = this.table.get(name);
    if (old?.readonly) return false;
    const sorted = new Map([...elements].toSorted(([a], [b]) => a - b));
    this.put(name, { ...old, value: sorted.get(0), elements: sorted });
    return true;
  }

  /** Changes attributes, declaring the variable if need be. */
  mark(
    name: string,
    attributes: { readonly exported?: boolean; readonly readonly?: boolean; readonly integer?: boolean },
  ): void {
    this.table.set(name, { value: undefined, ...this.table.get(name), ...attributes });
  }

  /** Removes `name`; false if it is read-only. */
  unset(name: string): boolean {
    if (this.isReadonly(name)) return false;
    this.put(name, undefined);
    return true;
  }

  /** Puts a variable back as it was, whatever its attributes. */
  restore(name: string, variable: Variable | undefined): void {
    this.put(name, variable);
  }

  private put(name: string, variable: Variable | undefined): void {
    this.characters += charactersOf(variable) - charactersOf(this.table.get(name));
    if (variable) this.table.set(name, variable);
    else this.table.delete(name);
  }

  /** PIPESTATUS: how the processes of the last pipeline in the foreground ended. Nobody else gives it a value that lasts. */
  setPipeStatus(statuses: readonly number[]): void {
    const elements = new Map(statuses.map((status, index) => [index, String(status)]));
    this.put('PIPESTATUS', { ...this.table.get('PIPESTATUS'), value: elements.get(0), elements });
  }

  names(): readonly string[] {
    return [...this.table.keys()].toSorted();
  }

  /** The environment for a child. */
  environment(): Record<string, string> {
    const environment: Record<string, string> = {};
    for (const [name, variable] of this.table) {
      if (variable.exported && variable.value !== undefined && !variable.elements) environment[name] = variable.value;
    }
    return environment;
  }

  pushScope(): void {
    this.scopes.push(new Map());
  }

  popScope(): void {
    for (const [name, variable] of this.scopes.pop() ?? []) {
      this.characters -= charactersOf(variable);
      this.restore(name, variable);
    }
  }

  get inFunction(): boolean {
    return this.scopes.length > 0;
  }

  /** Makes `name` local to the running function. */
  makeLocal(name: string): void {
    const scope = this.scopes.at(-1);
    if (!scope || scope.has(name)) return;
    const old = this.table.get(name);
    scope.set(name, old);
    this.characters += charactersOf(old);
    this.put(name, { value: undefined, ...(old?.exported ? { exported: true } : {}) });
  }

  save(): readonly SavedVariable[] {
    return [...this.table].map(([name, variable]) => ({
      name,
      ...(variable.value === undefined ? {} : { value: variable.value }),
      ...(variable.elements ? { elements: [...variable.elements] } : {}),
      flags: `${variable.exported ? 'x' : ''}${variable.readonly ? 'r' : ''}${variable.integer ? 'i' : ''}`,
    }));
  }

  load(saved: readonly SavedVariable[]): void {
    this.table.clear();
    this.characters = 0;
    for (const { name, value, elements, flags } of saved) {
      this.put(name, {
        value,
        ...(elements ? { elements: new Map(elements) } : {}),
        exported: flags.includes('x'),
        readonly: flags.includes('r'),
        integer: flags.includes('i'),
      });
    }
  }
}
