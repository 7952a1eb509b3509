const mostOpenEnded = 2;
const longestCounted = 100;

/**
 * What is wrong with a regular expression that a person entered for values that strangers send: it must compile, and
 * never take more than a value's length squared. So groups are not repeated, nothing refers back or looks around,
 * and no more than two parts have no upper bound.
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
  if (/\)[*+{?]/.test(plain)) return 'repeats a group';
  const openEnded = plain.match(/[*+]|\{\d+,\}/g) ?? [];
  if (openEnded.length > mostOpenEnded) return 'has more than two parts of any length';
  const counted = [...plain.matchAll(/\{(?:\d+,)?(\d+)\}/g)].map(([, most]) => Number(most));
  if (counted.some((most) => most > longestCounted)) return 'repeats a part more than a hundred times';
  return undefined;
}
