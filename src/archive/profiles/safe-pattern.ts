/** Values that have an expression are at most this long. */
export const longestWithPattern = 500;
/** Ways in which a value of that length may be matched; each costs a few steps. */
const mostWays = 1_000_000;

/**
 * What is wrong with a regular expression that a person entered for values that strangers send: it must compile, and trying it
 * must end soon on any value. So groups are not repeated, nothing refers back or looks around, and the ways in which its
 * parts can share a value are counted: the product of what each repeated part and each alternative allows.
 * @returns a sentence's end, or undefined where it may be used
 */
export function patternFault(pattern: string): string | undefined {
  try {
    new RegExp(`^(?:${pattern})$`, 'u');
  } catch {
    return 'is no regular expression';
  }
  const bare = pattern.replace(/\\[pP]\{[^}]*\}/g, 'x').replace(/\\u(\{[0-9a-fA-F]+\}|[0-9a-fA-F]{4})/g, 'x');
  if (/\\[1-9k]/.test(bare)) return 'refers back to a group';
  const plain = bare.replace(/\\./g, 'x').replace(/\[[^\]]*\]/g, 'x');
  if (/\(\?(?!:)/.test(plain)) return 'looks around or names a group';
  const ungrouped = plain.replaceAll('(?:', '(');
  if (/\)[*+{?]/.test(ungrouped)) return 'repeats a group';
  return waysOf(ungrouped) > mostWays ? 'has too many parts whose length varies' : undefined;
}

function waysOf(plain: string): number {
  let ways = 1;
  for (const [found, least, comma, most] of plain.matchAll(/[*+?|]|\{(\d+)(,?)(\d*)\}/g)) {
    if (found === '*' || found === '+') ways *= longestWithPattern;
    else if (found === '?' || found === '|') ways *= 2;
    else if (comma)
      ways *= (most ? Math.min(Number(most), longestWithPattern) : longestWithPattern) - Number(least) + 1;
  }
  return ways;
}
