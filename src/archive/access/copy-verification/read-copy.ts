import { type ByteReader, FormatError, readWhole } from '../../../base/index.ts';
import { openPdf, readEmbeddedFiles } from '../../../standards/formats/pdf/index.ts';
import { defaultZipLimits, openZipEntry, readZip } from '../../../standards/formats/zip/index.ts';
import type { CopyStatement } from '../certified-copy/copy-statement.ts';
import { readStatement } from '../certified-copy/read-statement.ts';

/** A certified copy as it came: everything in it by name, and what it states of itself. */
export interface ReadCopy {
  readonly kind: 'container' | 'certificate';
  readonly reader: ByteReader;
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly statement: CopyStatement;
  readonly statementBytes: Uint8Array;
}

const largestCopy = 1 << 30;
const statementName = 'copy.json';

/**
 * Reads a file as a certified copy: the container, or the certificate with what is attached to it.
 * @returns undefined for what is something else altogether
 * @throws FormatError for a copy that cannot be read
 */
export async function readCopy(reader: ByteReader): Promise<ReadCopy | undefined> {
  const beginning = Buffer.from(await reader.read(0, 1024));
  if (beginning.subarray(0, 2).toString() === 'PK')
    return beginning.includes('application/vnd.etsi.asic-e+zip') ? readContainer(reader) : undefined;
  return beginning.includes('%PDF-') ? readCertificate(reader) : undefined;
}

/** @throws FormatError */
export async function readCertificate(reader: ByteReader): Promise<ReadCopy> {
  const files = new Map((await readEmbeddedFiles(await openPdf(reader))).map(({ name, bytes }) => [name, bytes]));
  return copyOf('certificate', reader, files);
}

async function readContainer(reader: ByteReader): Promise<ReadCopy> {
  return copyOf('container', reader, await filesInZip(reader));
}

function copyOf(kind: ReadCopy['kind'], reader: ByteReader, files: ReadonlyMap<string, Uint8Array>): ReadCopy {
  const statementBytes = files.get(statementName);
  if (!statementBytes) throw new FormatError('certified copy', `there is no ${statementName} in it`);
  return { kind, reader, files, statement: readStatement(statementBytes), statementBytes };
}

/** Every file of a ZIP. @throws FormatError */
export async function filesInZip(reader: ByteReader): Promise<Map<string, Uint8Array>> {
  if (reader.size > largestCopy) throw new FormatError('ZIP', 'larger than any certified copy');
  const files = new Map<string, Uint8Array>();
  for (const entry of await readZip(reader, { ...defaultZipLimits, localHeaders: 'must agree' }))
    files.set(entry.path, await readWhole(await openZipEntry(reader, entry, largestCopy), largestCopy));
  return files;
}
