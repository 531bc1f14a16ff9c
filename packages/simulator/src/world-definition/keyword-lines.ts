/** Setting keywords in the text of sshd_config as a person does it: in place of the line that shows the default. */

/** Each of `settings` (`Port 4444`) takes the first line of its keyword, commented or not, that none before it took. */
export function setKeywordLines(text: string, settings: readonly string[]): string {
  const lines = text.replace(/\n$/u, '').split('\n');
  const taken = new Set<string>();
  for (const setting of settings) {
    const found = lines.findIndex((line) => !taken.has(line) && isLineOf(line, keywordOf(setting)));
    taken.add(setting);
    if (found >= 0) lines[found] = setting;
    else lines.splice(endOfGlobalSection(lines), 0, setting);
  }
  return `${lines.join('\n')}\n`;
}

function keywordOf(setting: string): string {
  return (/^\s*([A-Za-z]+)/u.exec(setting)?.[1] ?? '').toLowerCase();
}

function isLineOf(line: string, keyword: string): boolean {
  return keywordOf(line.replace(/^\s*#/u, '')) === keyword;
}

/** What comes after a Match line belongs to it; sshd_config(5). */
function endOfGlobalSection(lines: readonly string[]): number {
  const match = lines.findIndex((line) => keywordOf(line) === 'match');
  return match < 0 ? lines.length : match;
}
