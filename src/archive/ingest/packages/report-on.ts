import type { IngestReport, MappedStatement, ReportedFile } from '../../../standards/packages/index.ts';
import { aipPathOf, aipPaths, type PackageReader } from '../../../standards/packages/index.ts';
import type { JudgedPackage } from './judge-package.ts';
import type { FoundPackage, PackagePart } from './received-package.ts';
import type { SortedParts } from './sort-parts.ts';

/** The report of a package that was taken apart: every file of what was sent, and what became of it. */
export async function reportOn(
  { kind, archive, tree, folder }: FoundPackage,
  { specification, checksums, findings }: JudgedPackage,
  { parts, originals, submission }: SortedParts & { readonly parts: readonly PackagePart[] },
  mapped: readonly MappedStatement[],
): Promise<IngestReport> {
  const places = new Map<string, Pick<ReportedFile, 'kept' | 'as'>>();
  for (const file of originals) places.set(file.staged, { kept: 'original', as: aipPathOf(file) });
  for (const part of submission) places.set(part.staged, { kept: 'submission', as: aipPaths.submission + part.path });
  const prefix = folder === '' ? '' : `${folder}/`;
  const kept = parts.flatMap(({ staged, originalName, size }): ReportedFile[] => {
    const place = places.get(staged);
    return place ? [{ path: prefix + originalName, size, ...place }] : [];
  });
  const ignored = await ignoredIn(tree, new Set(kept.map(({ path }) => path)));
  const files = [...kept, ...ignored];
  return {
    format: 'trajno-ingest-report/1',
    package: {
      kind,
      specification,
      ...(archive ? { archive: { name: archive.originalName, size: archive.size, sha256: archive.sha256 } } : {}),
    },
    found: {
      files: files.filter(({ path }) => !path.endsWith('/')).length,
      bytes: files.reduce((sum, { size }) => sum + size, 0),
    },
    kept: { originals: originals.length, submission: submission.length, ignored: ignored.length },
    checksums,
    files,
    mapped,
    findings,
  };
}

async function ignoredIn(tree: PackageReader, kept: ReadonlySet<string>): Promise<ReportedFile[]> {
  const ignored: ReportedFile[] = [];
  const filled = new Set<string>();
  for await (const { path, size } of await tree.list()) {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) filled.add(path.slice(0, at));
    if (!kept.has(path)) ignored.push({ path, size, kept: 'ignored', reason: 'SYSTEM_FILE' });
  }
  const folders = [...((await tree.folders?.()) ?? [])];
  for (const folder of folders)
    for (let at = folder.lastIndexOf('/'); at > 0; at = folder.lastIndexOf('/', at - 1))
      filled.add(folder.slice(0, at));
  for (const folder of folders.filter((path) => !filled.has(path)))
    ignored.push({ path: `${folder}/`, size: 0, kept: 'ignored', reason: 'EMPTY_FOLDER' });
  return ignored;
}
