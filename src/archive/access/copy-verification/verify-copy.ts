import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { bytesReader, FormatError, sha256Hex, unlessMalformed } from '../../../base/index.ts';
import { readManifest } from '../../../standards/signatures/index.ts';
import { fileReader } from '../../archival-storage/index.ts';
import { statusFileNames } from '../../preservation/index.ts';
import { containerSealPaths } from '../certified-copy/seal-copy.ts';
import type { ExportVerification } from '../export-verification.ts';
import { type Check, failed, passed, resultOf, type Trust, undecided } from '../verification-check.ts';
import { verifyStatus } from '../verify-status.ts';
import { readFreshEvidence } from './fresh-evidence.ts';
import { type ReadCopy, readCertificate, readCopy } from './read-copy.ts';
import { verifyDigests, verifyOriginals } from './verify-originals.ts';
import { verifyPerson } from './verify-person.ts';
import { type RevocationSources, verifyRevocation } from './verify-revocation.ts';
import { verifySeal } from './verify-seal.ts';

/** What is given beside the copy. */
export interface CopyVerificationOptions extends RevocationSources {
  /** Newer evidence, as the issuer's page hands it out: paths. */
  readonly evidence?: readonly string[];
}

/** What was found of a certified copy, with what it says it is. */
export interface CopyVerification extends ExportVerification {
  readonly copy?: {
    readonly number: string;
    readonly code: string;
    readonly issuer: string;
    readonly issuedAt: string;
    readonly record: string;
    readonly title: string;
    readonly verdict: string;
    readonly provenUntil: string;
    readonly evidenceAt?: string;
    readonly anchorSha256: string;
  };
}

/**
 * Verifies a certified copy with no archive at hand: its parts, digests, seal, evidence, and the signatures of the
 * originals at the time that the evidence proves.
 * @returns undefined when there is no certified copy at `path`
 * @throws FormatError for malformed evidence or a malformed revocation list
 */
export async function verifyCopy(
  path: string,
  trust: Trust,
  options: CopyVerificationOptions = {},
): Promise<CopyVerification | undefined> {
  const file = await copyAt(path);
  if (file === undefined) return undefined;
  const trusted = trust.anchors.length > 0 ? 'given' : 'embedded-only';
  let copy: ReadCopy | undefined;
  try {
    copy = await readCopy(await fileReader(file));
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const detail = `The copy cannot be read: ${error.message}.`;
    return { result: 'FAILED', trust: trusted, checks: [failed('structure', detail)] };
  }
  if (!copy) return undefined;
  const fresh = options.evidence?.length ? await readFreshEvidence(options.evidence) : undefined;
  const checks = [
    ...(await structure(copy)),
    ...(await besides(path, file, copy)),
    ...verifyDigests(copy),
    ...(await verifySeal(copy, trust, fresh)),
    ...(await verifyPerson(copy, trust)),
    ...(await verifyOriginals(copy, trust, fresh)),
    ...(await statusOf(copy, trust)),
    ...(await verifyRevocation(copy, trust, options)),
    ...(copy.statement.isTest
      ? [undecided('issued', 'TEST: made with the built-in test seal, never issued. It proves nothing.')]
      : []),
  ];
  return { result: resultOf(checks), trust: trusted, checks, copy: summaryOf(copy) };
}

/** A file that may be a copy; of a folder, the only container in it. */
async function copyAt(path: string): Promise<string | undefined> {
  const facts = await stat(path).catch(() => undefined); // whoever reads it tells that it cannot be read
  if (facts?.isFile()) return path;
  if (!facts?.isDirectory()) return undefined;
  const [only, another] = (await readdir(path)).filter((name) => name.endsWith('.asice'));
  return only !== undefined && another === undefined ? join(path, only) : undefined;
}

/** The parts of a container belong together: the certificate in it states the same, and nothing lies beside what is sealed. */
async function structure({ kind, files, statementBytes }: ReadCopy): Promise<Check[]> {
  if (kind === 'certificate') return [passed('structure', 'The certificate carries what it states, for programs.')];
  const unsealed = unsealedFiles(files);
  if (unsealed.length > 0)
    return unsealed.map((name) => failed('structure', 'The seal of the container is not over this file.', name));
  const certificate = files.get('certificate.pdf');
  if (!certificate) return [failed('structure', 'There is no certificate in the container.')];
  try {
    const inside = await readCertificate(bytesReader(certificate));
    if (Buffer.compare(inside.statementBytes, statementBytes) !== 0)
      return [
        failed(
          'certificate',
          `The certificate is of another copy: it states ${inside.statement.number} of record ${inside.statement.record.number}.`,
        ),
      ];
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return [failed('certificate', `The certificate cannot be read: ${error.message}.`)];
  }
  return [passed('structure', 'Originals, certificate and statement are there, and the certificate states the same.')];
}

/** What lies in the container beside what its manifest names; signatures and evidence are about the rest. */
function unsealedFiles(files: ReadonlyMap<string, Uint8Array>): string[] {
  const bytes = files.get(containerSealPaths.manifest);
  const manifest = bytes && unlessMalformed(() => readManifest(containerSealPaths.manifest, bytes));
  const named = new Set(manifest?.entries.map(({ path }) => path));
  return [...files.keys()].filter((name) => name !== 'mimetype' && !name.startsWith('META-INF/') && !named.has(name));
}

/** The certificate that was handed out beside the container is the one in it. */
async function besides(path: string, file: string, { files }: ReadCopy): Promise<Check[]> {
  if (path === file) return [];
  const name = file.slice(path.length + 1).replace(/\.asice$/, '-certificate.pdf');
  const beside = await fileReader(join(path, name)).catch(() => undefined); // it need not be there
  if (!beside) return [];
  const inside = sha256Hex(files.get('certificate.pdf') ?? new Uint8Array());
  const own = sha256Hex(await beside.read(0, beside.size));
  if (own === inside) return [passed('beside', 'The certificate beside the container is the one in it.', name)];
  return [failed('beside', 'The certificate beside the container is not the one in it.', name)];
}

/** The statement of fields 11 to 14 that lies in a container. */
function statusOf(
  { files, statement: { record, files: stated, preservation } }: ReadCopy,
  trust: Trust,
): Promise<Check[]> {
  const [statement, seal] = [files.get(statusFileNames.statement), files.get(statusFileNames.seal)];
  return verifyStatus(
    { ...(statement ? { statement } : {}), ...(seal ? { seal } : {}) },
    {
      id: record.id,
      version: record.version,
      sha512: stated.map(({ sha512 }) => sha512),
      stamps: new Set([preservation.stampedAt]),
      isNewestOnly: true,
    },
    trust,
  );
}

function summaryOf({ statement }: ReadCopy): NonNullable<CopyVerification['copy']> {
  const { number, code, issuer, issuedAt, record, verdict, preservation, evidenceAt, seal } = statement;
  return {
    ...{ number, code, issuer: issuer.name, issuedAt, record: record.number, title: record.title, verdict },
    provenUntil: preservation.provenUntil,
    ...(evidenceAt ? { evidenceAt } : {}),
    anchorSha256: seal.anchorSha256,
  };
}
