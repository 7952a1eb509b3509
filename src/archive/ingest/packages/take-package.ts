import { ArchiveError, FormatError } from '../../../base/index.ts';
import { manifestNamed, type PackageReader, recognizePackage } from '../../../standards/packages/index.ts';
import type { Profile } from '../../profiles/index.ts';
import { broken, checkContainer, checkMetadata } from '../checks/index.ts';
import { scanFiles } from '../malware/index.ts';
import { type IngestContext, nowIn, type Submission } from '../submission.ts';
import { type JudgedPackage, judgeBag, judgeSip } from './judge-package.ts';
import { mapStatements } from './map-statements.ts';
import { mayBePackage, openReceived, stagedTree } from './open-received.ts';
import type { FoundPackage, PackagePart } from './received-package.ts';
import { reportOn } from './report-on.ts';
import { isIgnored, type SortedParts, sortBag, sortSip } from './sort-parts.ts';
import { emptyPackage, stageParts } from './stage-parts.ts';

/**
 * Step 2. Takes a producer's package apart (a BagIt bag or an E-ARK SIP, as a ZIP, a TAR or a folder): validated, its
 * documents become the record's, everything else is kept beside them, what it says of them is mapped. Anything else
 * comes back as it is. Repeated after a crash it does the same again.
 * @throws ArchiveError PACKAGE_INVALID; PACKAGE_NOT_SUBMITTABLE for an AIP or a DIP; ARCHIVE_BOMB, DOCUMENT_BROKEN,
 *   METADATA_INVALID and what receiving files may be refused for
 */
export async function takePackage(context: IngestContext, submission: Submission): Promise<Submission> {
  const profile = (await context.profiles.current()).find(submission.profile.id, submission.profile.version);
  if (!(await mayBePackage(context, submission))) return submission;
  await scanFiles(context, submission.id, submission.files, { profile, accepted: true }); // what is in it is scanned too
  const found = await findPackage(context, submission);
  if (!found) return withCheckedMetadata(submission, profile);
  const parts = found.archive ? await unpack(context, submission, profile, found) : partsOf(submission, found);
  const judged = await judge(context, submission, found, parts);
  const sorted = found.kind === 'bag' ? sortBag(parts) : sortSip(parts);
  if (sorted.originals.length === 0) throw emptyPackage(found.name);
  await scanFiles(context, submission.id, sorted.submission, { profile, accepted: true }); // documents are scanned with all others
  return withCheckedMetadata(await takenApart(submission, profile, found, { ...judged, ...sorted, parts }), profile);
}

/** The submission with the package's documents as its files and with what the package says. */
async function takenApart(
  submission: Submission,
  profile: Profile,
  found: FoundPackage,
  taken: JudgedPackage & SortedParts & { readonly parts: readonly PackagePart[] },
): Promise<Submission> {
  const { untitled: _untitled, ...said } = submission; // the mapping says whether a title was found
  const { descriptive, mapped, ...described } = mapStatements(submission, profile, taken.description);
  return {
    ...said,
    ...described,
    checksumsCompared: submission.checksumsCompared + taken.checksums.compared,
    files: taken.originals,
    package: {
      kind: found.kind,
      specification: taken.specification,
      ...(found.archive ? { archive: { name: found.archive.originalName, sha256: found.archive.sha256 } } : {}),
      submission: taken.submission,
      algorithms: taken.checksums.algorithms,
      descriptive,
      identifiers: taken.description.identifiers,
      report: await reportOn(found, taken, taken, mapped),
    },
  };
}

/** What was not asked for while it could still stand in the package. @throws ArchiveError METADATA_INVALID */
function withCheckedMetadata(submission: Submission, profile: Profile): Submission {
  const { untitled, title, metadata } = submission;
  checkMetadata(profile, { ...metadata, ...(untitled ? {} : { title }) });
  return submission;
}

async function findPackage(context: IngestContext, submission: Submission): Promise<FoundPackage | undefined> {
  const tree = await openReceived(context, submission);
  const recognized = tree && (await recognizePackage(tree));
  if (!tree || !recognized) return undefined;
  const archive = submission.packageFolder === undefined ? submission.files[0] : undefined;
  const name = archive?.originalName ?? submission.packageFolder ?? '';
  const { kind } = recognized;
  if (kind === 'AIP' || kind === 'DIP') throw notSubmittable(name, kind);
  if (kind === 'SIP' && archive && recognized.folder === '')
    throw new ArchiveError(
      'PACKAGE_INVALID',
      `“${name}” is not valid by CSIP: the archive has no single top folder (CSIPSTR1). Pack the folder of the package itself and send it again.`,
    );
  return { ...recognized, kind, name, tree, archive };
}

function notSubmittable(name: string, kind: 'AIP' | 'DIP'): ArchiveError {
  const what =
    kind === 'AIP'
      ? 'an archival package (AIP): what an archive makes of what it was given'
      : 'a dissemination package (DIP): a copy that an archive gave away';
  return new ArchiveError(
    'PACKAGE_NOT_SUBMITTABLE',
    `“${name}” is ${what}. Send the submission package (SIP) it was made from, or the documents themselves.`,
  );
}

async function unpack(
  context: IngestContext,
  submission: Submission,
  profile: Profile,
  { kind, name, reader, archive }: FoundPackage,
): Promise<PackagePart[]> {
  const container = archive && (await context.storage.readStaged(submission.id, archive.staged));
  if (container && Buffer.from(await container.read(0, 2)).toString('latin1') === 'PK')
    await checkContainer({ name, reader: container }, context.limits.containers);
  return stageParts(context, {
    stagingId: submission.id,
    name,
    reader,
    profile,
    isIgnored: (path) => isIgnored(path, kind),
    algorithms: kind === 'bag' ? await manifestAlgorithms(reader) : [],
  });
}

/** The folder's files as they lie in staging, their paths from the root of the package. */
function partsOf({ files }: Submission, { kind, folder }: FoundPackage): PackagePart[] {
  const below = folder === '' ? '' : `${folder}/`;
  return files
    .filter(({ originalName }) => originalName.startsWith(below))
    .map(({ path: _path, ...file }) => ({ ...file, originalName: file.originalName.slice(below.length) }))
    .filter(({ originalName }) => !isIgnored(originalName, kind));
}

/** SHA-256 and SHA-512 are taken of everything; what its manifests are made with besides is taken in the same pass. */
async function manifestAlgorithms(reader: PackageReader): Promise<string[]> {
  const found = new Set<string>();
  for await (const { path } of await reader.list()) {
    const named = manifestNamed(path);
    if (named && ['md5', 'sha1', 'sha224', 'sha384'].includes(named.algorithm)) found.add(named.algorithm);
  }
  return [...found];
}

async function judge(
  { storage, clock }: IngestContext,
  { id }: Submission,
  { kind, name, reader }: FoundPackage,
  parts: readonly PackagePart[],
): Promise<JudgedPackage> {
  const staged = stagedTree(storage, { id, files: parts, ...(reader.folder ? { packageFolder: reader.folder } : {}) });
  const whole: PackageReader = reader.folders
    ? { ...staged, folders: async () => (await reader.folders?.()) ?? [] }
    : staged;
  try {
    return kind === 'bag' ? await judgeBag(whole, name) : await judgeSip(whole, name, nowIn(clock));
  } catch (error) {
    if (error instanceof FormatError) throw broken(name, 'it cannot be read as the package that it says it is', error);
    throw error;
  }
}
