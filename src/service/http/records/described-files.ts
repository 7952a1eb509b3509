import type { Readable } from 'node:stream';
import { invalid, type MetadataTable, type OfferedMetadata, readMetadataTable } from '../../../archive/ingest/index.ts';
import type { Profiles } from '../../../archive/profiles/index.ts';
import { ArchiveError } from '../../../base/index.ts';
import type { FormFiles } from '../form.ts';

/** The name of the part that holds a table of metadata. */
export const tablePart = 'metadata.csv';

const largestTable = 4 << 20;

/** Files, and what is said of each. */
export interface DescribedFiles {
  readonly files: FormFiles;
  readonly metadata: (path: string) => OfferedMetadata | undefined;
}

/**
 * Takes the table of metadata from the front of a form's files. Its faults are told before the first file is taken in where
 * what is said of all files is known by then, else after the last; nothing is kept in either case.
 * @param common what is said of all files, as far as it is known
 * @throws ArchiveError METADATA_INVALID | PROFILE_UNKNOWN | REQUEST_MALFORMED; also while the files are read
 */
export async function describedFiles(
  files: FormFiles,
  profiles: Profiles,
  common: () => OfferedMetadata | undefined,
): Promise<DescribedFiles> {
  const first = await files.next();
  if (first.done) return { files, metadata: common };
  if (first.value.field !== tablePart) return { files: withoutTable(first.value, files), metadata: common };
  const bytes = await wholeTable(first.value.content);
  let read: MetadataTable | undefined;
  const table = (said: OfferedMetadata | undefined) => {
    if (said) read ??= readMetadataTable(bytes, profiles, said);
    return read;
  };
  table(common());
  async function* rest(): FormFiles {
    const paths: string[] = [];
    for await (const file of withoutTable(undefined, files)) {
      paths.push(file.path);
      yield file;
    }
    const faults = table(common() ?? {})?.faultsOf(paths) ?? [];
    if (faults.length > 0) throw invalid(faults);
  }
  return { files: rest(), metadata: (path) => table(common())?.of(path) };
}

/** A form that a browser sends may have an empty part for the table; one that comes too late describes nothing. */
async function* withoutTable(first: Awaited<ReturnType<FormFiles['next']>>['value'], files: FormFiles): FormFiles {
  if (first) yield first;
  for await (const file of files) {
    if (file.field === tablePart)
      throw new ArchiveError('REQUEST_MALFORMED', `Send “${tablePart}” once, before the files.`);
    yield file;
  }
}

async function wholeTable(content: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of content.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > largestTable) {
      content.resume();
      throw new ArchiveError('METADATA_INVALID', 'The table of metadata is larger than 4 MB. Send the files in parts.');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
