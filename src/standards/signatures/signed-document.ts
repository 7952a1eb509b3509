import type { Certificate, DigestName, SignatureAlgorithm, SignatureCheck } from '../formats/x509/index.ts';
import type { EmbeddedMaterial } from './embedded-material.ts';
import type { Finding } from './indication.ts';

/** What kind of file it is, as the report names it. */
export type ContainerKind = 'PDF' | 'CMS' | 'XML' | 'JWS' | 'ASiC-S' | 'ASiC-E' | 'ER' | 'TSP' | 'none';

/**
 * Every container turned into one shape at the door: facts alone, nothing judged. What comes after asks no more what the
 * file was.
 */
export interface SignedDocument {
  readonly container: ContainerKind;
  readonly signatures: readonly SignatureFacts[];
  readonly evidenceRecords: readonly EvidenceRecordFacts[];
  /** Time-stamps that stand alone. */
  readonly timestamps: readonly TimestampFacts[];
  readonly material: EmbeddedMaterial;
  /** Why nothing, or not all, could be read. */
  readonly error?: { readonly code: DocumentErrorCode; readonly message: string };
}

/** Facts of an evidence record (RFC 4998, RFC 6283). */
export interface EvidenceRecordFacts {
  readonly id: string;
  readonly type: 'ASN1_EVIDENCE_RECORD' | 'XML_EVIDENCE_RECORD';
  /** Why it was not looked into, and is only named. */
  readonly unexamined?: string;
  readonly formatFindings: readonly Finding[];
  /** It uses a digest algorithm that it does not name (RFC 4998 3.1). */
  readonly usesUnnamedAlgorithm?: boolean;
  /** The objects that it must be over. */
  readonly references: readonly ReferenceFact[];
  /** Names of objects handed over with it that it is not over. */
  readonly uncovered: readonly string[];
  /** From the oldest to the newest. */
  readonly timestamps: readonly TimestampFacts[];
  /** The digest algorithm of each chain, and when the next chain took over. */
  readonly chains: readonly { readonly digestAlgorithm: DigestName | undefined; readonly endsAt?: Date }[];
  /** Ids of what it proves to have existed when its first time-stamp was made. */
  readonly covers: ReadonlySet<string>;
  /** Ids of the signatures that it stands under. */
  readonly sealed: ReadonlySet<string>;
  /** What its time-stamps are judged with. */
  readonly material: EmbeddedMaterial;
}

/** Why a document could not be looked into: a closed list, from which pages translate. */
export type DocumentErrorCode = 'DOCUMENT_ENCRYPTED' | 'DOCUMENT_TOO_LARGE' | 'DOCUMENT_BROKEN';

/** What a token says of something that it signs. */
export interface ReferenceFact {
  readonly kind:
    | 'MESSAGE_DIGEST'
    | 'CONTENT'
    | 'MESSAGE_IMPRINT'
    | 'COUNTER_SIGNED_VALUE'
    | 'MANIFEST_ENTRY'
    | 'REFERENCE'
    | 'SIGNED_PROPERTIES'
    | 'KEY_INFO'
    | 'XML_MANIFEST_ENTRY'
    | 'SIGNING_INPUT'
    | 'DATA_OBJECT'
    | 'EVIDENCED_OBJECT'
    | 'PRECEDING_TIME_STAMP'
    | 'PRECEDING_SEQUENCE';
  readonly digestAlgorithm?: DigestName;
  readonly found: boolean;
  readonly intact: boolean;
  /** It is at hand and its digest is stated, by an algorithm that nobody here knows. */
  readonly hasUnknownDigest?: boolean;
  /** Why it was not followed, where that is refused. */
  readonly refused?: string;
}

/** What the token itself says of whose certificate it is to be verified with. */
export type CertificateReferenceFact =
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'matches' | 'differs'; readonly digestAlgorithm: DigestName | undefined };

/** Facts of anything that is signed: a signature or a time-stamp. */
export interface TokenFacts {
  /** Tells it apart from the others in this report, and in proofs of existence. */
  readonly id: string;
  /** What the structure breaks of its format's rules. */
  readonly formatFindings: readonly Finding[];
  /** The certificate that the token identifies, and whose key its value was checked with. */
  readonly signingCertificate?: Certificate;
  readonly certificateReference: CertificateReferenceFact;
  readonly references: readonly ReferenceFact[];
  readonly signatureValue: Uint8Array;
  readonly signatureAlgorithm?: SignatureAlgorithm;
  readonly digestAlgorithm?: DigestName;
  /** `unchecked`: there was no certificate, or no content, to check it with. */
  readonly valueCheck: SignatureCheck | 'unchecked';
}

/** Kinds of time-stamp, as DSS names them. */
export type TimestampType =
  | 'CONTENT_TIMESTAMP'
  | 'ALL_DATA_OBJECTS_TIMESTAMP'
  | 'INDIVIDUAL_DATA_OBJECTS_TIMESTAMP'
  | 'SIGNATURE_TIMESTAMP'
  | 'VALIDATION_DATA_REFSONLY_TIMESTAMP'
  | 'VALIDATION_DATA_TIMESTAMP'
  | 'ARCHIVE_TIMESTAMP'
  | 'DOCUMENT_TIMESTAMP'
  | 'CONTAINER_TIMESTAMP'
  | 'EVIDENCE_RECORD_TIMESTAMP';

/** Facts of a time-stamp. */
export interface TimestampFacts extends TokenFacts {
  readonly type: TimestampType;
  /** Which form of archive time-stamp it is. */
  readonly archiveForm?: 'v2' | 'v3';
  readonly productionTime: Date;
  /** Ids of what it proves to have existed: signatures, time-stamps, certificates and revocation data (sha256). */
  readonly covers: ReadonlySet<string>;
}

/** How much of a document a signature is over. */
export interface Scope {
  readonly scope: 'FULL' | 'PARTIAL' | 'DIGEST' | 'COUNTER_SIGNATURE';
  readonly name: string;
}

/** Kinds of change to a PDF after it was signed. */
export type ModificationCode =
  | 'LATER_REVISIONS'
  | 'NOT_ANALYSED'
  | 'SIGNATURES_ADDED'
  | 'FORM_FILLED'
  | 'ANNOTATIONS_CHANGED'
  | 'PAGE_CONTENT_CHANGED'
  | 'OTHER_OBJECTS_CHANGED';

/** What came into a PDF after it was signed. */
export interface ModificationNote {
  readonly code: ModificationCode;
  /** How many bytes follow the signed revision. */
  readonly bytes: number;
  readonly message: string;
  /** Whether a certification signature lets it happen; absent for other signatures. */
  readonly allowed?: boolean;
}

/** What a signature's format and level are told from (EN 319 122, 132, 142), as far as it shows in its own bytes. */
export interface ProfileFacts {
  readonly family: 'CAdES' | 'XAdES' | 'PAdES' | 'JAdES' | 'PKCS7' | 'PDF';
  /** Its attributes are those of a basic electronic signature. */
  readonly basic: boolean;
  /** They are those of the baseline level B. */
  readonly baseline: boolean;
  readonly hasPolicy: boolean;
  /** References to certificates and revocation data, once each (CAdES-C). */
  readonly hasCompleteReferences: boolean;
  /** Attributes with which a signature is no longer of the baseline level LT. */
  readonly hasOlderAttributes: boolean;
  /** An evidence record, of the kind that fits where the content lies. */
  readonly hasEvidenceRecord: boolean;
  /** The PDF has a document security store. */
  readonly hasSecurityStore: boolean;
  /** XAdES, JAdES: each signature time-stamp property holds one time-stamp (EN 319 132-1 6.3 n, TS 119 182-1 6.3 c). */
  readonly singleTimestamps?: boolean;
  /** XAdES: certificates stand among the unsigned properties. */
  readonly hasCertificateValues?: boolean;
}

/** The policy that a signature says it was made under; absent where none is named, or it is implied. */
export interface SignaturePolicyFact {
  readonly id: string;
  readonly digestAlgorithm?: DigestName;
  readonly digest?: Uint8Array;
  /** Its document, where the signature brings it. */
  readonly document?: Uint8Array;
}

/** Facts of a signature. */
export interface SignatureFacts extends TokenFacts {
  /** What its format is told from. */
  readonly profile: ProfileFacts;
  readonly isCounterSignature: boolean;
  readonly signaturePolicy?: SignaturePolicyFact;
  readonly claimedSigningTime?: Date;
  /** Whether the attributes bind the content: message-digest, or SignedProperties. */
  readonly bindsContent: boolean;
  /** What forbids relying on it whatever else holds: critical header parameters of a JWS that are not understood. */
  readonly constraintFindings?: readonly Finding[];
  readonly timestamps: readonly TimestampFacts[];
  readonly scopes: readonly Scope[];
  readonly modifications?: readonly ModificationNote[];
}
