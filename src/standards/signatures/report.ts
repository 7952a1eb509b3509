import { sha256Hex, utcSeconds } from '../../base/index.ts';
import { nameForPeople } from '../formats/x509/index.ts';
import type { Qualified, SignatureQualification, TimestampQualification } from '../trusted-lists/index.ts';
import {
  type Conclusion,
  type FinalIndication,
  finalIndications,
  type Indication,
  type ReasonCode,
  type SubIndication,
} from './indication.ts';
import type { BlockName } from './processes/basic-validation.ts';
import type { JudgedEvidenceRecord } from './processes/evidence-record-validation.ts';
import type { JudgedTimestamp } from './processes/timestamp-validation.ts';
import type { JudgedSignature } from './processes/validate-signature.ts';
import { type ListsInForce, qualifiedSignature, qualifiedTimestamp } from './qualification.ts';
import { reasonOf, sentence } from './reason.ts';
import { reportSignaturePolicy, type SignaturePolicyReport } from './signature-policy.ts';
import type {
  ContainerKind,
  DocumentErrorCode,
  ModificationNote,
  Scope,
  SignatureFacts,
  TimestampType,
} from './signed-document.ts';

/** One block's conclusion, as it stands in the report. */
export interface BlockReport {
  readonly block: BlockName;
  readonly indication: Indication;
  readonly subIndication?: SubIndication;
  readonly reasonCode?: ReasonCode;
}

/** A time-stamp, as it stands in the report; qualified or not where there are trusted lists. */
export interface TimestampReport extends Partial<Qualified<TimestampQualification>> {
  readonly id: string;
  readonly type: TimestampType;
  readonly productionTime: string;
  readonly indication: Indication;
  readonly subIndication?: SubIndication;
  readonly reason: string;
  readonly reasonCode: ReasonCode;
  readonly signedBy?: string;
  readonly tsaCertSha256?: string;
  readonly digestAlg?: string;
  readonly imprintFound: boolean;
  readonly imprintIntact: boolean;
  readonly blocks: readonly BlockReport[];
}

/** A signature, as it stands in the report: the fields of the command line's contract. */
export interface SignatureReport extends Partial<Qualified<SignatureQualification>> {
  readonly id: string;
  readonly format: string;
  readonly indication: FinalIndication;
  readonly subIndication?: SubIndication;
  readonly reason: string;
  readonly reasonCode: ReasonCode;
  readonly signedBy?: string;
  readonly signingCertSha256?: string;
  /** Hexadecimal, in capitals, and who issued it: what a certificate is cited by (UTT 5 point 6, field 8). */
  readonly signingCertSerial?: string;
  readonly signingCertIssuer?: string;
  readonly sigValueSha256: string;
  readonly claimedSigningTime?: string;
  readonly bestSignatureTime: string;
  readonly digestAlg?: string;
  readonly signatureAlg?: string;
  readonly counterSignature?: true;
  readonly timestamps: readonly TimestampReport[];
  /** What proves by which times the signature existed: ids of time-stamps and evidence records of this report. */
  readonly proofs: readonly { readonly time: string; readonly by: string }[];
  /** The verdict if nothing proved anything: basic validation alone, where that is another one. */
  readonly withoutProofs?: { readonly indication: FinalIndication; readonly subIndication?: SubIndication };
  /** The signature value is good. */
  readonly intact: boolean;
  /** The value and everything it refers to are good. */
  readonly valid: boolean;
  readonly modifications?: readonly ModificationNote[];
  readonly scopes: readonly Scope[];
  /** The policy that the signature names; no verdict depends on it. */
  readonly signaturePolicy?: SignaturePolicyReport;
  /** sha256 of each certificate, from the signer's to the anchor's. */
  readonly certificatePath: readonly string[];
  readonly notes?: readonly string[];
  readonly blocks: readonly BlockReport[];
}

/** An evidence record, as it stands in the report. */
export interface EvidenceRecordReport {
  readonly id: string;
  readonly type: 'ASN1_EVIDENCE_RECORD' | 'XML_EVIDENCE_RECORD';
  readonly indication: Indication;
  readonly subIndication?: SubIndication;
  readonly reason: string;
  readonly reasonCode: ReasonCode;
  /** What was handed over with it and is not under it. */
  readonly notCovered?: readonly string[];
  readonly timestamps: readonly TimestampReport[];
}

/** What `trajno validate --json` tells of a document. */
export interface ValidationReport {
  readonly container: ContainerKind;
  readonly sha256: string;
  readonly validationTime: string;
  readonly policy: string;
  readonly signatures: readonly SignatureReport[];
  readonly evidenceRecords: readonly EvidenceRecordReport[];
  readonly timestamps: readonly TimestampReport[];
  readonly error?: { readonly code: DocumentErrorCode; readonly message: string };
}

/**
 * A judged signature in the form of the report.
 * @param inForce the lists that tell what is qualified, if there are any
 * @param policyDocuments documents of signature policies that were handed in
 */
export function reportSignature(
  judged: JudgedSignature,
  inForce?: ListsInForce,
  policyDocuments: readonly Uint8Array[] = [],
): SignatureReport {
  const { facts, conclusion, bestSignatureTime, format, timestamps, basic, blocks } = judged;
  const { signingCertificate, claimedSigningTime, digestAlgorithm, signatureAlgorithm } = facts;
  const intact = facts.valueCheck === 'good';
  const notes = conclusion.notes.map(sentence);
  return {
    id: facts.id,
    format,
    indication: finalIndications[conclusion.indication],
    ...subIndicationOf(conclusion),
    ...reasonOf(conclusion),
    ...withModifications(conclusion, facts),
    ...(signingCertificate
      ? {
          signedBy: nameForPeople(signingCertificate.subject),
          signingCertSha256: signingCertificate.sha256,
          signingCertSerial: signingCertificate.serial.toString(16).toUpperCase(),
          signingCertIssuer: nameForPeople(signingCertificate.issuer),
        }
      : {}),
    sigValueSha256: sha256Hex(facts.signatureValue),
    ...(claimedSigningTime ? { claimedSigningTime: utcSeconds(claimedSigningTime) } : {}),
    bestSignatureTime: utcSeconds(bestSignatureTime),
    ...(digestAlgorithm ? { digestAlg: digestAlgorithm } : {}),
    ...(signatureAlgorithm ? { signatureAlg: signatureAlgorithm.name } : {}),
    ...(facts.isCounterSignature ? { counterSignature: true } : {}),
    ...qualifiedSignature(judged, finalIndications[conclusion.indication], inForce),
    timestamps: timestamps.map((one) => reportTimestamp(one, inForce)),
    proofs: judged.proofs.map(({ time, by }) => ({ time: utcSeconds(time), by })),
    ...withoutProofs(judged),
    intact,
    valid: intact && facts.references.every((reference) => reference.found && reference.intact),
    ...(facts.modifications ? { modifications: facts.modifications } : {}),
    scopes: facts.scopes,
    ...(facts.signaturePolicy
      ? { signaturePolicy: reportSignaturePolicy(facts.signaturePolicy, policyDocuments) }
      : {}),
    certificatePath: (basic.x509?.path ?? []).map(({ sha256 }) => sha256),
    ...(notes.length > 0 ? { notes } : {}),
    blocks: reportBlocks(blocks),
  };
}

function withoutProofs({ basic, conclusion }: JudgedSignature): Pick<SignatureReport, 'withoutProofs'> {
  const alone = { indication: finalIndications[basic.conclusion.indication], ...subIndicationOf(basic.conclusion) };
  const now = { indication: finalIndications[conclusion.indication], ...subIndicationOf(conclusion) };
  const isSame = alone.indication === now.indication && alone.subIndication === now.subIndication;
  return isSame ? {} : { withoutProofs: alone };
}

/** A PDF that goes on after what was signed is never told of without saying so. */
function withModifications(conclusion: Conclusion, { modifications = [] }: SignatureFacts): { reason?: string } {
  if (modifications.length === 0) return {};
  return { reason: [reasonOf(conclusion).reason, ...modifications.map(({ message }) => message)].join(' ') };
}

/** A judged evidence record in the form of the report. */
export function reportEvidenceRecord(
  { facts, conclusion, timestamps }: JudgedEvidenceRecord,
  inForce?: ListsInForce,
): EvidenceRecordReport {
  return {
    id: facts.id,
    type: facts.type,
    indication: conclusion.indication,
    ...subIndicationOf(conclusion),
    ...reasonOf(conclusion),
    ...(facts.uncovered.length > 0 ? { notCovered: facts.uncovered } : {}),
    timestamps: timestamps.map((one) => reportTimestamp(one, inForce)),
  };
}

/** A judged time-stamp in the form of the report. */
export function reportTimestamp(judged: JudgedTimestamp, inForce?: ListsInForce): TimestampReport {
  const { facts, basic } = judged;
  const { signingCertificate, signatureAlgorithm } = facts;
  const imprint = facts.references.find(({ kind }) => kind === 'MESSAGE_IMPRINT');
  return {
    id: facts.id,
    type: facts.type,
    productionTime: utcSeconds(facts.productionTime),
    indication: basic.conclusion.indication,
    ...subIndicationOf(basic.conclusion),
    ...reasonOf(basic.conclusion),
    ...(signingCertificate
      ? { signedBy: nameForPeople(signingCertificate.subject), tsaCertSha256: signingCertificate.sha256 }
      : {}),
    ...(signatureAlgorithm?.digest ? { digestAlg: signatureAlgorithm.digest } : {}),
    ...qualifiedTimestamp(judged, inForce),
    imprintFound: imprint?.found ?? false,
    imprintIntact: imprint?.intact ?? false,
    blocks: reportBlocks(basic.blocks),
  };
}

function subIndicationOf(conclusion: Conclusion): { subIndication?: SubIndication } {
  return conclusion.indication === 'PASSED' ? {} : { subIndication: conclusion.subIndication };
}

function reportBlocks(blocks: Partial<Record<BlockName, Conclusion>>): BlockReport[] {
  return Object.entries(blocks).map(([block, conclusion]) => ({
    block: block as BlockName,
    indication: conclusion.indication,
    ...(conclusion.indication === 'PASSED'
      ? {}
      : { subIndication: conclusion.subIndication, reasonCode: conclusion.finding.code }),
  }));
}
