import { ZipArchive } from 'archiver';
import type { AsicEntry } from './asic-entry.ts';

/** ZIP knows local time to two seconds from 1980 on; a fixed one keeps containers reproducible. */
const entryDate = new Date('1980-01-01T00:00:00Z');

/**
 * The container as ZIP: entries in the order given, all stored, so that `mimetype` comes first, uncompressed and without
 * an extra field (EN 319 162-1 A.1). The same entries give the same bytes.
 */
export async function packAsic(entries: readonly AsicEntry[]): Promise<Uint8Array> {
  const archive = new ZipArchive({ store: true });
  for (const { name, bytes } of entries) archive.append(Buffer.from(bytes), { name, date: entryDate, mode: 0o644 });
  const finished = archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk);
  await finished;
  return Buffer.concat(chunks);
}
