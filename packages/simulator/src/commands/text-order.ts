/** The orders of texts: by characters, and by versions (GNU's filevercmp in short: numbers within the text count as numbers). */

export function compareText(a: string, b: string): number {
  const left = Array.from(a);
  const right = Array.from(b);
  for (let at = 0; at < left.length && at < right.length; at++) {
    const difference = (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Letters stand before everything else, and the end before letters. */
function versionRank(character: string): number {
  if (character === '') return 0;
  if (character === '~') return -1;
  return /[A-Za-z]/.test(character) ? character.charCodeAt(0) : (character.codePointAt(0) ?? 0) + 256;
}

function compareVersionText(a: string, b: string): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const difference = versionRank(a.charAt(at)) - versionRank(b.charAt(at));
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Digits of any length by what they count. */
function compareDigits(a: string, b: string): number {
  const [left, right] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')];
  return left.length - right.length || compareVersionText(left, right);
}

function compareParts(a: string, b: string): number {
  const left = a.match(/\d+|\D+/g) ?? [];
  const right = b.match(/\d+|\D+/g) ?? [];
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const [x = '', y = ''] = [left[at], right[at]];
    const both = /^\d/.test(x) && /^\d/.test(y);
    const difference = both ? compareDigits(x, y) : compareVersionText(x.replace(/^\d+/, ''), y.replace(/^\d+/, ''));
    if (difference !== 0) return difference;
  }
  return 0;
}

/** A name without its endings like `.tar.gz`, of which each begins with a letter; looked for from the end, that no name takes long. */
function withoutSuffix(name: string): string {
  let end = name.length;
  for (let at = end - 1; at >= 0 && /[A-Za-z0-9~.]/.test(name.charAt(at)); at--) {
    if (name.charAt(at) !== '.') continue;
    if (at + 1 === end || !/[A-Za-z~]/.test(name.charAt(at + 1))) break;
    end = at;
  }
  return name.slice(0, end);
}

export function compareVersions(a: string, b: string): number {
  return compareParts(withoutSuffix(a), withoutSuffix(b)) || compareParts(a, b);
}
