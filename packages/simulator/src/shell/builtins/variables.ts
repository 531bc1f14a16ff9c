/** export, readonly, declare, local, unset, set, shift, let and shopt. */
import { setVariable } from '../execute/assignment.ts';
import { expandArithmetic } from '../expand/word.ts';
import { quoteForShell } from '../expand/operation.ts';
import { optionLetters } from '../invocation.ts';
import type { Shell } from '../shell.ts';
import { namePattern, type Variable } from '../variables.ts';
import { takeLetters, type Builtin, type BuiltinContext } from './builtin.ts';

type Attributes = { readonly exported?: boolean; readonly readonly?: boolean; readonly integer?: boolean };

function quoteValue(value: string): string {
  return `"${value.replace(/[\\"$`]/g, '\\$&')}"`;
}

function formatDeclaration(name: string, variable: Variable): string {
  const flags = `${variable.elements ? 'a' : ''}${variable.integer ? 'i' : ''}${variable.readonly ? 'r' : ''}${variable.exported ? 'x' : ''}`;
  const head = `declare -${flags === '' ? '-' : flags} ${name}`;
  if (variable.elements) {
    const items = [...variable.elements].map(([index, value]) => `[${index}]=${quoteValue(value)}`);
    return `${head}=(${items.join(' ')})`;
  }
  return variable.value === undefined ? head : `${head}=${quoteValue(variable.value)}`;
}

async function listVariables(context: BuiltinContext, wanted: (variable: Variable) => boolean): Promise<number> {
  const { variables } = context.shell;
  for (const name of variables.names()) {
    const variable = variables.find(name);
    if (variable && wanted(variable)) await context.write(`${formatDeclaration(name, variable)}\n`);
  }
  return 0;
}

/** Handles `name` and `name=value` operands; 1 if one is no name. */
async function declareEach(
  context: BuiltinContext,
  operands: readonly string[],
  { local = false, ...attributes }: Attributes & { readonly local?: boolean },
): Promise<number> {
  const { shell } = context;
  let status = 0;
  for (const operand of operands) {
    const match = /^([^=]*?)(\+?=)(.*)$/s.exec(operand);
    const name = match?.[1] ?? operand;
    if (!namePattern.test(name)) {
      await context.complain(`\`${operand}': not a valid identifier`);
      status = 1;
      continue;
    }
    if (local) shell.variables.makeLocal(name);
    if (attributes.integer) shell.variables.mark(name, { integer: true });
    if (match) {
      const before = match[2] === '+=' ? (shell.variables.get(name) ?? '') : '';
      if (!(await setVariable(shell, name, `${before}${match[3] ?? ''}`))) return 1;
    }
    shell.variables.mark(name, attributes);
  }
  return status;
}

/** export. */
export const exportVariables: Builtin = async (context) => {
  const taken = await takeLetters(context, 'fnp', 'export [-fn] [name[=value] ...] or export -p');
  if (!taken) return 2;
  if (taken.operands.length === 0) {
    const { variables } = context.shell;
    for (const name of variables.names()) {
      const variable = variables.find(name);
      if (variable?.exported) await context.write(`${formatDeclaration(name, variable)}\n`);
    }
    return 0;
  }
  return declareEach(context, taken.operands, { exported: !taken.letters.has('n') });
};

/** readonly. */
export const readonly: Builtin = async (context) => {
  const taken = await takeLetters(context, 'aAfp', 'readonly [-aAf] [name[=value] ...] or readonly -p');
  if (!taken) return 2;
  if (taken.operands.length === 0) return listVariables(context, (variable) => variable.readonly === true);
  return declareEach(context, taken.operands, { readonly: true });
};

/** declare and typeset. */
export const declare: Builtin = async (context) => {
  const taken = await takeLetters(
    context,
    'aAfFgiIlnrtuxp',
    'declare [-aAfFgiIlnrtux] [name[=value] ...] or declare -p [-aAfFilnrtux] [name ...]',
  );
  if (!taken) return 2;
  const { shell } = context;
  const { letters, operands } = taken;
  if (letters.has('A') || letters.has('n')) {
    await context.complain('associative arrays and name references: not supported');
    return 2;
  }
  if (letters.has('f') || letters.has('F')) return listFunctions(context, operands, letters.has('F'));
  if (letters.has('p') && operands.length > 0) return printEach(context, operands);
  if (operands.length === 0)
    return listVariables(context, (variable) => !letters.has('x') || variable.exported === true);
  const attributes = {
    ...(letters.has('x') ? { exported: true } : {}),
    ...(letters.has('r') ? { readonly: true } : {}),
    ...(letters.has('i') ? { integer: true } : {}),
  };
  return declareEach(context, operands, { ...attributes, local: shell.variables.inFunction && !letters.has('g') });
};

async function printEach(context: BuiltinContext, names: readonly string[]): Promise<number> {
  let status = 0;
  for (const name of names) {
    const variable = context.shell.variables.find(name);
    if (variable) await context.write(`${formatDeclaration(name, variable)}\n`);
    else {
      await context.complain(`${name}: not found`);
      status = 1;
    }
  }
  return status;
}

async function listFunctions(context: BuiltinContext, names: readonly string[], namesOnly: boolean): Promise<number> {
  const { functions } = context.shell;
  for (const name of names.length > 0 ? names : [...functions.keys()].toSorted()) {
    const definition = functions.get(name);
    if (!definition) return 1;
    const { node, unit } = definition;
    await context.write(namesOnly ? `declare -f ${name}\n` : `${unit.source.slice(node.pos, node.end)}\n`);
  }
  return 0;
}

/** local. */
export const local: Builtin = async (context) => {
  if (!context.shell.variables.inFunction) {
    await context.complain('can only be used in a function');
    return 1;
  }
  const taken = await takeLetters(context, 'airx', 'local [option] name[=value] ...');
  if (!taken) return 2;
  const attributes = {
    ...(taken.letters.has('x') ? { exported: true } : {}),
    ...(taken.letters.has('i') ? { integer: true } : {}),
    ...(taken.letters.has('r') ? { readonly: true } : {}),
  };
  return declareEach(context, taken.operands, { ...attributes, local: true });
};

/** unset. */
export const unset: Builtin = async (context) => {
  const taken = await takeLetters(context, 'fnv', 'unset [-f] [-v] [-n] [name ...]');
  if (!taken) return 2;
  const { variables, functions } = context.shell;
  let status = 0;
  for (const operand of taken.operands) {
    const element = /^(\w+)\[(\d+)\]$/.exec(operand);
    if (element) unsetElement(context.shell, element[1] ?? '', Number(element[2]));
    else if (taken.letters.has('f')) functions.delete(operand);
    else if (variables.find(operand) === undefined && !taken.letters.has('v')) functions.delete(operand);
    else if (!variables.unset(operand)) {
      await context.complain(`${operand}: cannot unset: readonly variable`);
      status = 1;
    }
  }
  return status;
};

function unsetElement(shell: Shell, name: string, index: number): void {
  const elements = new Map(shell.variables.find(name)?.elements ?? []);
  elements.delete(index);
  shell.variables.setArray(name, elements);
}

const optionNames = [
  'allexport',
  'braceexpand',
  'emacs',
  'errexit',
  'errtrace',
  'functrace',
  'hashall',
  'histexpand',
  'history',
  'ignoreeof',
  'interactive-comments',
  'keyword',
  'monitor',
  'noclobber',
  'noexec',
  'noglob',
  'nolog',
  'notify',
  'nounset',
  'onecmd',
  'physical',
  'pipefail',
  'posix',
  'privileged',
  'verbose',
  'vi',
  'xtrace',
] as const;

async function listOptions(context: BuiltinContext): Promise<number> {
  const on = (name: string) => name === 'interactive-comments' || context.shell.options.has(name);
  for (const name of optionNames) await context.write(`${name.padEnd(15)}\t${on(name) ? 'on' : 'off'}\n`);
  return 0;
}

async function setOption(context: BuiltinContext, name: string, on: boolean): Promise<boolean> {
  if (!optionNames.some((known) => known === name)) {
    await context.complain(`${name}: invalid option name`);
    return false;
  }
  if (on) context.shell.options.add(name);
  else context.shell.options.delete(name);
  return true;
}

async function printAll(context: BuiltinContext): Promise<number> {
  const { variables } = context.shell;
  for (const name of variables.names()) {
    const value = variables.get(name);
    if (value === undefined) continue;
    await context.write(`${name}=${/^[\w@%+=:,./-]*$/.test(value) ? value : quoteForShell(value)}\n`);
  }
  return 0;
}

/** set: options and positional parameters. */
export const set: Builtin = async (context) => {
  const { args, shell } = context;
  if (args.length === 0) return printAll(context);
  let at = 0;
  for (; at < args.length; at++) {
    const argument = args[at] ?? '';
    if (argument === '--' || argument === '-' || !/^[-+]/.test(argument)) break;
    for (const letter of argument.slice(1)) {
      const on = argument.startsWith('-');
      const name = letter === 'o' ? args[++at] : optionLetters[letter];
      if (letter === 'o' && name === undefined) return listOptions(context);
      if (name === undefined) {
        await context.complain(`${argument.charAt(0)}${letter}: invalid option`);
        return context.usage('set [-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg ...]');
      }
      if (!(await setOption(context, name, on))) return 2;
    }
  }
  if (at < args.length) shell.positional = args.slice(args[at] === '--' || args[at] === '-' ? at + 1 : at);
  return 0;
};

/** shift. */
export const shift: Builtin = async ({ shell, args, complain }) => {
  const [operand = '1'] = args;
  if (!/^-?\d+$/.test(operand)) {
    await complain(`${operand}: numeric argument required`);
    return 1;
  }
  const count = Number(operand);
  if (count < 0) await complain(`${operand}: shift count out of range`);
  if (count < 0 || count > shell.positional.length) return 1;
  shell.positional = shell.positional.slice(count);
  return 0;
};

/** let. */
export const letExpressions: Builtin = async ({ shell, args, complain }) => {
  let value = 0n;
  if (args.length === 0) {
    await complain('expression expected');
    return 1;
  }
  for (const expression of args) value = await expandArithmetic(shell, expression);
  return value === 0n ? 1 : 0;
};

/**
 * Names that shopt knows: those that do here what they say, and those that change nothing that can be seen here, which startup files
 * set. Differs from bash: what would change what commands do, and is not supported (extglob, nocasematch, lastpipe and others), is no
 * name, so that a script hears of it.
 */
const shellOptionNames: ReadonlySet<string> = new Set([
  'dotglob',
  'execfail',
  'failglob',
  'globskipdots',
  'globstar',
  'nullglob',
  'checkhash',
  'checkjobs',
  'checkwinsize',
  'cmdhist',
  'complete_fullquote',
  'force_fignore',
  'histappend',
  'histreedit',
  'histverify',
  'hostcomplete',
  'huponexit',
  'lithist',
  'no_empty_cmd_completion',
  'progcomp',
]);

/** shopt. */
export const shopt: Builtin = async (context) => {
  const taken = await takeLetters(context, 'pqsuo', 'shopt [-pqsu] [-o] [optname ...]');
  if (!taken) return 2;
  const { letters, operands } = taken;
  const { options } = context.shell;
  let status = 0;
  for (const name of operands) {
    const known = letters.has('o') ? optionNames.some((each) => each === name) : shellOptionNames.has(name);
    const on = options.has(name);
    if (!known) await context.complain(`${name}: invalid ${letters.has('o') ? '' : 'shell '}option name`);
    else if (letters.has('s')) options.add(name);
    else if (letters.has('u')) options.delete(name);
    else if (!letters.has('q')) await context.write(`${name.padEnd(15)}\t${on ? 'on' : 'off'}\n`);
    const isQuery = !letters.has('s') && !letters.has('u');
    if (!known || (isQuery && !on)) status = 1;
  }
  return status;
};
