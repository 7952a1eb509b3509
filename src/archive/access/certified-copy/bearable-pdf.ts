import { inflateSync } from 'node:zlib';

const mostUnpacked = 64 << 20;
const mostTogether = 256 << 20;
const longestDictionary = 4096;

/**
 * Whether the streams of a PDF unpack to what a program can hold that unpacks them whole. Every stream is tried that is not
 * plainly a picture: names can be written in many ways, and what is unpacked is not for the document to say.
 */
export function isBearable(pdf: Uint8Array): boolean {
  const bytes = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  let together = 0;
  for (let at = bytes.indexOf('stream'); at >= 0; at = bytes.indexOf('stream', at + 6)) {
    if (bytes.subarray(at - 3, at).toString('latin1') === 'end') continue;
    const before = bytes.subarray(Math.max(0, at - longestDictionary), at).toString('latin1');
    const dictionary = before.slice(before.lastIndexOf(' obj') + 1);
    if (isPicture(dictionary)) continue;
    if ((dictionary.match(/Decode\b|\/(Fl|LZW|RL)\b/g) ?? []).length > 3) return false; // packed again and again
    const unpacked = unpackedLength(bytes.subarray(afterLineEnd(bytes, at + 6)));
    if (unpacked === undefined) return false;
    together += unpacked;
    if (together > mostTogether) return false;
  }
  return true;
}

function isPicture(dictionary: string): boolean {
  return /\/Subtype\s*\/Image/.test(dictionary) && !/ObjStm|XRef|#/.test(dictionary);
}

function afterLineEnd(bytes: Buffer, at: number): number {
  if (bytes[at] === 0x0d && bytes[at + 1] === 0x0a) return at + 2;
  return bytes[at] === 0x0a || bytes[at] === 0x0d ? at + 1 : at;
}

/** @returns undefined for more than anybody should hold; 0 for what is not packed so */
function unpackedLength(packed: Buffer): number | undefined {
  try {
    return inflateSync(packed, { maxOutputLength: mostUnpacked }).length;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? undefined : 0;
  }
}
