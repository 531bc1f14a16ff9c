/** SHLVL: how many shells stand above one another, but for those that gave their place to a program. */

/** `environment` for a program that stands in the place of one shell: one level less deep (variables.c, adjust_shell_level). */
export function oneLevelLess(environment: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const level = Number(environment['SHLVL'] ?? '0');
  return { ...environment, SHLVL: String(Math.max(0, Number.isInteger(level) ? level - 1 : 0)) };
}
