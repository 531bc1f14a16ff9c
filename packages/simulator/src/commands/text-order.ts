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

function compareParts(a: string, b: string): number {
  const left = a.match(/\d+|\D+/g) ?? [];
  const right = b.match(/\d+|\D+/g) ?? [];
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const [x = '', y = ''] = [left[at], right[at]];
    const both = /^\d/.test(x) && /^\d/.test(y);
    const difference = both ? Number(x) - Number(y) : compareVersionText(x.replace(/^\d+/, ''), y.replace(/^\d+/, ''));
    if (difference !== 0) return difference;
  }
  return 0;
}

export function compareVersions(a: string, b: string): number {
  const suffix = /(?:\.[A-Za-z~][A-Za-z0-9~]*)*$/;
  return compareParts(a.replace(suffix, ''), b.replace(suffix, '')) || compareParts(a, b);
}
