import { createHash } from 'node:crypto';
import { type ByteReader, chunksOf, utcSeconds } from '../../base/index.ts';
import { type Certificate, readCertificates } from '../formats/x509/index.ts';
import type { TrustedList } from '../trusted-lists/index.ts';
import { trustAnchors } from './building-blocks/trust-anchors.ts';
import { initialiseContext, type ValidationContext } from './building-blocks/validation-context.ts';
import { openDocument } from './containers/open-document.ts';
import { type EmbeddedMaterial, noMaterial } from './embedded-material.ts';
import type { ExamineEvidenceRecord } from './evidence-examination.ts';
import { defaultPolicy } from './policy/default-policy.ts';
import type { ValidationPolicy } from './policy/validation-policy.ts';
import { evidenceRecordValidation, type JudgedEvidenceRecord } from './processes/evidence-record-validation.ts';
import { noProofs, type ProofsOfExistence } from './processes/proofs-of-existence.ts';
import { type JudgedTimestamp, timestampValidation } from './processes/timestamp-validation.ts';
import { validateSignature } from './processes/validate-signature.ts';
import { extractProofs } from './processes/validation-with-archival-data.ts';
import { reportEvidenceRecord, reportSignature, reportTimestamp, type ValidationReport } from './report.ts';
import type { DetachedContent } from './signed-content.ts';
import type { EvidenceRecordFacts, SignatureFacts, SignedDocument, TimestampFacts } from './signed-document.ts';
import { type WantedMaterial, wantedMaterial } from './wanted-material.ts';

/** Everything that a verdict depends on; nothing else is looked at. */
export interface ValidationRequest {
  readonly document: ByteReader;
  readonly name: string;
  /** SHA-256 of the document, lower-case hex, where it is known already; otherwise the document is read for it. */
  readonly sha256?: string;
  /** What a detached signature is over. */
  readonly contents: readonly DetachedContent[];
  /** DER of the certificates that are trusted. Hand in the same array again, and they are read once. */
  readonly anchors: readonly Uint8Array[];
  /**
   * Trusted lists whose signatures were verified: they tell what is qualified, and their services are anchors while they
   * are granted. Hand in the same array again, and they are indexed once. Without any nothing is said of qualification.
   */
  readonly trustedLists?: readonly TrustedList[];
  readonly validationTime: Date;
  /** Certificates and revocation data collected elsewhere, DER; evidence records among the contents may be over them. */
  readonly material?: Partial<EmbeddedMaterial>;
  readonly policy?: ValidationPolicy;
  /** Documents of the signature policies that signatures may name, each whole. */
  readonly signaturePolicies?: readonly Uint8Array[];
  /** `examineEvidenceRecord` of `standards/evidence`; without it evidence records are only named. */
  readonly examineEvidenceRecord?: ExamineEvidenceRecord;
}

/**
 * Validates every signature of a document (EN 319 102-1). Whatever is wrong with the document or its signatures is in
 * the report; the same request always gives the same report.
 * @throws what the reader throws, when bytes cannot be had
 */
export async function validateDocument(request: ValidationRequest): Promise<ValidationReport> {
  return (await validateAndAsk(request)).report;
}

/** A report, and what would have been needed beyond the material at hand. */
export interface OpenValidation {
  readonly report: ValidationReport;
  /** Where what is missing may be had; empty when nothing is. Hand it in as `material`, and validate again. */
  wanted(): WantedMaterial[];
}

/** The same, and what material is missing. @throws what the reader throws, when bytes cannot be had */
export async function validateAndAsk(request: ValidationRequest): Promise<OpenValidation> {
  const { document, contents, anchors, validationTime, policy = defaultPolicy } = request;
  const { trustedLists } = request;
  const outside: EmbeddedMaterial = { ...noMaterial, ...request.material };
  const others = readCertificates(outside.certificates);
  const help = { anchors: trustAnchors(anchors, trustedLists).all.all, outside };
  const opened = await openDocument(document, contents, others, request.examineEvidenceRecord, help);
  const inside = [opened.material, ...opened.evidenceRecords.map((record) => record.material)];
  const context = initialiseContext(policy, validationTime, anchors, inside, outside, trustedLists);
  const evidence = judgeEvidence(context, opened.evidenceRecords);
  const judged = judgeTimestamps(context, opened);
  const proofs = extractProofs(context, [...judged.values()], proofsOfEvidence(context, evidence));
  const signatures = opened.signatures.map((facts) =>
    validateSignature(context, facts, judged, proofs, hasEvidence(facts, opened.evidenceRecords)),
  );
  const inForce = trustedLists && { lists: trustedLists, validationTime };
  const report: ValidationReport = {
    container: opened.container,
    sha256: request.sha256 ?? (await sha256Of(document)),
    validationTime: utcSeconds(validationTime),
    policy: policy.name,
    signatures: signatures.map((one) => reportSignature(one, inForce, request.signaturePolicies)),
    evidenceRecords: evidence.map((one) => reportEvidenceRecord(one, inForce)),
    timestamps: opened.timestamps
      .flatMap((facts) => judged.get(facts) ?? [])
      .map((one) => reportTimestamp(one, inForce)),
    ...(opened.error ? { error: opened.error } : {}),
  };
  return { report, wanted: () => wantedMaterial(context, signersOf(opened)) };
}

/** Everyone whose certificate a verdict depends on. */
function signersOf({ signatures, timestamps, evidenceRecords }: SignedDocument): Certificate[] {
  const tokens = [
    ...signatures.flatMap((signature) => [signature, ...signature.timestamps]),
    ...timestamps,
    ...evidenceRecords.flatMap((record) => record.timestamps),
  ];
  return tokens.flatMap(({ signingCertificate }) => signingCertificate ?? []);
}

/** Each time-stamp of the document where it stands: a token copied under another signature says nothing of that one. */
function judgeTimestamps(context: ValidationContext, { signatures, timestamps }: SignedDocument) {
  const judged = new Map<TimestampFacts, JudgedTimestamp>();
  for (const facts of [...signatures.flatMap((signature) => signature.timestamps), ...timestamps])
    if (!judged.has(facts)) judged.set(facts, timestampValidation(context, facts));
  return judged;
}

/** Evidence records, their newer time-stamps judged before the older ones that they renew. */
function judgeEvidence(context: ValidationContext, records: readonly EvidenceRecordFacts[]): JudgedEvidenceRecord[] {
  return records.map((facts) => {
    const timestamps = facts.timestamps.map((timestamp) => timestampValidation(context, timestamp));
    return evidenceRecordValidation(context, facts, timestamps, extractProofs(context, timestamps));
  });
}

/** What is under a valid evidence record existed when its first time-stamp was made (EN 319 102-1 5.6.3.4 c). */
function proofsOfEvidence(context: ValidationContext, records: readonly JudgedEvidenceRecord[]): ProofsOfExistence {
  return records.reduce((proofs, { facts, conclusion }) => {
    const [first] = facts.timestamps;
    return first && conclusion.indication === 'PASSED'
      ? proofs.with(facts.covers, { time: first.productionTime, by: facts.id })
      : proofs;
  }, noProofs(context.currentTime));
}

function hasEvidence({ id }: SignatureFacts, records: readonly EvidenceRecordFacts[]): boolean {
  return records.some(({ covers, sealed }) => covers.has(id) || sealed.has(id));
}

async function sha256Of(reader: ByteReader): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of chunksOf(reader)) hash.update(chunk);
  return hash.digest('hex');
}
