import { FormatError, folderName } from '../../base/index.ts';
import type { ReadMets } from '../formats/mets/index.ts';
import { readPremis } from '../formats/premis/index.ts';
import { aipPathOf, aipPaths, representationPath } from './aip-paths.ts';
import { redactedRepresentation } from './build-dip.ts';
import { concluded, failed, overall, type PackageCheck, type PackageVerification } from './package-findings.ts';
import {
  digestsOf,
  type ExpectedFile,
  type FoundDigests,
  inventoryOf,
  listedFiles,
  metadataBytes,
  type PackageInventory,
} from './package-inventory.ts';
import type { PackageReader } from './package-reader.ts';
import { parseSealedRecord } from './parse-sealed-record.ts';

/** Verifies a detached signature over the sealed record; the room of signatures is handed in, not imported. */
export type VerifyConfirmation = (
  sealedRecord: Uint8Array,
  signature: Uint8Array,
) => Promise<Pick<PackageCheck, 'outcome' | 'detail'>>;

/**
 * Verifies an AIP with no archive at hand: every file that METS lists is there with its size and SHA-512 digest, no
 * other is, PREMIS and the sealed record say the same of the documents, and the confirmation covers the sealed record.
 * Every file is read once. PASSED says that the package agrees with itself, not who made it.
 * @returns findings; malformed input is a finding too
 * @throws only what `reader` throws when bytes cannot be had
 */
export async function verifyPackage(
  reader: PackageReader,
  verifyConfirmation?: VerifyConfirmation,
): Promise<PackageVerification> {
  try {
    const inventory = await inventoryOf(reader);
    const { mets, expected, findings } = await listedFiles(inventory);
    const premis = await readDigests(inventory, aipPaths.premis, 'premis', premisDigests);
    const record = await readDigests(inventory, aipPaths.record, 'sealed-record', (bytes) =>
      sealedDigests(bytes, mets, expected),
    );
    const found = new Map<string, FoundDigests>();
    const checks = [
      ...concluded('mets', findings, 'METS.xml and the METS documents of the representations can be read.'),
      ...(mets ? checkFolder(mets, reader.folder) : []),
      ...checkPresent(inventory, expected),
      ...checkListed(inventory, expected),
      ...(await checkFixity(inventory, expected, found)),
      ...checkDigests('premis', 'PREMIS', premis, expected, found),
      ...(isRedacted(mets, expected)
        ? [sealedRecordStayed]
        : checkDigests('sealed-record', 'The sealed record', record, expected.filter(isOriginal), found)),
      ...(await checkConfirmation(inventory, verifyConfirmation)),
    ];
    return { result: overall(checks), checks };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { result: 'FAILED', checks: [failed('mets', `The package cannot be read (${error.message}).`)] };
  }
}

function checkFolder(mets: ReadMets, folder: string | undefined): PackageCheck[] {
  const fits = folder === undefined || folder === mets.objectId || folder === folderName(mets.objectId);
  const findings = fits ? [] : [failed('folder-name', `The folder is not named by the package's id ${mets.objectId}.`)];
  return concluded('folder-name', findings, 'The package has the name of its id (CSIPSTR2, AIP20).');
}

function checkPresent(inventory: PackageInventory, expected: readonly ExpectedFile[]): PackageCheck[] {
  const missing = expected.filter(({ path }) => !inventory.sizes.has(path));
  const findings = missing.map(({ path, listedIn }) =>
    failed('files-present', `Listed in ${listedIn}, but missing.`, path),
  );
  return concluded('files-present', findings, `All ${expected.length} listed files are there.`);
}

function checkListed(inventory: PackageInventory, expected: readonly ExpectedFile[]): PackageCheck[] {
  const listed = new Set([aipPaths.mets, ...expected.map(({ path }) => path)]);
  const extra = [...inventory.sizes.keys()].filter((path) => !listed.has(path));
  const findings = extra.map((path) => failed('files-listed', 'No METS document lists this file.', path));
  return concluded('files-listed', findings, 'No file lies in the package that METS does not list.');
}

/** Reads every listed file once; what was found is left in `found` for the checks that follow. */
async function checkFixity(
  inventory: PackageInventory,
  expected: readonly ExpectedFile[],
  found: Map<string, FoundDigests>,
): Promise<PackageCheck[]> {
  const findings: PackageCheck[] = [];
  for (const file of expected) {
    if (!inventory.sizes.has(file.path)) continue;
    try {
      if (file.path === aipPaths.confirmation) await metadataBytes(inventory, file.path); // read once, verified later
      const digests = found.get(file.path) ?? (await digestsOf(inventory, file.path));
      found.set(file.path, digests);
      findings.push(...fixityFindings(file, inventory.sizes.get(file.path), digests));
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      findings.push(failed('fixity', `The file cannot be read (${error.message}).`, file.path));
    }
  }
  return concluded('fixity', findings, 'Every file has the size and SHA-512 digest that METS gives.');
}

function fixityFindings(
  { path, size, checksum }: ExpectedFile,
  foundSize: number | undefined,
  found: FoundDigests,
): PackageCheck[] {
  const findings: PackageCheck[] = [];
  if (size !== foundSize) findings.push(failed('fixity', `The size is ${foundSize}, METS says ${size}.`, path));
  if (checksum === undefined) return [...findings, failed('fixity', 'METS gives no checksum.', path)];
  const computed = checksum.type === 'SHA-512' ? found.sha512 : checksum.type === 'SHA-256' ? found.sha256 : undefined;
  if (computed === undefined) {
    const detail = `The checksum is of an algorithm that is not computed (${checksum.type}).`;
    return [...findings, { id: 'fixity', outcome: 'INDETERMINATE', detail, place: path }];
  }
  if (computed !== checksum.value) {
    findings.push(failed('fixity', `The ${checksum.type} digest is ${computed}, METS says ${checksum.value}.`, path));
  }
  return findings;
}

/** Sizes and digests by path as one metadata file gives them, or why there are none. */
interface StatedDigests {
  readonly files: ReadonlyMap<string, FoundDigests & { readonly size: number }>;
  readonly findings: readonly PackageCheck[];
}

async function readDigests(
  inventory: PackageInventory,
  path: string,
  id: 'premis' | 'sealed-record',
  read: (bytes: Uint8Array) => StatedDigests,
): Promise<StatedDigests> {
  try {
    const bytes = await metadataBytes(inventory, path);
    return bytes ? read(bytes) : { files: new Map(), findings: [failed(id, 'The file is missing.', path)] };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { files: new Map(), findings: [failed(id, `The file cannot be read (${error.message}).`, path)] };
  }
}

function premisDigests(bytes: Uint8Array): StatedDigests {
  const objects = readPremis(bytes).objects.flatMap((object) => (object.kind === 'file' ? [object] : []));
  return { files: new Map(objects.map((file) => [file.identifiers[0]?.value ?? '', file])), findings: [] };
}

/** A DIP names the AIP that it was made from, and may hold some of its documents. */
function sealedDigests(
  bytes: Uint8Array,
  mets: ReadMets | undefined,
  expected: readonly ExpectedFile[],
): StatedDigests {
  const record = parseSealedRecord(bytes);
  const isDip = mets?.packageType === 'DIP';
  const of = isDip ? mets.aip : mets?.objectId;
  const sameId = mets === undefined || record.id === of;
  const given = new Set(expected.map(({ path }) => path));
  const files = record.files.filter((file) => !isDip || given.has(aipPathOf(file)));
  return {
    files: new Map(files.map((file) => [aipPathOf(file), file])),
    findings: sameId ? [] : [failed('sealed-record', `The record is ${record.id}, METS says ${of}.`, aipPaths.record)],
  };
}

/** A DIP with redacted files has no sealed record: that tells what they hide. */
function isRedacted(mets: ReadMets | undefined, expected: readonly ExpectedFile[]): boolean {
  const isListed = expected.some(({ path }) => path === aipPaths.record);
  return mets?.packageType === 'DIP' && !isListed && !expected.every(isOriginal);
}

const sealedRecordStayed: PackageCheck = {
  id: 'sealed-record',
  outcome: 'INDETERMINATE',
  detail:
    'The package is redacted: the sealed record stays in the archive that gave it. Originals in it are proven by their evidence records.',
};

/** What was redacted for a DIP is no document of the record. */
const isOriginal = ({ path }: ExpectedFile) => !path.startsWith(`${representationPath(redactedRepresentation)}/`);

/** The documents of the package and those that `stated` names are the same, with the same digests. */
function checkDigests(
  id: 'premis' | 'sealed-record',
  name: string,
  stated: StatedDigests,
  expected: readonly ExpectedFile[],
  found: ReadonlyMap<string, FoundDigests>,
): PackageCheck[] {
  const findings = [...stated.findings];
  for (const [path, file] of findings.length === 0 ? stated.files : []) {
    const digests = found.get(path);
    if (digests?.sha512 !== file.sha512 || digests.sha256 !== file.sha256) {
      findings.push(failed(id, `${name} gives other digests than the file has.`, path));
    }
  }
  const documents = expected.filter(({ path }) => /^representations\/[^/]+\/data\//.test(path));
  const unstated = findings.length === 0 ? documents.filter(({ path }) => !stated.files.has(path)) : [];
  const missing = unstated.map(({ path }) => failed(id, `${name} does not name this document.`, path));
  return concluded(
    id,
    findings.concat(missing),
    `${name} gives the same documents with the same SHA-256 and SHA-512 digests.`,
  );
}

async function checkConfirmation(
  inventory: PackageInventory,
  verify: VerifyConfirmation | undefined,
): Promise<PackageCheck[]> {
  const signature = await metadataBytes(inventory, aipPaths.confirmation);
  const record = await metadataBytes(inventory, aipPaths.record);
  if (!signature || !record) return [];
  const found = verify
    ? await verify(record, signature)
    : { outcome: 'INDETERMINATE' as const, detail: 'The confirmation of the sealed record was not checked.' };
  return [{ id: 'confirmation', place: aipPaths.confirmation, ...found }];
}
