import { bytesReader, sha256Hex } from '../../../base/index.ts';
import { examineEvidenceRecord } from '../../../standards/evidence/index.ts';
import { openPdf, readSignatureFields } from '../../../standards/formats/pdf/index.ts';
import {
  type DetachedContent,
  readManifest,
  type SignatureReport,
  type TimestampReport,
  type ValidationReport,
  validateDocument,
} from '../../../standards/signatures/index.ts';
import { containerSealPaths } from '../certified-copy/seal-copy.ts';
import {
  type Check,
  check,
  failed,
  informative,
  passed,
  signatureOutcomes,
  type Trust,
  undecided,
} from '../verification-check.ts';
import type { FreshEvidence } from './fresh-evidence.ts';
import type { ReadCopy } from './read-copy.ts';

/**
 * Checks the seal of a copy: what it covers, whether it holds, and that it is by the key that the copy names. Where fresh
 * evidence is over the container's seal, that decides: it proves that the seal existed while its certificate was good.
 */
export async function verifySeal(copy: ReadCopy, trust: Trust, evidence: FreshEvidence | undefined): Promise<Check[]> {
  const document = await validated(
    copy.reader,
    [],
    trust,
    copy.kind === 'container' ? 'copy.asice' : 'certificate.pdf',
  );
  const own = sealIn(document, signaturesOn(copy));
  if (!own) return [failed('seal', document.error?.message ?? 'There is not exactly one seal over the copy.')];
  const proven = await sealByEvidence(copy, trust, evidence);
  return [
    ...sealChecks(copy, own, proven?.seal),
    ...(proven?.checks ?? []),
    keyCheck(copy, own),
    ...timestampChecks(own, proven?.seal),
    ...(copy.kind === 'certificate' ? await paddingChecks(copy) : evidenceInContainer(copy, document)),
  ];
}

/**
 * Every seal is stamped: a token that is missing or broken is no chance. Lapsed ones are settled by newer evidence. That
 * one is undecided is told, and the verdict on the seal has taken it into account (EN 319 102-1 5.5).
 */
function timestampChecks({ timestamps }: SignatureReport, proven: SignatureReport | undefined): Check[] {
  if (timestamps.length < stampsOfSeal)
    return [failed('seal-timestamp', 'A time-stamp of the seal is missing or cannot be read.')];
  return timestamps.map((stamp) => timestampCheck(stamp, proven));
}

/** One of the signature, one of all that shows that it holds (level LTA). */
const stampsOfSeal = 2;

function timestampCheck(stamp: TimestampReport, proven: SignatureReport | undefined): Check {
  const detail = `${stamp.productionTime}, ${stamp.signedBy ?? 'unknown authority'}: ${stamp.reason}`;
  const isBroken = stamp.indication === 'FAILED' || !stamp.imprintIntact;
  if (isBroken) return failed('seal-timestamp', detail);
  if (stamp.indication === 'PASSED' || proven?.indication !== 'TOTAL_PASSED')
    return informative(check('seal-timestamp', stamp.indication, detail));
  return passed('seal-timestamp', `${stamp.productionTime}: it has lapsed since; the newer evidence proves the seal.`);
}

/** Each original has an evidence record in the container whose manifest names it (EN 319 162-1 4.4.3.3). */
function evidenceInContainer({ statement }: ReadCopy, { evidenceRecords }: ValidationReport): Check[] {
  const whole = evidenceRecords.filter(
    ({ indication, notCovered = [] }) => indication !== 'FAILED' && notCovered.length === 0,
  );
  if (whole.length === statement.files.length && evidenceRecords.length === whole.length) return [];
  return [
    failed('evidence', 'The evidence records in the container are not over the originals that their manifests name.'),
  ];
}

/**
 * Behind a signature a PDF has nothing but zeros, which no digest is over; behind the last time-stamp the file has nothing,
 * and no other signature is in it.
 */
async function paddingChecks({ reader, statement }: ReadCopy): Promise<Check[]> {
  const fields = await readSignatureFields(await openPdf(reader));
  const checks: Check[] = [];
  for (const { contents = new Uint8Array() } of fields) {
    const length = derLength(contents);
    if (length === undefined || !contents.subarray(length).every((octet) => octet === 0))
      checks.push(failed('seal', 'Something else than zeros stands behind the seal, where nothing is sealed.'));
  }
  const last = fields.at(-1)?.byteRange ?? [];
  if ((last[2] ?? 0) + (last[3] ?? 0) !== reader.size)
    checks.push(failed('seal', 'The file goes on behind the time-stamp of the seal, where nothing is sealed.'));
  const expected = stampsOfSeal + (statement.personSignature ? 1 : 0); // the person's may have time-stamps of its own
  if (fields.length !== expected && !(statement.personSignature && fields.length > expected))
    checks.push(failed('seal', 'There are other signatures in the certificate than the seal and its time-stamp.'));
  return checks;
}

/** Octets of the element that begins here, header included (X.690 8.1.3). */
function derLength(bytes: Uint8Array): number | undefined {
  const [, first = 0] = bytes;
  if (first < 0x80) return 2 + first;
  const octets = first & 0x7f;
  if (octets === 0 || octets > 4) return undefined;
  return 2 + octets + bytes.subarray(2, 2 + octets).reduce((length, octet) => length * 256 + octet, 0);
}

/** The person's own signature stands before the seal, on the certificate alone. */
function signaturesOn({ kind, statement }: ReadCopy): number {
  return kind === 'certificate' && statement.personSignature ? 2 : 1;
}

/** The last of as many signatures as there must be. */
function sealIn({ signatures }: ValidationReport, expected: number): SignatureReport | undefined {
  return signatures.length === expected ? signatures.at(-1) : undefined;
}

/** What lifts a seal to LTA comes after it: its time-stamp is over all of that, and is checked. */
const ofLta: readonly string[] = ['LATER_REVISIONS', 'SIGNATURES_ADDED'];

function sealChecks({ kind, statement }: ReadCopy, own: SignatureReport, proven: SignatureReport | undefined): Check[] {
  const detail = `${own.signedBy ?? 'unknown'}: ${own.reason}`;
  const modified = (own.modifications ?? [])
    .filter(({ code }) => !ofLta.includes(code))
    .map(({ message }) => failed('seal', `Changed after it was sealed. ${message}`));
  if (own.indication === 'TOTAL_FAILED') return [failed('seal', detail), ...modified];
  if (proven?.indication === 'TOTAL_PASSED')
    return [
      passed('seal', `${own.signedBy}: the newer evidence proves that it was made while its certificate was good.`),
      ...modified,
    ];
  if (own.subIndication === 'NO_CERTIFICATE_CHAIN_FOUND') {
    const { anchorName, anchorSha256 } = statement.seal;
    const advice = `The copy agrees with itself, but its seal leads to no certificate that you trust. It names “${anchorName}”, SHA-256 ${anchorSha256}: get that from the issuer, compare the fingerprint, and give it with --trust.`;
    return [undecided('seal', advice), ...modified];
  }
  const what = kind === 'container' ? 'container' : 'certificate';
  return [check('seal', signatureOutcomes[own.indication], `The seal of the ${what}: ${detail}`), ...modified];
}

/** A key that the copy does not name has sealed something else than what was issued. */
function keyCheck({ statement }: ReadCopy, { signingCertSha256 }: SignatureReport): Check {
  const { certificateSha256 } = statement.seal;
  if (signingCertSha256 === certificateSha256)
    return passed('seal-key', 'The seal is by the certificate that the copy names.');
  return failed(
    'seal-key',
    `The seal is by another key: its certificate has SHA-256 ${signingCertSha256 ?? 'unknown'}, the copy names ${certificateSha256}.`,
  );
}

interface SealByEvidence {
  readonly seal?: SignatureReport;
  readonly checks: readonly Check[];
}

/** The container's seal with evidence over its two files; of a certificate alone, both come with the evidence. */
async function sealByEvidence(
  copy: ReadCopy,
  trust: Trust,
  evidence: FreshEvidence | undefined,
): Promise<SealByEvidence | undefined> {
  const records = ['signature001.p7s', 'ASiCManifest001.xml'].flatMap((name) => evidence?.records.get(name) ?? []);
  if (records.length === 0) return undefined;
  const manifest = copy.files.get(containerSealPaths.manifest) ?? evidence?.manifest;
  const signature = copy.files.get(containerSealPaths.signature) ?? evidence?.signature;
  if (!manifest || !signature) return undefined;
  if (copy.kind === 'certificate' && !(await namesCertificate(manifest, copy)))
    return {
      checks: [
        failed('seal-evidence', 'The evidence is of another copy: its list of files names another certificate.'),
      ],
    };
  const contents = [
    { name: 'ASiCManifest001.xml', reader: bytesReader(manifest) },
    ...records.map((bytes, index) => ({ name: `seal-${index}.ers`, reader: bytesReader(bytes) })),
  ];
  const report = await validated(bytesReader(signature), contents, trust, 'signature001.p7s');
  const seal = sealIn(report, 1);
  const checks = report.evidenceRecords.map(({ indication, reason, notCovered = [] }) =>
    check(
      'seal-evidence',
      indication,
      notCovered.length > 1 ? `${reason} It is over neither file of the seal.` : reason,
    ),
  );
  return { ...(seal ? { seal } : {}), checks };
}

async function namesCertificate(manifest: Uint8Array, { reader }: ReadCopy): Promise<boolean> {
  const own = sha256Hex(await reader.read(0, reader.size));
  return readManifest('ASiCManifest001.xml', manifest).entries.some(
    ({ path, digest, digestAlgorithm }) =>
      path === 'certificate.pdf' && digestAlgorithm === 'SHA256' && Buffer.from(digest).toString('hex') === own,
  );
}

async function validated(
  document: ReadCopy['reader'],
  contents: readonly DetachedContent[],
  { anchors, validationTime }: Trust,
  name: string,
): Promise<ValidationReport> {
  return validateDocument({ document, name, contents, anchors, validationTime, examineEvidenceRecord });
}
