import type { ReportBagFault } from './bag-findings.ts';

const byteOrderMark = '\u{FEFF}';

/**
 * The text of a tag file (RFC 8493 2.3). What cannot be decoded is reported and left out; a byte order mark in UTF-8 is
 * reported and passed over, in UTF-16 it says the order (RFC 2781).
 * @param encoding as the bag declaration names it
 */
export function tagText(bytes: Uint8Array, encoding: string, place: string, report: ReportBagFault): string {
  const decoder = decoderFor(encoding, bytes);
  if (!decoder) {
    report('BAGIT-2.3', 'MUST', place, `The encoding “${encoding}” is not known.`);
    return '';
  }
  try {
    const text = decoder.decode(bytes);
    if (!text.startsWith(byteOrderMark)) return text;
    if (decoder.encoding === 'utf-8')
      report('BAGIT-2.3', 'MUST', place, 'The file begins with a byte order mark, which UTF-8 does not need.');
    return text.slice(1);
  } catch {
    report('BAGIT-2.3', 'MUST', place, `The file is not text in the encoding ${encoding}.`);
    return '';
  }
}

/** The lines of a text: ended by LF, CR LF or CR; a last one need not be. */
export function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** RFC 2781: without a mark the order is big-endian; `TextDecoder` takes the other. */
function decoderFor(encoding: string, bytes: Uint8Array): TextDecoder | undefined {
  const isUtf16 = /^utf-?16$/i.test(encoding);
  const order = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-16be';
  try {
    return new TextDecoder(isUtf16 ? order : encoding, { fatal: true, ignoreBOM: true });
  } catch {
    return undefined;
  }
}
