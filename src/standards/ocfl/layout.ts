import { createHash } from 'node:crypto';

/** Extension 0003 "hash and id n-tuple": sha256, three tuples of three characters; the id stays readable in the path. */
export const layoutExtension = '0003-hash-and-id-n-tuple-storage-layout';

const longestEncodedId = 100;

/**
 * The path of an object below its storage root (OCFL extension 0003, with `tupleSize` 3 and `numberOfTuples` 3).
 * @param id the OCFL object id, e.g. `urn:uuid:…`
 */
export function objectPath(id: string): string {
  const hash = createHash('sha256').update(id).digest('hex');
  return `${hash.slice(0, 3)}/${hash.slice(3, 6)}/${hash.slice(6, 9)}/${encodedId(id, hash)}`;
}

/** The name of an object's folder by extension 0003: its id, readable, and cut where it is too long. @param hash of the id */
export function encodedId(id: string, hash: string): string {
  const encoded = encodeId(id);
  return encoded.length <= longestEncodedId ? encoded : `${encoded.slice(0, longestEncodedId)}-${hash}`;
}

/** The files that make a folder an OCFL 1.1 storage root (OCFL 1.1 section 4), `README.txt` excepted. */
export function storageRootFiles(): { path: string; content: string }[] {
  const description =
    'Objects lie below three folders named after the SHA-256 of their id, in a folder named after the id';
  const config = {
    extensionName: layoutExtension,
    digestAlgorithm: 'sha256',
    tupleSize: 3,
    numberOfTuples: 3,
  };
  return [
    { path: `extensions/${layoutExtension}/config.json`, content: json(config) },
    { path: 'ocfl_layout.json', content: json({ extension: layoutExtension, description }) },
    { path: '0=ocfl_1.1', content: 'ocfl_1.1\n' },
  ];
}

/** Percent-encodes every UTF-8 byte but letters, digits, `-` and `_`, in lower case, as the extension asks. */
function encodeId(id: string): string {
  let encoded = '';
  for (const byte of Buffer.from(id, 'utf8')) {
    const character = String.fromCharCode(byte);
    encoded += /[A-Za-z0-9_-]/.test(character) ? character : `%${byte.toString(16).padStart(2, '0')}`;
  }
  return encoded;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
