import { bytesReader, sha256Hex, sha512Hex } from '../../../base/index.ts';
import { examineEvidenceRecord } from '../../../standards/evidence/index.ts';
import { noMaterial, validateDocument } from '../../../standards/signatures/index.ts';
import type { StatedFile } from '../certified-copy/copy-statement.ts';
import { type Check, check, failed, informative, passed, type Trust, undecided } from '../verification-check.ts';
import type { FreshEvidence } from './fresh-evidence.ts';
import type { ReadCopy } from './read-copy.ts';

/** Checks that the originals are those that the copy states, by size and both digests. */
export function verifyDigests({ kind, files, statement }: ReadCopy): Check[] {
  const checks: Check[] = [];
  for (const { name, size, sha256, sha512 } of statement.files) {
    const bytes = files.get(name);
    if (!bytes && kind === 'certificate')
      checks.push(
        undecided('digests', `The original is too large to be attached; compare its SHA-256 with ${sha256}.`, name),
      );
    else if (!bytes) checks.push(failed('digests', 'The original is missing.', name));
    else if (bytes.length !== size || sha256Hex(bytes) !== sha256 || sha512Hex(bytes) !== sha512)
      checks.push(
        failed(
          'digests',
          `This is not the original of the certificate: SHA-256 is ${sha256Hex(bytes)}, stated is ${sha256}.`,
          name,
        ),
      );
  }
  if (checks.length > 0) return checks;
  return [passed('digests', 'Every original has the size and the SHA-256 and SHA-512 digests that the copy states.')];
}

/**
 * Checks the evidence of each original, and its own signatures with that evidence as proof of when they existed. What the
 * reader does not trust by itself is told beside what the issuer found, and does not decide: that is the issuer's word,
 * which its seal stands for.
 */
export async function verifyOriginals(
  copy: ReadCopy,
  trust: Trust,
  fresh: FreshEvidence | undefined,
): Promise<Check[]> {
  const checks: Check[] = [];
  const material = materialIn(copy);
  for (const [index, stated] of copy.statement.files.entries()) {
    const bytes = copy.files.get(stated.name);
    if (!bytes) continue;
    const covered = copy.statement.files.filter(({ originalName }) => originalName === stated.signs);
    const records = recordsFor(copy, stated, index, fresh);
    const report = await validateDocument({
      document: bytesReader(bytes),
      name: stated.originalName,
      contents: [
        ...covered.flatMap(({ name, originalName }) => contentOf(copy.files.get(name), originalName)),
        ...records.map((record, number) => ({ name: `${number}.ers`, reader: bytesReader(record) })),
      ],
      material,
      examineEvidenceRecord,
      ...trust,
    });
    checks.push(...(await evidenceChecks(copy, stated, bytes, records, trust)));
    for (const signature of report.signatures) checks.push(ofSignature(copy, stated, signature));
  }
  return checks;
}

const contentOf = (bytes: Uint8Array | undefined, name: string) =>
  bytes ? [{ name, reader: bytesReader(bytes) }] : [];

/** Fresh records take the place of those in the copy. */
function recordsFor({ files }: ReadCopy, { name }: StatedFile, index: number, fresh: FreshEvidence | undefined) {
  const named = fresh?.records.get(name);
  if (named) return [named];
  if (fresh && fresh.unnamed.length > 0) return fresh.unnamed;
  const number = String(index + 1).padStart(3, '0');
  const own = files.get(`META-INF/evidencerecord${number}.ers`) ?? files.get(`${name}.ers`);
  return own ? [own] : [];
}

async function evidenceChecks(
  { statement }: ReadCopy,
  { name }: StatedFile,
  bytes: Uint8Array,
  records: readonly Uint8Array[],
  trust: Trust,
): Promise<Check[]> {
  if (records.length === 0) return [failed('evidence', 'There is no evidence record over the original.', name)];
  const checks: Check[] = [];
  for (const record of records) {
    const report = await validateDocument({
      document: bytesReader(record),
      name: `${name}.ers`,
      contents: [{ name, reader: bytesReader(bytes) }],
      examineEvidenceRecord,
      ...trust,
    });
    const [evidence] = report.evidenceRecords;
    if (!evidence) return [failed('evidence', report.error?.message ?? 'It is no evidence record.', name)];
    if (evidence.notCovered?.includes(name))
      return [failed('evidence', 'The evidence record is over another file.', name)];
    const newest = evidence.timestamps.at(-1)?.productionTime ?? '';
    const lapsed = `The evidence in hand proves it until ${statement.preservation.provenUntil}; newer evidence: ${statement.evidenceAt ?? 'ask the issuer, by the code'}, then --evidence FILE.`;
    const isProven = evidence.indication === 'PASSED';
    const detail = isProven
      ? `It existed by then: newest time-stamp ${newest}. ${evidence.reason}`
      : `${evidence.reason} ${lapsed}`;
    checks.push(check('evidence', evidence.indication, detail, name));
  }
  return checks;
}

function ofSignature(
  { statement }: ReadCopy,
  { name, originalName }: StatedFile,
  signature: {
    indication: string;
    subIndication?: string;
    reason: string;
    signedBy?: string;
    bestSignatureTime: string;
  },
): Check {
  const { indication, signedBy = 'unknown', reason, bestSignatureTime } = signature;
  const stated = statement.signatures.find(
    (one) => one.file === originalName && (one.signedBy === undefined || one.signedBy === signedBy),
  );
  const issuers = stated ? ` The issuer found ${stated.now.indication} (${stated.now.validatedAt}).` : '';
  const detail = `${signedBy}: ${reason} It existed by ${bestSignatureTime}.${issuers}`;
  if (indication === 'TOTAL_FAILED') return failed('original-signature', detail, name);
  if (indication === 'TOTAL_PASSED') return passed('original-signature', detail, name);
  return informative(undecided('original-signature', detail, name));
}

function materialIn({ files }: ReadCopy) {
  const ending = (wanted: string) =>
    [...files].filter(([name]) => name.startsWith('material/') && name.endsWith(wanted)).map(([, bytes]) => bytes);
  return { ...noMaterial, certificates: ending('.cer'), crls: ending('.crl'), ocspResponses: ending('.ocsp') };
}
