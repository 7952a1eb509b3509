import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ArchiveError } from '../../base/index.ts';
import { decodeWholeAsn1, sequenceOf } from '../../standards/formats/asn1/index.ts';

/**
 * The certificates in a folder or a file, PEM or DER, that certification paths may end in. Read when first asked for,
 * and again when asked `again`.
 * @returns DER; empty when the folder does not exist
 * @throws ArchiveError USAGE for a file that holds no certificate
 */
export async function readAnchors(path: string): Promise<Uint8Array[]> {
  const files = await filesBelow(path);
  const anchors = await Promise.all(files.map(async (file) => certificatesIn(await readFile(file), file)));
  return anchors.flat();
}

async function filesBelow(path: string): Promise<string[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && /\.(pem|crt|cer|der)$/i.test(entry.name))
      .map((entry) => join(path, entry.name))
      .sort();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTDIR') return [path];
    if (code === 'ENOENT') return [];
    throw error;
  }
}

function certificatesIn(bytes: Buffer, file: string): Uint8Array[] {
  const text = bytes.toString('latin1');
  if (!text.includes('-----BEGIN CERTIFICATE-----')) return [bytes];
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  try {
    return blocks.map(derOf);
  } catch (cause) {
    throw new ArchiveError('USAGE', `${file} holds no certificate that can be read.`, { cause });
  }
}

/** What stands between the lines of a PEM block, as far as it is a certificate's frame. @throws FormatError */
function derOf(block: string): Uint8Array {
  const der = Buffer.from(block.replace(/-----[^-]+-----/g, ''), 'base64');
  sequenceOf(decodeWholeAsn1(der), 'a Certificate');
  return der;
}
