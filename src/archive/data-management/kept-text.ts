/**
 * What the catalog keeps of a text: PostgreSQL has no NUL, and no database half a character. A package can name either;
 * it holds the text as it was, and whoever compares the two compares by this.
 */
export function keptText(text: string): string {
  return text.replace(/\p{Cs}/gu, '\ufffd').replaceAll('\0', '\ufffd');
}

/** A row with texts that can be kept. */
export function keptRow<Row extends object>(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [column, typeof value === 'string' ? keptText(value) : value]),
  ) as Row;
}
