import { readFileSync, statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { fileReader } from '../../archive/archival-storage/index.ts'; // not by way of access, which loads five times as much
import { type MaterialSource, validateWithMaterial } from '../../archive/trust-services/index.ts';
import { ArchiveError, type ByteReader, bytesReader } from '../../base/index.ts';
import { examineEvidenceRecord } from '../../standards/evidence/index.ts';
import type { DetachedContent, ValidationReport } from '../../standards/signatures/index.ts';
import type { TrustedList } from '../../standards/trusted-lists/index.ts';

/** What every document of one run is judged by. */
export interface ValidationSettings {
  /** DER. */
  readonly anchors: readonly Uint8Array[];
  /** Verified trusted lists; without them nothing is said of qualification. */
  readonly trustedLists?: readonly TrustedList[];
  readonly validationTime: Date;
  /** Documents of the signature policies that signatures may name. */
  readonly signaturePolicies: readonly Uint8Array[];
  /** Where missing material is fetched; nothing is when left out. */
  readonly source: MaterialSource | undefined;
}

/**
 * Validates one document on disk.
 * @param contents as `--content` takes them: `[NAME=]PATH` or `[NAME=]ALGORITHM:HEX[,ALGORITHM:HEX]`
 * @param folder where paths begin that are not found as they stand
 * @throws ArchiveError USAGE when a file cannot be read
 */
export async function validateFile(
  file: string,
  contents: readonly string[],
  { source, ...settings }: ValidationSettings,
  folder = '.',
): Promise<ValidationReport> {
  const document = await readable(file, folder);
  const request = {
    document,
    name: basename(file),
    contents: await Promise.all(contents.map((content) => contentOf(content, folder))),
    examineEvidenceRecord,
    ...settings,
  };
  return (await validateWithMaterial(request, source)).report;
}

const digestForm = /^([A-Za-z0-9-]+):([0-9a-fA-F]+)$/;

/** `[NAME=]PATH` or `[NAME=]ALGORITHM:HEX[,ALGORITHM:HEX]` */
async function contentOf(text: string, folder: string): Promise<DetachedContent> {
  const [, name, rest = text] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
  const digests = rest.split(',').map((part) => digestForm.exec(part));
  if (digests.every((match) => match !== null)) {
    const known = digests.map((match) => ({
      algorithm: String(match?.[1]).toLowerCase(),
      value: String(match?.[2]).toLowerCase(),
    }));
    return { ...(name === undefined ? {} : { name }), digests: known };
  }
  return { name: name ?? basename(rest), reader: await readable(rest, folder) };
}

async function readable(file: string, folder: string) {
  return fileToValidate(file).catch(() =>
    fileToValidate(resolve(folder, file)).catch((cause) => {
      throw new ArchiveError('USAGE', `“${file}” cannot be read. Check the name.`, { cause });
    }),
  );
}

const mostInMemory = 4 << 20;

/** Small files are read at once: a command has nothing else to do meanwhile, and opening one for every range takes longer than validating it. */
async function fileToValidate(path: string): Promise<ByteReader> {
  return statSync(path).size > mostInMemory ? fileReader(path) : bytesReader(readFileSync(path));
}
