import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { bytesReader, readWhole } from '../../base/index.ts';
import { examineEvidenceRecord } from '../../standards/evidence/index.ts';
import { aipPathOf, aipPaths, type PackageReader, parseSealedRecord } from '../../standards/packages/index.ts';
import { type EmbeddedMaterial, noMaterial, validateDocument } from '../../standards/signatures/index.ts';
import { fileReader } from '../archival-storage/index.ts';
import { statusFileNames } from '../preservation/index.ts';
import { type Check, check, failed, passed, signatureOutcomes, type Trust } from './verification-check.ts';
import { type GivenStatement, verifyStatus } from './verify-status.ts';

const longest = 64 << 20;
const longestStatement = 4 << 20;
const insideDip = 'metadata/preservation/evidence/';

/** Evidence records by the path of what they are over: within a DIP, or in the folder that an AIP is exported with. */
async function evidenceRecords(
  path: string,
  reader: PackageReader,
  paths: readonly string[],
): Promise<Map<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  for (const name of paths)
    if (name.startsWith(insideDip) && name.endsWith('.ers'))
      found.set(name.slice(insideDip.length, -4), await readWhole(await reader.open(name), longest));
  for (const beside of besideFolders(path, reader)) {
    const folder = join(beside, 'evidence');
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(noFolder);
    for (const entry of entries)
      if (entry.isFile() && entry.name.endsWith('.ers')) {
        const file = join(entry.parentPath, entry.name);
        found.set(file.slice(folder.length + 1, -4), await readWhole(await fileReader(file), longest));
      }
  }
  return found;
}

/** Where what goes with an exported AIP may lie: beside it, or in the folder that it was exported to. */
function besideFolders(path: string, reader: PackageReader): string[] {
  const name = reader.folder ?? basename(path);
  return [join(dirname(path), `${name}.with`), join(path, `${name}.with`)];
}

/** The statement of fields 11 to 14 with its seal: within a DIP, or in the folder that an AIP is exported with. */
async function givenStatement(path: string, reader: PackageReader, paths: readonly string[]): Promise<GivenStatement> {
  const given: { statement?: Uint8Array; seal?: Uint8Array } = {};
  for (const part of ['statement', 'seal'] as const) {
    const name = statusFileNames[part];
    const inside = paths.find((one) => one === `metadata/preservation/${name}`);
    const found = inside
      ? await readWhole(await reader.open(inside), longestStatement)
      : await firstOf(besideFolders(path, reader).map((folder) => join(folder, name)));
    if (found) given[part] = found;
  }
  return given;
}

async function firstOf(files: readonly string[]): Promise<Uint8Array | undefined> {
  for (const file of files) {
    const opened = await fileReader(file).catch(() => undefined); // it need not be there
    if (opened) return readWhole(opened, longestStatement);
  }
  return undefined;
}

function noFolder(error: NodeJS.ErrnoException): [] {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
  throw error;
}

/**
 * Checks the evidence records that an export comes with: each over its file, and holding by itself (RFC 4998 5.3); then the
 * signatures of the documents, with the material in the package and the evidence as proof of when they existed. What the reader
 * does not trust of a signer is told and does not decide: the archive's own finding stands in the package.
 * @returns `isRecordProven`: evidence that the reader trusts is over the sealed record too, which names all documents
 */
export async function verifyProofs(
  path: string,
  reader: PackageReader,
  trust: Trust,
): Promise<{ readonly checks: Check[]; readonly isRecordProven: boolean }> {
  const paths: string[] = [];
  for await (const entry of await reader.list()) paths.push(entry.path);
  const records = await evidenceRecords(path, reader, paths);
  const stamps = new Set<string>();
  const evidence = await checkEvidence(records, reader, paths, trust, stamps);
  const status = await checkStatus(path, reader, paths, stamps, trust);
  const isRecordProven = records.has(aipPaths.record) && evidence.every(({ outcome }) => outcome === 'PASSED');
  const signatures = await checkSignatures(records, reader, paths, trust);
  return { checks: [...evidence, ...status, ...signatures], isRecordProven };
}

async function checkStatus(
  path: string,
  reader: PackageReader,
  paths: readonly string[],
  stamps: ReadonlySet<string>,
  trust: Trust,
): Promise<Check[]> {
  const given = await givenStatement(path, reader, paths);
  if (!paths.includes(aipPaths.record)) return [];
  const record = parseSealedRecord(await readWhole(await reader.open(aipPaths.record), longest));
  const of = { id: record.id, version: record.version, sha512: record.files.map((file) => file.sha512), stamps };
  return verifyStatus(given, of, trust);
}

async function checkEvidence(
  records: ReadonlyMap<string, Uint8Array>,
  reader: PackageReader,
  paths: readonly string[],
  trust: Trust,
  stamps: Set<string>,
): Promise<Check[]> {
  const present = new Set(paths);
  const checks: Check[] = [];
  let newest = '';
  for (const [path, record] of [...records].sort(([one], [other]) => (one < other ? -1 : 1))) {
    if (!present.has(path)) {
      checks.push(failed('evidence', 'The file that it is over is missing.', path));
      continue;
    }
    const report = await validateDocument({
      document: bytesReader(record),
      name: `${path}.ers`,
      contents: [{ name: path, reader: await reader.open(path) }],
      examineEvidenceRecord,
      ...trust,
    });
    const [evidence] = report.evidenceRecords;
    for (const { productionTime } of evidence?.timestamps ?? []) stamps.add(productionTime);
    const isOther = evidence?.notCovered?.includes(path);
    if (!evidence || isOther) {
      const detail = isOther ? 'The evidence record is over another file.' : 'It is no evidence record.';
      checks.push(failed('evidence', detail, path));
    } else if (evidence.indication !== 'PASSED')
      checks.push(check('evidence', evidence.indication, evidence.reason, path));
    else newest = [newest, evidence.timestamps[0]?.productionTime ?? ''].sort().at(-1) ?? '';
  }
  if (records.size === 0 || checks.length > 0) return checks;
  return [passed('evidence', `All ${records.size} evidence records hold: what they are over existed by ${newest}.`)];
}

async function checkSignatures(
  records: ReadonlyMap<string, Uint8Array>,
  reader: PackageReader,
  paths: readonly string[],
  trust: Trust,
): Promise<Check[]> {
  if (!paths.includes(aipPaths.record)) return [];
  const record = parseSealedRecord(await readWhole(await reader.open(aipPaths.record), longest));
  const material = await materialIn(reader, paths);
  const checks: Check[] = [];
  for (const file of record.files) {
    const place = aipPathOf(file);
    if (file.signatures.length === 0 || !paths.includes(place)) continue;
    const covered = (file.signs ?? []).map((path) => ({ ...file, path })).map(aipPathOf);
    const proof = records.get(place);
    const report = await validateDocument({
      document: await reader.open(place),
      name: file.path,
      contents: [
        ...(await Promise.all(
          covered
            .filter((path) => paths.includes(path))
            .map(async (path) => ({ name: basename(path), reader: await reader.open(path) })),
        )),
        ...(proof ? [{ name: 'evidence.ers', reader: bytesReader(proof) }] : []),
      ],
      material,
      examineEvidenceRecord,
      ...trust,
    });
    for (const [
      index,
      { indication, signedBy = 'unknown', reason, bestSignatureTime },
    ] of report.signatures.entries()) {
      const then = file.signatures[index]?.indication;
      const detail = `${signedBy}: ${reason} It existed by ${bestSignatureTime}.${then ? ` The archive found ${then}.` : ''}`;
      checks.push({ ...check('original-signature', signatureOutcomes[indication], detail, place), informative: true });
    }
  }
  return checks;
}

/** Certificates, CRLs and OCSP responses that the package carries. */
async function materialIn(reader: PackageReader, paths: readonly string[]): Promise<EmbeddedMaterial> {
  const ending = async (wanted: string) =>
    Promise.all(
      paths
        .filter((path) => path.startsWith('metadata/preservation/') && path.endsWith(wanted))
        .map(async (path) => readWhole(await reader.open(path), longest)),
    );
  return {
    ...noMaterial,
    certificates: await ending('.cer'),
    crls: await ending('.crl'),
    ocspResponses: await ending('.ocsp'),
  };
}
