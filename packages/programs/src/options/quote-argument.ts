/** Arguments of the command line as arguments of configuration lines. */

/** An argument of a configuration line, quoted as argv_split() undoes it. */
export function quoteArgument(text: string): string {
  return /^[^\s"'\\#=]+$/.test(text) ? text : `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
