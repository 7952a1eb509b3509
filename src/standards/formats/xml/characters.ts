/**
 * The characters XML 1.0 can hold (XML 1.0 2.2 `Char`). Names and titles come from strangers and may hold others;
 * those are shown as U+FFFD, never dropped, so that a reader sees that something stood there. The exact string is in
 * `record.json`, which can hold any.
 */
const notXml = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** `text` with every character that XML 1.0 cannot hold replaced by U+FFFD. */
export function xmlText(text: string): string {
  return text.replace(notXml, '\uFFFD');
}

/** Tells whether XML 1.0 can hold `text` as it is. */
export function isXmlText(text: string): boolean {
  return text.search(notXml) === -1;
}
